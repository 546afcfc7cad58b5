"""Faults 1xx, second part: how pages, blocks and running text are written."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NO_PAGES = Fault(
    code="LM150",
    message=N_("The module has no pages."),
    hint=N_("Start a page with: # Title {{#id}}"),
    why=N_("A page starts with one # and a title."),
    bad="Text only.",
    good="# Welcome {#welcome}\n\nText.",
)
TEXT_BEFORE_PAGE = Fault(
    code="LM151",
    message=N_("There is text before the first page."),
    hint=N_("Put a heading “# Title {{#id}}” above it."),
    why=N_("All text belongs to a page, and a page starts with # and a title."),
    bad="Welcome!\n\n# Start {#start}",
    good="# Start {#start}\n\nWelcome!",
)
TITLE_MISSING = Fault(
    code="LM152",
    message=N_("The heading has no text."),
    hint=N_("Write the title after #."),
    why=N_("Learners use the titles to find their way in the module."),
    bad="# {#start}",
    good="# Start {#start}",
)
HEADING_ID = Fault(
    code="LM153",
    message=N_("A subheading in running text can't have an id."),
    hint=N_(
        "Write a single # if this is a new page. Write “::: quiz” on a line above it if it is a question. If it is "
        "neither, remove {{#…}}."
    ),
    why=N_(
        "Only pages, questions and steps have ids. An id on another heading usually means that a page got one # too "
        "many."
    ),
    bad="## New page {#new}",
    good="# New page {#new}",
)
HEADING_IN_BLOCK = Fault(
    code="LM154",
    message=N_("A heading must start with ## here, not “{marks}”."),
    hint=N_("Write ## if it is a question or a step."),
    why=N_("Each question in a quiz and each step in a case starts with ##."),
    bad="::: quiz\n### Who? {#who}",
    good="::: quiz\n## Who? {#who}",
)
LOOKS_LIKE = Fault(
    code="LM155",
    message=N_("This line looks like “{good}”, but isn't written exactly like that."),
    hint=N_("Write it as “{good}”, or put \\ before the first character if it is ordinary text."),
    why=N_(
        "A character is missing, doubled, or only looks the same (a long dash, a full-width character). Read as "
        "ordinary text, the line would change the course without warning."
    ),
    bad="–  (x) Yes",
    good="- (x) Yes",
)
UNKNOWN_BLOCK = Fault(
    code="LM160",
    message=N_("There is no block “{block}”."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Use one of the blocks that “The course format” in the documentation lists, or remove the line."),
    why=N_("A block starts with ::: and a block name. This name is not one of them."),
    bad="::: vidoe media/film.mp4",
    good="::: video media/film.mp4",
)
BLOCK_OPEN = Fault(
    code="LM161",
    message=N_("The block “{block}” isn't closed before line {line}."),
    hint=N_("Write ::: on a line of its own where the block ends. A question inside a quiz starts with ##."),
    why=N_("A block ends with a line :::. A new page or a new block can't start inside it."),
    bad="::: important\nCall.\n\n# Next {#next}",
    good="::: important\nCall.\n:::\n\n# Next {#next}",
)
STRAY_CLOSE = Fault(
    code="LM162",
    message=N_("This ::: doesn't close any block."),
    hint=N_("Remove it, or write ::: and a name where the block starts."),
    why=N_("A line ::: closes the block above it, but no block is open here."),
    bad="Text.\n\n:::",
    good="::: important\nText.\n:::",
)
ARGUMENT_MISSING = Fault(
    code="LM163",
    message=N_("The block “{block}” has no file name."),
    hint=N_("Write: {good}"),
    why=N_("The file name of the video or sound comes after the block name, on the same line."),
    bad="::: video",
    good="::: video media/film.mp4",
)
ARGUMENT_EXTRA = Fault(
    code="LM164",
    message=N_("“{word}” can't follow “{block}” on the same line."),
    hint=N_("Move it to the line below, or remove it."),
    why=N_("Only {#id} can follow the name of this block. Text belongs on the lines below."),
    bad="::: important Call!",
    good="::: important\nCall!\n:::",
)
TEXT_IN_BLOCK = Fault(
    code="LM165",
    message=N_("The block “{block}” can only contain lines of the form “key: value”."),
    hint=N_("Move the text out of the block."),
    why=N_("The block has no text of its own, so this line would not be shown."),
    bad="::: video media/film.mp4\nWatch this.",
    good="Watch this.\n\n::: video media/film.mp4",
)
BLOCK_EMPTY = Fault(
    code="LM166",
    message=N_("The block “{block}” is empty."),
    hint=N_("Write its text above the closing :::, or remove the block."),
    why=N_("An empty block shows the learner an empty frame."),
    bad="::: important\n:::",
    good="::: important\nCall.\n:::",
)
COMMENT_OPEN = Fault(
    code="LM167",
    message=N_("This comment is not closed."),
    hint=N_("Write --> where it ends."),
    why=N_("Everything from <!-- to --> is left out. Without --> the rest of the module would be missing."),
    bad="<!-- remember this",
    good="<!-- remember this -->",
)
COMMENT_IN_COMMENT = Fault(
    code="LM168",
    message=N_("A comment starts inside another comment."),
    hint=N_("Write --> where the first one ends."),
    why=N_("The first comment is probably not closed, and hides the text between them."),
    bad="<!-- one <!-- two -->",
    good="<!-- one --> <!-- two -->",
)
FENCE_OPEN = Fault(
    code="LM169",
    message=N_("The code block that starts with {fence} is not closed."),
    hint=N_("Write {fence} on a line of its own where it ends."),
    why=N_(
        "The lines of a code block are shown exactly as typed. Without the closing line, so is the rest of the module."
    ),
)
LINE_TWICE = Fault(
    code="LM170",
    message=N_("This line is the same as the one above it."),
    hint=N_("Remove one of them if it was copied by mistake."),
    why=N_("A repeated line is usually a copying mistake."),
    bad="Call 112.\nCall 112.",
    good="Call 112.",
    severity=Severity.WARNING,
)
LAZY_LINE = Fault(
    code="LM171",
    message=N_("This line becomes part of the list item or quote above it."),
    hint=N_("Leave an empty line above it, or indent it if it does belong there."),
    why=N_(
        "In Markdown, a line without an indent continues the list item or quote above it, which is rarely what you "
        "want."
    ),
    bad="- One\nNew paragraph.",
    good="- One\n\nNew paragraph.",
    severity=Severity.WARNING,
)
LONE_ITEM = Fault(
    code="LM172",
    message=N_("This is read as a list with one item."),
    hint=N_(
        "Write \\ before the first character (\\- or 1\\.) if it is an ordinary sentence, or make it part of a list."
    ),
    why=N_(
        "In Markdown, a number and a full stop at the start of a paragraph begin a list, and so do -, * and +. “3. "
        "floor” would lose its number, and “- 5 degrees” its minus sign."
    ),
    bad="3. floor is closed.",
    good="3\\. floor is closed.",
    severity=Severity.WARNING,
)
TABLE_ROW = Fault(
    code="LM173",
    message=N_("This line becomes a row of the table above it."),
    hint=N_("Leave an empty line after the table."),
    why=N_("In Markdown, a table continues until the next empty line."),
    bad="| a | b |\n| --- | --- |\n| 1 | 2 |\nText.",
    good="| a | b |\n| --- | --- |\n| 1 | 2 |\n\nText.",
)
MARK_OPEN = Fault(
    code="LM174",
    message=N_("“{mark}” is incomplete here."),
    hint=N_("Write [[word]], {{{{fact.key}}}} or [text]{{lang=en}} in full, or put \\ before the first character."),
    why=N_("Without both halves it is read as ordinary text, and the learner would see the brackets."),
    bad="Call {{fact.police}.",
    good="Call {{fact.police}}.",
)
MARK_LEFT = Fault(
    code="LM175",
    message=N_("“{mark}” is shown to the learner as typed."),
    hint=N_("Complete the formatting, or put \\ before it if it is meant to be shown."),
    why=N_("Formatting such as **strong**, *emphasis*, `code` or a [link](…) seems to be incomplete here."),
    bad="This is **important.",
    good="This is **important**.",
    severity=Severity.WARNING,
)
MARK_TAKEN = Fault(
    code="LM176",
    message=N_("“{mark}” isn't shown: Markdown reads it as formatting."),
    hint=N_("Put \\ before it if it is meant to be shown, or write the character itself."),
    why=N_("In Markdown, characters inside words such as snake_case_ and 5*3*2 become emphasis, and &amp; becomes &."),
    bad="my_file_name_",
    good="my\\_file\\_name\\_",
    severity=Severity.WARNING,
)
HTML_REMOVED = Fault(
    code="LM177",
    message=N_("“{what}” was removed from the HTML."),
    hint=N_("Write it in Markdown, or put \\ before < if it is meant to be shown."),
    why=N_(
        "Scripts, styles, frames, forms and unknown elements are removed, so that a course is safe for learners and "
        "works on every platform."
    ),
    bad="<script>hello()</script>",
    good="Hello.",
    severity=Severity.WARNING,
)
LINK_BAD = Fault(
    code="LM178",
    message=N_("“{address}” is not a valid link address."),
    hint=N_("Use https://…, mailto:…, tel:…, #id of a page, or a file such as media/form.pdf."),
    why=N_("Other kinds of addresses run scripts or don't work on a learner's computer."),
    bad="[Open](javascript:alert)",
    good="[Open](https://www.bufdir.no)",
)
LIST_CLOSE = Fault(
    code="LM179",
    message=N_("A list starts directly under this line."),
    hint=N_(
        "Leave an empty line between them, write - before the line if it belongs to the list, or end the line with a "
        "colon."
    ),
    why=N_("A list item that is missing its - looks exactly like this."),
    bad="Call somebody.\n- Listen",
    good="Call somebody.\n\n- Listen",
    severity=Severity.WARNING,
)
UNKNOWN_FACT = Fault(
    code="LM180",
    message=N_("There is no fact “{key}” in the fact register."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Add it to facts.yaml."),
    why=N_("The text refers to a fact by its key in facts.yaml."),
    bad="Call {{fact.polise}}.",
    good="Call {{fact.police}}.",
)
UNKNOWN_LOCAL = Fault(
    code="LM181",
    message=N_("There is no local text “{key}”."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Use one of the texts that “Local texts” in the documentation lists."),
    why=N_("A municipality can fill in a fixed set of texts. A text with an unknown key would be empty everywhere."),
    bad="{{local.contakt}}",
    good="{{local.contact}}",
)
UNKNOWN_INSERT = Fault(
    code="LM182",
    message=N_("“{word}” in double braces is not known."),
    hint=N_("Write {{{{fact.KEY}}}} or {{{{local.KEY}}}}."),
    why=N_("Double braces insert a fact from facts.yaml or one of the municipality's own texts."),
    bad="{{police}}",
    good="{{fact.police}}",
)
UNKNOWN_TERM = Fault(
    code="LM183",
    message=N_("“{term}” is not in any glossary of the module."),
    hint=N_(
        "Did you mean “{nearest}”? If not, add the word to a glossary. If it is a gap in a question, put the "
        "question between “::: quiz” and “:::”."
    ),
    hint_without=N_(
        "Add the word to a glossary. If it is a gap in a question, put the question between “::: quiz” and “:::”."
    ),
    why=N_("A word in [[ ]] opens its explanation, so it must have one."),
    bad="[[honor]]",
    good="[[honour]]",
)
GLOSSARY_LINE = Fault(
    code="LM184",
    message=N_("A glossary entry is a word on one line and “: meaning” on the next."),
    hint=N_("Write the meaning below its word, after a colon."),
    why=N_("A word without a meaning, or a meaning without a word, can't be shown."),
    bad="honour\nWhat others think.",
    good="honour\n: What others think.",
)
TERM_TWICE = Fault(
    code="LM185",
    message=N_("“{term}” is explained twice."),
    hint=N_("Keep one of the explanations."),
    why=N_("Only one explanation can be shown."),
)
CASE_EMPTY = Fault(
    code="LM186",
    message=N_("The case has no steps."),
    hint=N_("Start each step with: ## Title {{#id}}"),
    why=N_("A case is a story in steps with choices between them."),
    bad="::: case\nOnce upon a time.\n:::",
    good="::: case\n## Start {#start}\nOnce upon a time.\n:::",
)
CASE_LINE = Fault(
    code="LM187",
    message=N_("This text doesn't belong to a step."),
    hint=N_("Move it below a heading ## and above the choices."),
    why=N_("A step consists of a heading, a text and then the choices."),
    bad="::: case\nText.\n## Start {#start}",
    good="::: case\n## Start {#start}\nText.",
)
STEP_UNKNOWN = Fault(
    code="LM188",
    message=N_("There is no step “{step}” in this case."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Write # and the id of a step of this case."),
    why=N_("A choice must lead to a step of the same case."),
    bad="- Ask her -> #ask-er",
    good="- Ask her -> #ask-her",
)
STEP_UNREACHED = Fault(
    code="LM189",
    message=N_("No choice leads to the step “{step}”."),
    hint=N_("Add a choice “- … -> #{step}”, or remove the step."),
    why=N_("No learner would ever see the step. Usually a choice leads to the wrong step."),
    severity=Severity.WARNING,
)
SKIP_UNKNOWN = Fault(
    code="LM190",
    message=N_("The short path leads to the page “{page}”, which doesn't exist."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Write # and the id of a page of this module."),
    why=N_("The short path of a content notice continues on a page of the module."),
    bad="skip: #sumary",
    good="skip: #summary",
)
TABLE_DASHES = Fault(
    code="LM191",
    message=N_("This looks like a table, but isn't read as a table."),
    hint=N_("Write a line | --- | --- | below its first line, with the same number of cells."),
    why=N_("In Markdown, a table has a line of dashes below its headings. Without it the lines become ordinary text."),
    bad="| a | b |\n| 1 | 2 |",
    good="| a | b |\n| --- | --- |\n| 1 | 2 |",
)
PARAGRAPH_TOO_LONG = Fault(
    code="LM192",
    message=N_("This paragraph is too long or has too many brackets."),
    hint=N_("Split it with empty lines."),
    why=N_(
        "A paragraph can have at most 20,000 characters and 200 square brackets. A longer one was nearly always pasted "
        "in by mistake."
    ),
)
