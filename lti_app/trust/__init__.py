"""Authentication and outgoing requests: every check between a platform or a browser and our data.

What should not be in this package: pages, SQL, and platform-specific code.
"""
