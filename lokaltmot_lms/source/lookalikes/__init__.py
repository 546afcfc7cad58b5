"""Looks for text that would be shown as something else than its author meant, and reports it. Nothing is changed."""
