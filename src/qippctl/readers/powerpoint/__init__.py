"""PowerPoint: `document` reads a file, `package` its parts one at a time, `shapes` what stands on a slide."""
