"""Faults 1xx, third part: text that would be shown as something else than its author meant."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

OUTSIDE_BLOCK = Fault(
    code="LM156",
    message=N_("“{mark}” only has a meaning inside “::: {block}”. Here learners would see it as ordinary text."),
    hint=N_(
        "Write “::: {block}” on a line above the heading “## …”, and “:::” below its last line. If it is ordinary "
        "text, write “{plain}”."
    ),
    why=N_(
        "Questions belong between “::: quiz” and “:::”, and the choices of a case between “::: case” and “:::”. "
        "Anywhere else they become text, and everybody can read which answer is right."
    ),
    bad="## Who? {#who}\n\n- (x) Everybody\n- ( ) Nobody",
    good="::: quiz\n## Who? {#who}\n\n- (x) Everybody\n- ( ) Nobody\n:::",
)
LIST_NUMBERS = Fault(
    code="LM157",
    message=N_("The list says {written} here, but learners would see {shown}."),
    hint=N_(
        "Number the list 1, 2, 3 …. If this is a sentence that begins with a number, write {plain} with a backslash."
    ),
    why=N_(
        "In Markdown, paragraphs that begin with a number and a full stop become one list, and the list is counted "
        "from its first number. A date or the number of a section would change without warning."
    ),
    bad="3. floor: reception\n\n5. floor: canteen",
    good="3\\. floor: reception\n\n5\\. floor: canteen",
)
LIST_START = Fault(
    code="LM158",
    message=N_("This list starts at {written}."),
    hint=N_(
        "Start at 1. If it continues the list above, indent the lines between them by three spaces. If this is a "
        "sentence that begins with a number, write {plain} with a backslash."
    ),
    why=N_(
        "A list that starts elsewhere is usually a list that was cut in two, or sentences that begin with a number. A "
        "screen reader announces it as a new list."
    ),
    bad="3. Listen\n4. Report",
    good="1. Listen\n2. Report",
    severity=Severity.WARNING,
)
FORMULA = Fault(
    code="LM159",
    message=N_("“{mark}” looks like a formula. It is not shown as one."),
    hint=N_("Write it with ordinary characters (x², ½, √2), or use an image with a description."),
    why=N_("Formulas in TeX are not read: learners would see the dollar signs and the commands, or lose a backslash."),
    bad="The area is $x^2$.",
    good="The area is x².",
    severity=Severity.WARNING,
)
TAG_SWALLOWS = Fault(
    code="LM193",
    message=N_("“{tag}” is read as HTML, and the words in it would not be shown."),
    hint=N_("Put \\ before <, or leave a space after it."),
    why=N_(
        "A < directly before a letter begins an HTML element, which goes on to the next >. In “a<b and c>d” the words "
        "between them would be gone."
    ),
    bad="If a<b and c>d, …",
    good="If a < b and c > d, …",
)
TAG_OPEN = Fault(
    code="LM194",
    message=N_("“{tag}” is read as HTML, but has no other half."),
    hint=N_("Write both <{name}> and </{name}>, or put \\ before < if it is meant to be shown."),
    why=N_(
        "An HTML element goes from its start tag to its end tag. With only one of them, the tag vanishes, or the rest "
        "of the text is changed: “a<b>c” would be shown as “ac”, with c in bold."
    ),
    bad="If a<b>c, …",
    good="If a < b > c, …",
    severity=Severity.WARNING,
)
ITEM_INDENTED = Fault(
    code="LM195",
    message=N_("This line is indented so far that it is not read as an item of a list."),
    hint=N_("Remove the spaces or the tab before it, and leave an empty line above the list."),
    why=N_(
        "A list begins with at most three spaces before it. A line that is indented further continues the paragraph "
        "above, and its hyphen or number would be shown in the middle of it."
    ),
    bad="Remember:\n    - Listen\n    - Ask",
    good="Remember:\n\n- Listen\n- Ask",
)
TABLE_CELLS = Fault(
    code="LM196",
    message=N_("Cells in this row: {count}. Columns in the table: {columns}."),
    hint=N_("Write one | between the cells, or \\| for a | that is to be shown."),
    why=N_("In Markdown, a cell too many is left out without warning, and a cell too few is shown as an empty one."),
    bad="| a | b |\n| --- | --- |\n| 1 | 2 | 3 |",
    good="| a | b |\n| --- | --- |\n| 1 | 2 |",
)
LINES_JOINED = Fault(
    code="LM197",
    message=N_("This line is shown in the same paragraph as the line above it."),
    hint=N_("Leave an empty line between them, or write “- ” before each of them if they are a list."),
    why=N_(
        "In Markdown, lines without an empty line between them are one paragraph. Lines that begin with a long dash or "
        "with a date are usually meant to be lines of their own."
    ),
    bad="– Are you coming?\n– No.",
    good="– Are you coming?\n\n– No.",
    severity=Severity.WARNING,
)
