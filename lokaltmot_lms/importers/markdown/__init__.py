"""Writes a draft as our Markdown, in a form that our reader reads back unchanged."""
