"""Shared by all pages of the tool: reading requests, rendering pages and setting headers."""
