"""PDF: one pass of PDFium a page gives ink; tables are found in ink by rules and by gutters; the rest is prose."""
