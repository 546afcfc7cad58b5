"""Moodle GIFT text becomes a draft."""
