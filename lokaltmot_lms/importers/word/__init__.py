"""Word documents (.docx) become a draft."""
