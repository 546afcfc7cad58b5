"""Faults 1xx: files, values, paths and ids. How the text itself is written: lokaltmot_lms.errors.text."""

from lokaltmot_lms.errors.problem import Fault
from lokaltmot_lms.texts import N_

COURSE_MISSING = Fault(
    code="LM101",
    message=N_("There is no {path} here."),
    hint=N_("Give the folder that holds course.yaml, or one module file ending in .md."),
    why=N_(
        "A course is a folder with a course.yaml in it. One module file alone is a course too, with "
        "everything else left at its default."
    ),
)
CANNOT_READ = Fault(
    code="LM102",
    message=N_("The file {file} can't be read."),
    hint=N_("See that it exists, is an ordinary file, and that you may open it."),
    why=N_("The file is a folder or a device, was moved while we read, or the system won't let you open it."),
)
NOT_UTF8 = Fault(
    code="LM103",
    message=N_("The file isn't saved as UTF-8: the byte {byte} here is no part of a character."),
    hint=N_("Open it in your editor and save it with the encoding UTF-8."),
    why=N_(
        "Old Windows programs save æ, ø and å in another way (Latin-1, Windows-1252). Read as UTF-8 the "
        "letters would turn to rubbish, so we don't guess."
    ),
)
CONTROL_CHARACTER = Fault(
    code="LM104",
    message=N_("There is an invisible control character here (U+{code})."),
    hint=N_("Delete it; it often comes with text copied from a PDF."),
    why=N_(
        "A control character can't be seen, and neither the page nor the package's manifest may hold it (XML 1.0, 2.2)."
    ),
)
FILE_TOO_BIG = Fault(
    code="LM105",
    message=N_("The file is {size} MB; a text file here may be {most} MB at most."),
    hint=N_("Split it, or see whether a picture was pasted into the text."),
    why=N_(
        "The biggest text file we read is about 400 pages. A bigger one is nearly always a picture or "
        "film saved under a wrong name."
    ),
)
FRONT_MATTER_MISSING = Fault(
    code="LM106",
    message=N_("The module doesn't begin with its information between two lines “---”."),
    hint=N_("Write ---, then title, id and version, then --- again, at the top of the file."),
    why=N_(
        "The lines between the two --- tell what the module is called, its id and its version. They come "
        "first in the file."
    ),
    bad="# Welcome {#welcome}",
    good="---\ntitle: Welcome\nid: welcome\nversion: 2026.1\n---",
)
FRONT_MATTER_OPEN = Fault(
    code="LM107",
    message=N_("The information at the top of the module never ends."),
    hint=N_("Write --- on a line of its own under the last of it."),
    why=N_(
        "The information begins and ends with a line ---. Without the second one, the text of the module "
        "would be read as information."
    ),
    bad="---\ntitle: Welcome\n\n# Page {#page}",
    good="---\ntitle: Welcome\n---\n\n# Page {#page}",
)
YAML_BROKEN = Fault(
    code="LM110",
    message=N_("This line can't be read as “key: value”."),
    hint=N_('Write one key a line, with the same indent, and put a value with unusual signs in "quotes".'),
    why=N_(
        "The file is YAML: lines “key: value”. A quote that isn't closed, a wrong indent or a sign such "
        "as [ or @ first in a value stops it from being read."
    ),
    bad='title: "A quote',
    good='title: "A quote"',
)
YAML_COLON = Fault(
    code="LM111",
    message=N_("There is a second colon in this value, or the line is indented too far."),
    hint=N_('Put the whole value in "quotes", or move the line to the left.'),
    why=N_("In YAML a colon and a space mean that a key stands before them. A value that holds them needs quotes."),
    bad="title: Help: who asks?",
    good='title: "Help: who asks?"',
)
YAML_TAB = Fault(
    code="LM112",
    message=N_("There is a tab here."),
    hint=N_("Use spaces to indent."),
    why=N_("YAML doesn't allow tabs at the start of a line, since editors show them with different widths."),
)
YAML_FORBIDDEN = Fault(
    code="LM113",
    message=N_("Anchors (&), aliases (*) and tags (!) aren't used here."),
    hint=N_('Write the text out, or put it in "quotes" if it begins with one of these signs.'),
    why=N_(
        "YAML can copy parts of a file by such signs, and a small file can so become a huge one. We need none of them."
    ),
    bad="title: &name Welcome",
    good="title: Welcome",
)
YAML_TOO_DEEP = Fault(
    code="LM114",
    message=N_("The lists here are nested too deep."),
    hint=N_("Write at most a list or a group of keys under a key."),
    why=N_("Nothing in a course needs more than two levels."),
)
KEY_TWICE = Fault(
    code="LM115",
    message=N_("“{key}” stands here twice."),
    hint=N_("Keep one of them."),
    why=N_("Only one of two values can be meant, and we can't tell which."),
    bad="title: One\ntitle: Two",
    good="title: Two",
)
COMMENT_EATS = Fault(
    code="LM116",
    message=N_("All from # on is left out of this value, as a comment."),
    hint=N_('Put the value in "quotes" if # is part of it, or write two spaces before # for a comment.'),
    why=N_("In YAML a space and # begin a comment. A title such as “We are # 1” would lose its end without a word."),
    bad="title: We are # 1",
    good='title: "We are # 1"',
)
UNKNOWN_KEY = Fault(
    code="LM117",
    message=N_("“{key}” isn't known here."),
    hint=N_("Did you mean “{nearest}”?"),
    why=N_("Each place has its own keys. An unknown one would be left out in silence, so it is refused."),
    bad="tittle: Welcome",
    good="title: Welcome",
)
KEY_MISSING = Fault(
    code="LM118",
    message=N_("“{key}” is missing or empty."),
    hint=N_("Add a line “{key}: …”."),
    why=N_("Without it the course can't be built, or nobody can tell it from another."),
    bad="id: welcome",
    good="title: Welcome\nid: welcome",
)
NOT_A_TEXT = Fault(
    code="LM119",
    message=N_("“{key}” must be one text."),
    hint=N_("Write it on the same line, without [ ] or - before it."),
    why=N_("A list or a group of keys stands where one text is wanted."),
    bad="title: [One, Two]",
    good="title: One",
)
NOT_A_LIST = Fault(
    code="LM120",
    message=N_("“{key}” must be a list."),
    hint=N_("Write one “- …” a line under it."),
    why=N_("A list of texts is wanted here."),
    bad="credits:\n  name: Kari",
    good="credits:\n  - Kari",
)
NOT_A_MAPPING = Fault(
    code="LM121",
    message=N_("“{key}” must have its own keys under it."),
    hint=N_("Indent them by two spaces: text, source, source-date, confidence …"),
    why=N_("Each fact is a group of keys: what it says, where it was read, and when it must be read again."),
    bad="police: 112",
    good='police:\n  text: "112"',
)
VALUE_BAD = Fault(
    code="LM122",
    message=N_("“{value}” can't be used for “{key}”."),
    hint=N_("Write it like this: {wanted}"),
    why=N_("The value is of another form than the key needs, so we don't guess what was meant."),
    bad="pass: most of it",
    good="pass: 80 %",
)
LANGUAGE_OTHER = Fault(
    code="LM123",
    message=N_("The file says the language “{language}”, which doesn't fit here."),
    hint=N_("Use: {known}"),
    why=N_(
        "The languages of a course are listed in course.yaml, and a translation carries its language in "
        "its file name (module.en.md)."
    ),
    bad="language: de",
    good="language: nb",
)
TRANSLATION_ID = Fault(
    code="LM124",
    message=N_("The translation has the id “{id}”, but the module has “{original}”."),
    hint=N_("Give both the same id."),
    why=N_(
        "A translation is the same module in another language: progress and answers go by the ids, which "
        "must be the same."
    ),
    bad="id: welcome-en",
    good="id: welcome",
)
PATH_UNSAFE = Fault(
    code="LM130",
    message=N_("“{path}” can't be used as a file name here."),
    hint=N_("Write the path from the course folder with /, such as media/film.mp4."),
    why=N_(
        "A file must lie inside the course folder, not be hidden, and have a name that works on every "
        'machine: no .., no drive letter, no web address, none of < > : " | ? * \\.'
    ),
    bad="![A house](../house.svg)",
    good="![A house](media/house.svg)",
)
FILE_MISSING = Fault(
    code="LM131",
    message=N_("There is no “{path}” in the course folder."),
    hint=N_("The nearest there is: {nearest}"),
    why=N_("The file that the text names isn't there."),
    bad="![A house](media/hose.svg)",
    good="![A house](media/house.svg)",
)
NAME_CASE = Fault(
    code="LM132",
    message=N_("The file is called “{actual}”, not “{path}”."),
    hint=N_("Write the name with the same capital and small letters."),
    why=N_("Windows and macOS find the file anyway; a web server does not, and the learner would see nothing."),
    bad="![A house](media/House.svg)",
    good="![A house](media/house.svg)",
)
NAMES_ALIKE = Fault(
    code="LM133",
    message=N_("“{path}” and “{other}” differ only in capital and small letters."),
    hint=N_("Rename one of them."),
    why=N_(
        "On Windows and macOS the two are the same file, so that one would overwrite the other when the "
        "package is unpacked."
    ),
)
ID_MISSING = Fault(
    code="LM140",
    message=N_("The id is missing."),
    hint=N_("Write {{#{id}}} after it, or another id you like."),
    why=N_(
        "Pages, questions, steps and reflections have an id. Texts may change later; the id tells which "
        "place in the course a learner has reached."
    ),
    bad="# Welcome",
    good="# Welcome {#welcome}",
)
ID_BAD = Fault(
    code="LM141",
    message=N_("“{id}” can't be an id."),
    hint=N_("Write {suggestion}, or another of small letters a–z, digits and hyphens, at most 40, a letter first."),
    why=N_("Ids are sent to the learning platform, and platforms refuse other characters."),
    bad="# Welcome {#Velkommen_til}",
    good="# Welcome {#velkommen-til}",
)
ID_TWICE = Fault(
    code="LM142",
    message=N_("The id “{id}” is taken already, on line {line}."),
    hint=N_("Give one of them another id."),
    why=N_("Answers and progress are kept by id. Two with the same would overwrite each other."),
    bad="# One {#page}\n\n# Two {#page}",
    good="# One {#one}\n\n# Two {#two}",
)
ID_GONE = Fault(
    code="LM143",
    message=N_("“{id}” was published, but isn't in the course any more."),
    hint=N_("Put it back, or list it under “retired” in course.yaml."),
    why=N_(
        "ids.lock remembers every id that learners may have answered. A lost one is most often an id "
        "that was edited by mistake, and then learners would lose their answers."
    ),
)
ID_REUSED = Fault(
    code="LM144",
    message=N_("“{id}” was a page and is now a question, or the other way round."),
    hint=N_("Choose a new id, and list the old one under “retired” in course.yaml."),
    why=N_("What learners have stored under the id would be read as something else."),
)
LOCK_BROKEN = Fault(
    code="LM145",
    message=N_("This line of ids.lock can't be read."),
    hint=N_("Fetch the file again from your version control; don't edit it by hand."),
    why=N_(
        "ids.lock is written by the build, one place a line. Marks from a merge that went wrong are the usual cause."
    ),
    bad="<<<<<<< HEAD",
    good='{"module": "welcome", "id": "start", "kind": "page", "width": 0}',
)
