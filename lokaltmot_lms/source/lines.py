"""A source file as numbered lines, and the way from a word in it to a position for a message."""

from typing import NamedTuple

from lokaltmot_lms.errors import Position


class Source(NamedTuple):
    """A file that was read. path: as shown to a person. Rows and columns count from 0 inside the reader."""

    path: str
    lines: tuple[str, ...]

    def at(self, row: int, column: int = 0) -> Position:
        """Return the position of a character, counted from 1 as editors do."""
        return Position(path=self.path, line=row + 1, column=column + 1)

    def find(self, row: int, word: str, start: int = 0) -> Position:
        """Return the position of a word on a line; of the first character that is not a space if it is missing."""
        line = self.lines[row] if row < len(self.lines) else ""
        column = line.find(word, start) if word else -1
        return self.at(row, column if column >= 0 else len(line) - len(line.lstrip()))


class Snippet(NamedTuple):
    """A piece of a source with its place: text that starts at row, column and may run over several rows."""

    source: Source
    text: str
    row: int
    column: int

    def at(self, offset: int = 0) -> Position:
        """Return the position of a character of the text."""
        before = self.text[:offset]
        down = before.count("\n")
        if not down:
            return self.source.at(self.row, self.column + offset)
        start = before.rfind("\n") + 1
        raw = self.text[start:].split("\n", 1)[0]
        line = raw.strip()
        row = self.row + down
        column = max(self.source.lines[row].find(line), 0) if row < len(self.source.lines) else 0
        return self.source.at(row, max(column + offset - start - (len(raw) - len(raw.lstrip())), 0))

    def part(self, start: int, end: int | None = None) -> "Snippet":
        """Return the stripped part of a one-line snippet between two offsets."""
        text = self.text[start:end]
        left = len(text) - len(text.lstrip())
        return Snippet(self.source, text.strip(), self.row, self.column + start + left)
