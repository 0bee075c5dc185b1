"""Excel: `xlsx` and `xls` read the two formats, `sheets` what they share, `number_formats` what a number prints."""
