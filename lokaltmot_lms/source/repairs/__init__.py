"""Repairs that a machine may make to a course: the ids that are missing, and how a repair is put into a file."""
