"""Modules on paper: the model becomes plain data, and templates/print/paper.typ typesets it as a tagged PDF (PDF/UA-1).

No text of an author is ever Typst source: all texts are passed as JSON strings.
"""

from lokaltmot_lms.targets.paper.blocks import block_parts
from lokaltmot_lms.targets.paper.context import PaperContext, Part
from lokaltmot_lms.targets.paper.sheets import help_parts, paper_package
from lokaltmot_lms.targets.paper.text import inline, parts

__all__ = ["PaperContext", "Part", "block_parts", "help_parts", "inline", "paper_package", "parts"]
