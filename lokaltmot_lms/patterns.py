"""Regular expressions that are compiled when they are first used.

The rooms of a build have about a hundred. To compile them all took a twentieth of the time of a small build, which
uses half of them.
"""

import re
from typing import TYPE_CHECKING, Any

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Later:
    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what the instance has not got yet: from now on it has the methods of the compiled pattern.
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


if TYPE_CHECKING:
    pattern = re.compile
else:

    def pattern(text: str, flags: int = 0) -> _Later:
        """Return what `re.compile` does, in all that our rooms ask of a pattern.

        Raises:
            re.error: at the first use, the text is no pattern. A test compiles them all.
        """
        return _Later(text, flags)
