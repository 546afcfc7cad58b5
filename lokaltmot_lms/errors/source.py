"""Faults 1xx, first part: files, values, paths and ids. The second part is lokaltmot_lms.errors.text."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

COURSE_MISSING = Fault(
    code="LM101",
    message=N_("There is no {path} here."),
    hint=N_("Give the folder that contains course.yaml, or a single module file (.md)."),
    why=N_(
        "A course is a folder that contains a course.yaml file. A single module file is a course too, with default "
        "values for everything else."
    ),
)
CANNOT_READ = Fault(
    code="LM102",
    message=N_("The file {file} can't be read."),
    hint=N_("Check that it exists, that it is an ordinary file, and that you have permission to open it."),
    why=N_(
        "The path is a folder or a device, the file was moved during the build, or the system does not let you open it."
    ),
)
NOT_UTF8 = Fault(
    code="LM103",
    message=N_("The file isn't saved as UTF-8: the byte {byte} is not valid here."),
    hint=N_("Open it in your editor and save it with the encoding UTF-8."),
    why=N_(
        "Old Windows programs save æ, ø and å in another encoding (Latin-1, Windows-1252). Read as UTF-8, the "
        "characters would be garbled, so we don't guess."
    ),
)
CONTROL_CHARACTER = Fault(
    code="LM104",
    message=N_("There is an invisible control character here (U+{code})."),
    hint=N_("Delete it. It often comes with text copied from a PDF."),
    why=N_(
        "A control character is invisible, and neither the page nor the package's manifest may contain one (XML 1.0, "
        "section 2.2)."
    ),
)
FILE_TOO_BIG = Fault(
    code="LM105",
    message=N_("The file is {size} MB. A text file can be at most {most} MB here."),
    hint=N_("Split it, or check whether an image was pasted into the text."),
    why=N_(
        "The largest text file we read is about 400 pages. A larger file is nearly always an image or a video saved "
        "under the wrong name."
    ),
)
FRONT_MATTER_MISSING = Fault(
    code="LM106",
    message=N_("The module doesn't start with an information block between two “---” lines."),
    hint=N_("At the top of the file, write ---, then title, id and version, then --- again."),
    why=N_("The lines between the two --- give the module's title, id and version. They come first in the file."),
    bad="# Welcome {#welcome}",
    good="---\ntitle: Welcome\nid: welcome\nversion: 2026.1\n---",
)
FRONT_MATTER_OPEN = Fault(
    code="LM107",
    message=N_("The information block at the top of the module is not closed."),
    hint=N_("Write --- on a line of its own below the last piece of information."),
    why=N_(
        "The information block starts and ends with a line ---. Without the second one, the text of the module would "
        "be read as information."
    ),
    bad="---\ntitle: Welcome\n\n# Page {#page}",
    good="---\ntitle: Welcome\n---\n\n# Page {#page}",
)
YAML_BROKEN = Fault(
    code="LM110",
    message=N_("This line can't be read as “key: value”."),
    hint=N_('Write one key per line, with the same indent, and put a value with special characters in "quotes".'),
    why=N_(
        "The file is YAML: lines of the form “key: value”. A quote that isn't closed, a wrong indent, or a character "
        "such as [ or @ at the start of a value makes it unreadable."
    ),
    bad='title: "A quote',
    good='title: "A quote"',
)
YAML_COLON = Fault(
    code="LM111",
    message=N_("There is a second colon in this value, or the line is indented too far."),
    hint=N_('Put the whole value in "quotes", or move the line to the left.'),
    why=N_(
        "In YAML, the text before a colon and a space is a key. A value that contains a colon and a space must be in "
        "quotes."
    ),
    bad="title: Help: who asks?",
    good='title: "Help: who asks?"',
)
YAML_TAB = Fault(
    code="LM112",
    message=N_("There is a tab here."),
    hint=N_("Use spaces instead."),
    why=N_("YAML doesn't allow tabs at the start of a line, since editors show them with different widths."),
)
YAML_FORBIDDEN = Fault(
    code="LM113",
    message=N_("Anchors (&), aliases (*) and tags (!) are not allowed here."),
    hint=N_('Write the text out, or put it in "quotes" if it starts with one of these characters.'),
    why=N_(
        "YAML uses these characters to copy parts of a file, and a small file can become huge that way. A course needs "
        "none of them."
    ),
    bad="title: &name Welcome",
    good="title: Welcome",
)
YAML_TOO_DEEP = Fault(
    code="LM114",
    message=N_("The lists are nested too deeply here."),
    hint=N_("Write at most one list or one group of keys under a key."),
    why=N_("Nothing in a course needs more than two levels."),
)
KEY_TWICE = Fault(
    code="LM115",
    message=N_("“{key}” is given twice."),
    hint=N_("Keep one of them."),
    why=N_("Only one of the two values can be used, and we can't know which one you meant."),
    bad="title: One\ntitle: Two",
    good="title: Two",
)
COMMENT_EATS = Fault(
    code="LM116",
    message=N_("Everything from # on is read as a comment and is not part of this value."),
    hint=N_('Put the value in "quotes" if # is part of it, or write two spaces before # for a comment.'),
    why=N_(
        "In YAML, a space followed by # starts a comment. A title such as “We are # 1” would lose its end without "
        "warning."
    ),
    bad="title: We are # 1",
    good='title: "We are # 1"',
)
UNKNOWN_KEY = Fault(
    code="LM117",
    message=N_("“{key}” is not a known key here."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Remove the line. “The course format” in the documentation lists what can be written here."),
    why=N_("Each place has its own keys. An unknown key would be ignored without warning, so it is an error."),
    bad="tittle: Welcome",
    good="title: Welcome",
)
KEY_MISSING = Fault(
    code="LM118",
    message=N_("“{key}” is missing or empty."),
    hint=N_("Add a line “{key}: …”."),
    why=N_("Without it the course can't be built, or can't be told apart from other courses."),
    bad="id: welcome",
    good="title: Welcome\nid: welcome",
)
NOT_A_TEXT = Fault(
    code="LM119",
    message=N_("“{key}” must be a single text."),
    hint=N_("Write it on the same line, without [ ] or - before it."),
    why=N_("There is a list or a group of keys where a single text is needed."),
    bad="title: [One, Two]",
    good="title: One",
)
NOT_A_LIST = Fault(
    code="LM120",
    message=N_("“{key}” must be a list."),
    hint=N_("Write one “- …” per line under it."),
    why=N_("This key takes a list of texts."),
    bad="credits:\n  name: Kari",
    good="credits:\n  - Kari",
)
NOT_A_MAPPING = Fault(
    code="LM121",
    message=N_("“{key}” must have its own keys under it."),
    hint=N_("Indent the keys by two spaces: text, source, source-date, confidence …"),
    why=N_("Each fact is a group of keys: what it says, where it was found, and when it must be reviewed."),
    bad="police: 112",
    good='police:\n  text: "112"',
)
VALUE_BAD = Fault(
    code="LM122",
    message=N_("“{value}” is not a valid value for “{key}”."),
    hint=N_("Write it like this: {wanted}"),
    why=N_("The value does not have the form that the key needs, so we don't guess what you meant."),
    bad="pass: most of it",
    good="pass: 80 %",
)
LANGUAGE_OTHER = Fault(
    code="LM123",
    message=N_("The file has the language “{language}”, which is not valid here."),
    hint=N_("Use: {known}"),
    why=N_(
        "The languages of a course are listed in course.yaml, and a translation has its language in its file name "
        "(module.en.md)."
    ),
    bad="language: de",
    good="language: nb",
)
TRANSLATION_ID = Fault(
    code="LM124",
    message=N_("The translation has the id “{id}”, but the module has “{original}”."),
    hint=N_("Give both the same id."),
    why=N_(
        "A translation is the same module in another language. Progress and answers are stored by id, so the ids must "
        "be the same."
    ),
    bad="id: welcome-en",
    good="id: welcome",
)
SPACE_MISSING = Fault(
    code="LM125",
    message=N_("A space is missing after “{mark}”."),
    hint=N_("Write a space here."),
    why=N_("In YAML, a key ends with a colon and a space, and an item of a list begins with a hyphen and a space."),
    bad="title:Welcome",
    good="title: Welcome",
)
HARD_SPACE = Fault(
    code="LM126",
    message=N_("This space is not an ordinary one (U+{code})."),
    hint=N_("Replace it with an ordinary space."),
    why=N_(
        "A no-break space looks like any other space. It comes from word processors and web pages, and from Alt and "
        "the space bar on a Mac. In a place where a space has a meaning, the line would be read as something else."
    ),
)
QUOTES_SHOWN = Fault(
    code="LM128",
    message=N_("The quotation marks {open} and {close} are shown to the learner."),
    hint=N_('Remove them, or write "ordinary quotes" if they only keep the value together.'),
    why=N_(
        "Only straight quotes hold a value together. Word processors replace them with « and » or “ and ” while you "
        "type, and those become a part of the title."
    ),
    bad="title: «Welcome»",
    good='title: "Welcome"',
    severity=Severity.WARNING,
)
PATH_UNSAFE = Fault(
    code="LM130",
    message=N_("“{path}” can't be used as a file name here."),
    hint=N_("Write the path from the course folder, with /, such as media/film.mp4."),
    why=N_(
        "A file must be inside the course folder, must not be hidden, and must have a name that works on every "
        'computer: no .., no drive letter, no web address, none of < > : " | ? * \\.'
    ),
    bad="![A house](../house.svg)",
    good="![A house](media/house.svg)",
)
FILE_MISSING = Fault(
    code="LM131",
    message=N_("There is no “{path}” in the course folder."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Put the file in the folder, or correct its name here."),
    why=N_("The text refers to a file that doesn't exist."),
    bad="![A house](media/hose.svg)",
    good="![A house](media/house.svg)",
)
NAME_CASE = Fault(
    code="LM132",
    message=N_("The file or folder is named “{actual}”, not “{path}”."),
    hint=N_("Write the name with the same uppercase and lowercase letters."),
    why=N_("Windows and macOS find it anyway. A web server does not, and the learner would see nothing."),
    bad="![A house](media/House.svg)",
    good="![A house](media/house.svg)",
)
NAMES_ALIKE = Fault(
    code="LM133",
    message=N_("“{path}” and “{other}” differ only in uppercase and lowercase letters."),
    hint=N_("Rename one of them."),
    why=N_(
        "On Windows and macOS the two are the same file, so one would overwrite the other when the package is unpacked."
    ),
)
ID_MISSING = Fault(
    code="LM140",
    message=N_("The id is missing."),
    hint=N_("Add {{#{id}}} at the end of the line, or choose another id."),
    why=N_(
        "Pages, questions, steps and reflections have an id. The text may change later; the id identifies how far a "
        "learner has come in the course."
    ),
    bad="# Welcome",
    good="# Welcome {#welcome}",
)
ID_BAD = Fault(
    code="LM141",
    message=N_("“{id}” is not a valid id."),
    hint=N_(
        "Write {suggestion}, or another id with lowercase letters a–z, digits and hyphens, at most 40 characters, "
        "starting with a letter."
    ),
    why=N_("Ids are sent to the learning platform, and platforms reject other characters."),
    bad="# Welcome {#Velkommen_til}",
    good="# Welcome {#velkommen-til}",
)
ID_TWICE = Fault(
    code="LM142",
    message=N_("The id “{id}” is already used on line {line}."),
    hint=N_("Give one of them another id."),
    why=N_("Answers and progress are stored by id. Two with the same id would overwrite each other."),
    bad="# One {#page}\n\n# Two {#page}",
    good="# One {#one}\n\n# Two {#two}",
)
MODULE_ID_TWICE = Fault(
    code="LM127",
    message=N_("The module id “{id}” is already used in {file}."),
    hint=N_("Give one of the modules another id."),
    why=N_(
        "Progress, answers and grades are stored by the id of the module. Two modules with the same id would overwrite "
        "each other. It often comes from a copied file."
    ),
    bad="---\nid: welcome\n---",
    good="---\nid: welcome-2\n---",
)
ID_GONE = Fault(
    code="LM143",
    message=N_("The id “{id}” was published, but is no longer in the course."),
    hint=N_("Put it back, or add it to “retired” in course.yaml."),
    why=N_(
        "ids.lock lists every id that learners may have answered. A missing id was usually changed by mistake, and "
        "learners would lose their answers."
    ),
)
ID_REUSED = Fault(
    code="LM144",
    message=N_("The id “{id}” belonged to a page and now belongs to a question, or the other way round."),
    hint=N_("Choose a new id, and add the old one to “retired” in course.yaml."),
    why=N_("What learners have stored under the id would be misread."),
)
LOCK_BROKEN = Fault(
    code="LM145",
    message=N_("This line of ids.lock can't be read."),
    hint=N_("Restore the file from your version control. Don't edit it by hand."),
    why=N_("The build writes ids.lock, one entry per line. The usual cause is conflict markers from a failed merge."),
    bad="<<<<<<< HEAD",
    good='{"module": "welcome", "id": "start", "kind": "page", "width": 0}',
)
