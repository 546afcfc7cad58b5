"""The compiler: course sources in plain text become packages that a learning platform plays."""

__version__ = "0.9.0"
