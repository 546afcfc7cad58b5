"""Moodle XML becomes a draft."""
