"""Word: `document` reads a file; parts and stories of its package, tables, text, marks, notes each have a module."""
