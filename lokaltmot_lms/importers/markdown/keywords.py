"""The keywords of our format in the language of the module: Norwegian or English."""

from collections.abc import Mapping
from dataclasses import dataclass

from lokaltmot_lms.source.keywords import BLOCK_KEYS, BLOCKS, COURSE_KEYS, LABELS, MODULE_KEYS, RETRY, STATUS, YES_NO

_NORWEGIAN = frozenset({"nb", "nn", "no", "se"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """Returns each keyword in a language. A Norwegian module has Norwegian keywords, any other English ones."""

    language: str

    @property
    def is_norwegian(self) -> bool:
        """Whether the keywords are Norwegian."""
        return self.language.partition("-")[0] in _NORWEGIAN

    def label(self, name: str) -> str:
        """Return a label of a question, capitalised."""
        return self._of(LABELS, name).capitalize()

    def block(self, name: str) -> str:
        """Return the name of a block."""
        return self._of(BLOCKS, name)

    def key(self, block: str, name: str) -> str:
        """Return the name of a block option."""
        return self._of(BLOCK_KEYS[block], name)

    def course(self, name: str) -> str:
        """Return a key of course.yaml."""
        return self._of(COURSE_KEYS, name)

    def module(self, name: str) -> str:
        """Return a key of a module's front matter."""
        return self._of(MODULE_KEYS, name)

    def status(self, name: str) -> str:
        """Return a status."""
        return self._of(STATUS, name)

    def yes(self) -> str:
        """Return the word for yes."""
        return self._of(YES_NO, "yes")

    def retry(self, name: str) -> str:
        """Return a way to try again."""
        return self._of(RETRY, name)

    def _of(self, group: Mapping[str, str], name: str) -> str:
        return group[name] if self.is_norwegian else name
