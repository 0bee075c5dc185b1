"""How the sample papers are made: blocks, a writer a format, and a module a body with its papers."""
