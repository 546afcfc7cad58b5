"""Whom to believe and whom to talk to: every check between a platform or a browser and our data.

What should not be in this package: pages, SQL, and any word of a certain platform.
"""
