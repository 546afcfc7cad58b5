"""Faults 1xx, second part: how pages, blocks and running text are written."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

NO_PAGES = Fault(
    code="LM150",
    message=N_("The module has no pages."),
    hint=N_("Begin a page with: # Title {{#id}}"),
    why=N_("A page begins with one # and a title."),
    bad="Text only.",
    good="# Welcome {#welcome}\n\nText.",
)
TEXT_BEFORE_PAGE = Fault(
    code="LM151",
    message=N_("There is text before the first page."),
    hint=N_("Put a heading “# Title {{#id}}” above it."),
    why=N_("All text belongs to a page, and a page begins with # and a title."),
    bad="Welcome!\n\n# Start {#start}",
    good="# Start {#start}\n\nWelcome!",
)
TITLE_MISSING = Fault(
    code="LM152",
    message=N_("The heading has no words."),
    hint=N_("Write the title after #."),
    why=N_("Learners find their way by the titles."),
    bad="# {#start}",
    good="# Start {#start}",
)
HEADING_ID = Fault(
    code="LM153",
    message=N_("A sub-heading in running text has no id."),
    hint=N_("Write one # if this is a new page; else take away {{#…}}."),
    why=N_(
        "Only pages, questions and steps have ids. An id on another heading is nearly always a page that "
        "got one # too many."
    ),
    bad="## New page {#new}",
    good="# New page {#new}",
)
HEADING_IN_BLOCK = Fault(
    code="LM154",
    message=N_("A heading here has two #, not “{marks}”."),
    hint=N_("Write ## if it is a question or a step."),
    why=N_("In a quiz each question begins with ##, and in a case each step does."),
    bad="::: quiz\n### Who? {#who}",
    good="::: quiz\n## Who? {#who}",
)
LOOKS_LIKE = Fault(
    code="LM155",
    message=N_("This line looks like “{good}”, but isn't written quite so."),
    hint=N_("Write it as “{good}”, or put \\ before the first sign if it is ordinary text."),
    why=N_(
        "A sign is missing, doubled, or one that only looks the same (a long dash, a full-width sign). "
        "Read as ordinary text it would change the course in silence."
    ),
    bad="–  (x) Yes",
    good="- (x) Yes",
)
UNKNOWN_BLOCK = Fault(
    code="LM160",
    message=N_("There is no block “{block}”."),
    hint=N_("Did you mean “{nearest}”?"),
    why=N_("A block begins with ::: and one of the names we know."),
    bad="::: vidoe media/film.mp4",
    good="::: video media/film.mp4",
)
BLOCK_OPEN = Fault(
    code="LM161",
    message=N_("The block “{block}” isn't closed before line {line}."),
    hint=N_("Write ::: on a line of its own where it ends; a question inside a quiz begins with ##."),
    why=N_("A block ends with a line :::. A new page or a new block can't begin inside one."),
    bad="::: important\nCall.\n\n# Next {#next}",
    good="::: important\nCall.\n:::\n\n# Next {#next}",
)
STRAY_CLOSE = Fault(
    code="LM162",
    message=N_("This ::: ends nothing."),
    hint=N_("Take it away, or write ::: and a name where the block begins."),
    why=N_("A line ::: ends the block above it, and there is none that is open."),
    bad="Text.\n\n:::",
    good="::: important\nText.\n:::",
)
ARGUMENT_MISSING = Fault(
    code="LM163",
    message=N_("“{block}” doesn't say which file."),
    hint=N_("Write: {good}"),
    why=N_("The name of the film or sound stands on the first line."),
    bad="::: video",
    good="::: video media/film.mp4",
)
ARGUMENT_EXTRA = Fault(
    code="LM164",
    message=N_("“{word}” after “{block}” means nothing."),
    hint=N_("Move it to a line below, or take it away."),
    why=N_("Nothing but {#id} may follow the name of this block. Text belongs on the lines below."),
    bad="::: important Call!",
    good="::: important\nCall!\n:::",
)
TEXT_IN_BLOCK = Fault(
    code="LM165",
    message=N_("“{block}” takes only lines “key: value”."),
    hint=N_("Move the text out of the block."),
    why=N_("The block has no text of its own, so this line would not be shown."),
    bad="::: video media/film.mp4\nWatch this.",
    good="Watch this.\n\n::: video media/film.mp4",
)
BLOCK_EMPTY = Fault(
    code="LM166",
    message=N_("The block “{block}” is empty."),
    hint=N_("Write its text above the closing :::, or take the block away."),
    why=N_("An empty block shows an empty frame to the learner."),
    bad="::: important\n:::",
    good="::: important\nCall.\n:::",
)
COMMENT_OPEN = Fault(
    code="LM167",
    message=N_("This comment never ends."),
    hint=N_("Write --> where it ends."),
    why=N_("Everything after <!-- is left out until -->. Without it the rest of the module would be gone."),
    bad="<!-- remember this",
    good="<!-- remember this -->",
)
COMMENT_IN_COMMENT = Fault(
    code="LM168",
    message=N_("A comment begins inside another comment."),
    hint=N_("Write --> where the first one ends."),
    why=N_("The first comment was probably never ended, and hides the text between them."),
    bad="<!-- one <!-- two -->",
    good="<!-- one --> <!-- two -->",
)
FENCE_OPEN = Fault(
    code="LM169",
    message=N_("The lines of code that begin with {fence} never end."),
    hint=N_("Write {fence} on a line of its own where they end."),
    why=N_("All lines up to the closing fence are shown just as they are. Without it, so is the rest of the module."),
)
LINE_TWICE = Fault(
    code="LM170",
    message=N_("This line is the same as the one above it."),
    hint=N_("Take one of them away, if it was copied by mistake."),
    why=N_("The same line twice is most often a slip in copying."),
    bad="Call 112.\nCall 112.",
    good="Call 112.",
    severity=Severity.WARNING,
)
LAZY_LINE = Fault(
    code="LM171",
    message=N_("This line becomes part of the list item or quote above it."),
    hint=N_("Leave an empty line above it, or indent it if it does belong there."),
    why=N_("Markdown lets a line without indent go on where the list left off, which is rarely meant."),
    bad="- One\nNew paragraph.",
    good="- One\n\nNew paragraph.",
    severity=Severity.WARNING,
)
LONE_ITEM = Fault(
    code="LM172",
    message=N_("This is read as a list with one item."),
    hint=N_("Write \\ before the sign (\\- or 1\\.) if it is an ordinary sentence, or join it to a list."),
    why=N_(
        "A number and a point first in a paragraph begin a list in Markdown, and so do -, * and +. A "
        "date such as “1. mai” or “- 5 degrees” loses its sign."
    ),
    bad="1. mai is a holiday.",
    good="1\\. mai is a holiday.",
    severity=Severity.WARNING,
)
TABLE_ROW = Fault(
    code="LM173",
    message=N_("This line becomes a row of the table above it."),
    hint=N_("Leave an empty line after the table."),
    why=N_("In Markdown a table goes on until an empty line."),
    bad="| a | b |\n| --- | --- |\n| 1 | 2 |\nText.",
    good="| a | b |\n| --- | --- |\n| 1 | 2 |\n\nText.",
)
MARK_OPEN = Fault(
    code="LM174",
    message=N_("“{mark}” is left over here."),
    hint=N_("Write [[word]], {{{{fact.key}}}} or [text]{{lang=en}} whole, or put \\ before the sign."),
    why=N_("Half a mark isn't read as one, and the learner would see the signs."),
    bad="Call {{fact.police}.",
    good="Call {{fact.police}}.",
)
MARK_LEFT = Fault(
    code="LM175",
    message=N_("“{mark}” is shown to the learner as it stands."),
    hint=N_("Write the other half of the mark, or put \\ before it if it is meant to be seen."),
    why=N_("One half of a mark for **strong**, *emphasis*, `code` or a [link](…) seems to be missing."),
    bad="This is **important.",
    good="This is **important**.",
    severity=Severity.WARNING,
)
MARK_TAKEN = Fault(
    code="LM176",
    message=N_("“{mark}” isn't shown: Markdown reads it as a mark."),
    hint=N_("Put \\ before it if it is meant to be seen, or write the character itself."),
    why=N_("Signs inside words, such as snake_case_ and 5*3*2, become emphasis in Markdown, and &amp; becomes &."),
    bad="my_file_name_",
    good="my\\_file\\_name\\_",
    severity=Severity.WARNING,
)
HTML_REMOVED = Fault(
    code="LM177",
    message=N_("“{what}” was taken out of the HTML."),
    hint=N_("Write it in Markdown, or put \\ before < if it is meant to be seen."),
    why=N_(
        "Scripts, styles, frames, forms and unknown elements are taken out, so that a course can't harm "
        "its reader and works on every platform."
    ),
    bad="<script>hello()</script>",
    good="Hello.",
    severity=Severity.WARNING,
)
LINK_BAD = Fault(
    code="LM178",
    message=N_("A link can't go to “{address}”."),
    hint=N_("Use https://…, mailto:…, tel:…, #id of a page, or a file such as media/form.pdf."),
    why=N_("Other kinds of addresses run scripts or don't work on a learner's machine."),
    bad="[Open](javascript:alert)",
    good="[Open](https://www.bufdir.no)",
)
LIST_CLOSE = Fault(
    code="LM179",
    message=N_("A list begins right under this line."),
    hint=N_(
        "Leave an empty line between them, write - before the line if it belongs to the list, or end it with a colon."
    ),
    why=N_("A list item that has lost its - looks just like this."),
    bad="Call somebody.\n- Listen",
    good="Call somebody.\n\n- Listen",
    severity=Severity.WARNING,
)
UNKNOWN_FACT = Fault(
    code="LM180",
    message=N_("There is no fact “{key}” in the fact register."),
    hint=N_("Use one that exists, such as: {nearest}"),
    why=N_("The text names a fact by its key in facts.yaml."),
    bad="Call {{fact.polise}}.",
    good="Call {{fact.police}}.",
)
UNKNOWN_LOCAL = Fault(
    code="LM181",
    message=N_("There is no local text “{key}”."),
    hint=N_("Did you mean “{nearest}”?"),
    why=N_("A municipality can fill in a fixed set of texts. An unknown key would stay empty everywhere."),
    bad="{{local.contakt}}",
    good="{{local.contact}}",
)
UNKNOWN_INSERT = Fault(
    code="LM182",
    message=N_("“{word}” in double braces means nothing."),
    hint=N_("Write {{{{fact.KEY}}}} or {{{{local.KEY}}}}."),
    why=N_("Double braces fetch a fact from facts.yaml, or a text from the municipality's own layer."),
    bad="{{police}}",
    good="{{fact.police}}",
)
UNKNOWN_TERM = Fault(
    code="LM183",
    message=N_("No glossary in the module explains “{term}”."),
    hint=N_("Add it to a glossary; the nearest word there is: {nearest}"),
    why=N_("A word in [[ ]] opens its explanation, so it must have one."),
    bad="[[honor]]",
    good="[[honour]]",
)
GLOSSARY_LINE = Fault(
    code="LM184",
    message=N_("A glossary is a word on one line and “: meaning” on the next."),
    hint=N_("Write the meaning under its word, after a colon."),
    why=N_("A word without a meaning, or a meaning without a word, can't be shown."),
    bad="honour\nWhat others think.",
    good="honour\n: What others think.",
)
TERM_TWICE = Fault(
    code="LM185",
    message=N_("“{term}” is explained twice."),
    hint=N_("Keep one of the explanations."),
    why=N_("Only one can be shown."),
)
CASE_EMPTY = Fault(
    code="LM186",
    message=N_("The case has no steps."),
    hint=N_("Begin each step with: ## Title {{#id}}"),
    why=N_("A case is a story in steps with choices between them."),
    bad="::: case\nOnce upon a time.\n:::",
    good="::: case\n## Start {#start}\nOnce upon a time.\n:::",
)
CASE_LINE = Fault(
    code="LM187",
    message=N_("This text doesn't belong to a step."),
    hint=N_("Put it under a heading ## and above the choices."),
    why=N_("A step is a heading, a text and then the choices."),
    bad="::: case\nText.\n## Start {#start}",
    good="::: case\n## Start {#start}\nText.",
)
STEP_UNKNOWN = Fault(
    code="LM188",
    message=N_("There is no step “{step}” in this case."),
    hint=N_("Use one that exists, such as: {nearest}"),
    why=N_("A choice must lead to a step of the same case."),
    bad="- Ask her -> #ask-er",
    good="- Ask her -> #ask-her",
)
STEP_UNREACHED = Fault(
    code="LM189",
    message=N_("No choice leads to the step “{step}”."),
    hint=N_("Add a choice “- … -> #{step}”, or take the step away."),
    why=N_("Nobody would ever see the step. Most often a choice leads to another step than was meant."),
    severity=Severity.WARNING,
)
SKIP_UNKNOWN = Fault(
    code="LM190",
    message=N_("There is no page “{page}” for the short path."),
    hint=N_("Use one that exists, such as: {nearest}"),
    why=N_("The short path of a content notice goes on at a page of the module."),
    bad="skip: #sumary",
    good="skip: #summary",
)
TABLE_DASHES = Fault(
    code="LM191",
    message=N_("This looks like a table, but isn't read as one."),
    hint=N_("Write a line | --- | --- | under its first line, with as many cells."),
    why=N_("In Markdown a table has a line of dashes under its headings. Without it the lines become ordinary text."),
    bad="| a | b |\n| 1 | 2 |",
    good="| a | b |\n| --- | --- |\n| 1 | 2 |",
)
PARAGRAPH_TOO_LONG = Fault(
    code="LM192",
    message=N_("This paragraph is too long, or has too many brackets, to be read."),
    hint=N_("Split it with empty lines."),
    why=N_(
        "A paragraph may have 20 000 characters and 200 square brackets. What has more is nearly always "
        "something that was pasted in by mistake."
    ),
)
