"""The compiler: course sources in plain text become packages that a learning platform plays."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("lokaltmot")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.0.0"
