"""A filled return in other forms than PDF: Word, text, spreadsheet, web page."""
