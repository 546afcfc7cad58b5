"""Cuts a module's text into pages and blocks: headings, ::: blocks, images on their own, and prose between them."""

import re
from collections.abc import Iterator

from lokaltmot_lms.errors.text import BLOCK_OPEN, LOOKS_LIKE, NO_PAGES, STRAY_CLOSE, TEXT_BEFORE_PAGE
from lokaltmot_lms.model import Block, Figure, Page, Prose
from lokaltmot_lms.source.block_options import BlockSource
from lokaltmot_lms.source.blocks import BlockReader
from lokaltmot_lms.source.comments import Body
from lokaltmot_lms.source.headings import (
    OPENING,
    Heading,
    heading_id,
    is_closing,
    is_near_closing,
    read_heading,
    report_near,
)
from lokaltmot_lms.source.lines import Snippet

_FIGURE = re.compile(r"\s{0,3}!\[(.*)\]\(\s*(<[^<>]*>|[^\s()]+)(?:\s+(?:\"(.*)\"|'(.*)'))?\s*\)\s*$")


class PageReader:
    """Reads the pages of one module file."""

    def __init__(self, body: Body, blocks: BlockReader) -> None:
        self._body = body
        self._source = body.source
        self._blocks = blocks
        self._report = blocks.report
        self._last = len(body.source.lines)

    def pages(self, first: int) -> Iterator[Page]:
        """Yield the pages from a row on. Text before the first page is reported."""
        starts = list(self._starts(first))
        self._before(first, starts[0][0] if starts else self._last)
        if not starts:
            self._report.add(NO_PAGES, self._source.at(min(first, self._last - 1)))
        ends = [row for row, _ in starts[1:]] + [self._last]
        for (row, heading), end in zip(starts, ends, strict=False):
            yield self._page(row, heading, end)

    def _starts(self, first: int) -> Iterator[tuple[int, Heading]]:
        for row in range(first, self._last):
            heading = None if row in self._body.fenced else read_heading(self._source, row)
            if heading and heading.level == 1:
                yield row, heading

    def _before(self, first: int, end: int) -> None:
        for row in range(first, end):
            if self._source.lines[row].strip():
                if not report_near(self._source, row, self._report):
                    self._report.add(TEXT_BEFORE_PAGE, self._source.find(row, ""))
                return

    def _page(self, row: int, heading: Heading, end: int) -> Page:
        id_ = heading_id(heading, self._blocks.ids, self._report)
        title = self._blocks.reader.inline(heading.title)
        self._blocks.turn_to(id_)
        return Page(id=id_, title=title, blocks=tuple(self._page_blocks(row + 1, end)), at=heading.at)

    def _page_blocks(self, row: int, end: int) -> Iterator[Block]:
        start = row
        while row < end:
            line = self._source.lines[row]
            if row in self._body.fenced or not line or line.isspace():
                row += 1
                continue
            opening = OPENING.match(line) if ":::" in line else None
            figure = _FIGURE.match(line) if "![" in line else None
            if not opening and not figure:
                self._look(row)
                row += 1
                continue
            yield from self._prose(start, row)
            if figure:
                yield self._figure(row, figure)
                row += 1
            elif opening:
                part, row = self._part(row, end, opening)
                block = self._blocks.read(part)
                if block is not None:
                    yield block
            start = row
        yield from self._prose(start, end)

    def _look(self, row: int) -> None:
        line = self._source.lines[row]
        if is_closing(line):
            self._report.add(STRAY_CLOSE, self._source.find(row, ""))
        elif not read_heading(self._source, row):
            report_near(self._source, row, self._report)

    def _prose(self, start: int, end: int) -> Iterator[Prose]:
        if any(line and not line.isspace() for line in self._source.lines[start:end]):
            text = self._blocks.reader.prose(self._source, start, end)
            if text.html:
                yield Prose(text=text, at=text.at)

    def _figure(self, row: int, found: re.Match[str]) -> Block:
        at = self._source.find(row, "!")
        written = found[2].strip("<>")
        path = self._blocks.reader.media.add(written, self._source.at(row, found.start(2)), "image")
        group = 3 if found[3] else 4
        caption = Snippet(self._source, found[group] or "", row, max(found.start(group), 0))
        alt = self._blocks.reader.inline(Snippet(self._source, found[1], row, found.start(1)))
        return Figure(
            path=path or written,
            alt=alt.plain,
            caption=self._blocks.reader.inline(caption) if caption.text else None,
            at=at,
        )

    def _part(self, row: int, end: int, found: re.Match[str]) -> tuple[BlockSource, int]:
        """Return a block's rows, and the row after it."""
        last = row + 1
        while last < end and (last in self._body.fenced or not is_closing(self._source.lines[last])):
            if last not in self._body.fenced and OPENING.match(self._source.lines[last]):
                break
            last += 1
        closed = last < end and is_closing(self._source.lines[last])
        if not closed:
            near = next((other for other in range(row + 1, last) if is_near_closing(self._source.lines[other])), None)
            if near is None:
                self._report.add(BLOCK_OPEN, self._source.find(row, ":::"), block=found[1], line=last + 1)
            else:
                self._report.add(LOOKS_LIKE, self._source.find(near, ""), good=":::")
                last, closed = near, True
        part = BlockSource(self._source, row, last, found[1], Snippet(self._source, found[2], row, found.start(2)))
        return part, last + 1 if closed else last
