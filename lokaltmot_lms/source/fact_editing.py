"""Writes into a fact register without touching the rest of the file: comments, order and layout stay."""

import io
from collections.abc import Mapping
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from lokaltmot_lms.source.keywords import FACT_KEYS

_NO_FOLDING = 1_000_000


def edited(text: str, key: str, values: Mapping[str, str | date]) -> str:
    """Return a register's text with values of one fact set, in the language the fact is written in.

    values: by their English names ("verified-by"). A new name is inserted before the last line of the fact, where no
    comment hangs on it.

    Raises:
        KeyError: the register has no such fact.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _NO_FOLDING
    register = yaml.load(text)
    if not isinstance(register, CommentedMap) or not isinstance(register.get(key), CommentedMap):
        raise KeyError(key)
    fact = register[key]
    for name, value in values.items():
        _set(fact, name, DoubleQuotedScalarString(value) if isinstance(value, str) else value)
    written = io.StringIO()
    yaml.dump(register, written)
    return written.getvalue()


def _set(fact: CommentedMap, name: str, value: object) -> None:
    norwegian = FACT_KEYS[name]
    known = next((each for each in (name, norwegian) if each in fact), None)
    if known:
        # Confidence and dates are written bare; what was quoted stays quoted.
        is_bare = isinstance(value, str) and type(fact[known]) is str
        fact[known] = str(value) if is_bare else value
        return
    fact.insert(max(len(fact) - 1, 0), norwegian if "tekst" in fact else name, value)
