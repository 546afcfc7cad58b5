"""Faults 5xx of paper: PDFs for print and for the one who leads a meeting."""

from lokaltmot_lms.errors.problem import Fault
from lokaltmot_lms.texts import N_

PDF_NEEDS_TYPST = Fault(
    code="LM508",
    message=N_("Paper needs Typst, which is not installed here."),
    hint=N_("Run: pip install 'lokaltmot[pdf]'"),
    why=N_(
        "Typst sets the pages of the targets “print” and “facilitator” and marks them so that a screen reader can "
        "follow. It is 25 MB that the other targets do not need, so it is installed on request."
    ),
)
PDF_REFUSED = Fault(
    code="LM509",
    message=N_("The PDF could not be made: {reason}."),
    hint=N_("Save the picture again as SVG, PNG or JPEG, or take out the character that the font lacks."),
    why=N_(
        "A PDF that everyone can read (PDF/UA) must show every character and have a text for every picture. Rather "
        "than leave someone out, the build stops. The font on paper has Latin, Greek and Cyrillic letters; not Arabic, "
        "not emoji."
    ),
)
