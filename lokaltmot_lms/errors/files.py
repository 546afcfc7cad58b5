"""Faults 226-249: files whose content or format can't be shown, video addresses, and what is pasted from Word."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

# --- 24x what a file is

NAME_DOES_NOT_FIT = Fault(
    code="LM241",
    message=N_("“{file}” is in {found} format, but its name says something else."),
    hint=N_("Change the ending of its name to {ending}, both in the folder and here."),
    why=N_(
        "Platforms tell the browser what a file is from the ending of its name. With the wrong ending, some platforms "
        "and browsers don't show the file."
    ),
    bad="![En trapp med fem trinn.](media/trapp.png)   (en JPEG-fil)",
    good="![En trapp med fem trinn.](media/trapp.jpg)",
)
FILE_IS_OTHER = Fault(
    code="LM242",
    message=N_("“{file}” is in {found} format and can't be used here."),
    hint=N_(
        "Open it in the program that made it, and save or export the content as {wanted}. A new name is not enough."
    ),
    why=N_(
        "What a file is depends on its content, not on its name. A Word document named .jpg is an empty frame on the "
        "page of every learner."
    ),
    bad="![En trapp med fem trinn.](media/trapp.jpg)   (et Word-dokument)",
    good="![En trapp med fem trinn.](media/trapp.jpg)   (et bilde)",
)
FILE_HAS_NO_CONTENT = Fault(
    code="LM243",
    message=N_("“{file}” is not in {wanted} format, although its name says so."),
    hint=N_("Find the original and save or export it as {wanted} again. The file may be empty, damaged or plain text."),
    why=N_(
        "An unfinished download, or a web page saved under the name of an image, looks right in the folder, but shows "
        "nothing in a browser."
    ),
    bad="::: video media/foredrag.mp4   (en tom fil)",
    good="::: video media/foredrag.mp4   (en hel film)",
)
IMAGE_HEIC = Fault(
    code="LM244",
    message=N_("“{file}” is an HEIC image, as iPhones take them. Most browsers can't show it."),
    hint=N_(
        "Save it as JPEG: on a Mac in Preview with File, Export; in Windows in Photos with Save as. Then use the new "
        "file here."
    ),
    why=N_(
        "HEIC is shown by Safari only. On an iPhone, Settings, Camera, Formats, Most Compatible makes the camera take "
        "JPEG images from now on."
    ),
    bad="![Et rom med to stoler.](media/rommet.heic)",
    good="![Et rom med to stoler.](media/rommet.jpg)",
)
IMAGE_FORMAT = Fault(
    code="LM245",
    message=N_("“{file}” is an image in {found} format, which browsers don't show."),
    hint=N_("Open it in an image program, save it as PNG or JPEG, and use the new file here."),
    why=N_("Browsers show JPEG, PNG, WebP, GIF, SVG and AVIF. In other formats, the image is missing on the page."),
    bad="![Et rom med to stoler.](media/rommet.tiff)",
    good="![Et rom med to stoler.](media/rommet.jpg)",
)
VIDEO_FORMAT = Fault(
    code="LM246",
    message=N_("“{file}” is a video in {found} format, which many browsers don't play."),
    hint=N_("Export or convert it as MP4 (H.264 video, AAC sound), for example with the free program HandBrake."),
    why=N_(
        "MP4 with H.264 plays in every browser and on every phone. To change the ending of the name changes nothing in "
        "the file."
    ),
    bad="::: video media/foredrag.mov",
    good="::: video media/foredrag.mp4",
)
SOUND_FORMAT = Fault(
    code="LM247",
    message=N_("“{file}” is a recording in {found} format, which many browsers don't play."),
    hint=N_("Export or convert it as MP3, for example with the free program Audacity."),
    why=N_("MP3 plays in every browser and on every phone."),
    bad="::: lyd media/samtale.wma",
    good="::: lyd media/samtale.mp3",
)
SUBRIP_CUE = Fault(
    code="LM248",
    message=N_("“{time}” should be a time line, but can't be read, or ends before it starts."),
    hint=N_(
        "Write it as 00:00:01,000 --> 00:00:03,500. If it belongs to the caption above, remove the empty line before "
        "it."
    ),
    why=N_(
        "An .srt file has, for each caption, a number, a time line, the words and an empty line. A caption without a "
        "time can't be shown."
    ),
    bad="1\n00:00:01 --> 00:00:03\nHei.",
    good="1\n00:00:01,000 --> 00:00:03,000\nHei.",
)
SUBRIP_UNREADABLE = Fault(
    code="LM249",
    message=N_("This isn't a caption file in the SubRip format (.srt)."),
    hint=N_("Export the captions again as .srt or .vtt, in the encoding UTF-8."),
    why=N_(
        "An .srt file is plain text with a time line for each caption. It is converted to WebVTT, which browsers need, "
        "when the course is built. In another encoding than UTF-8, æ, ø and å become other signs."
    ),
    bad="teksting: media/foredrag.srt   (et Word-dokument)",
    good="teksting: media/foredrag.srt   (1, 00:00:01,000 --> 00:00:03,000, Hei.)",
)
CAPTIONS_FORMAT = Fault(
    code="LM239",
    message=N_("“{file}” can't be read as captions."),
    hint=N_("Export the captions as WebVTT (.vtt) or SubRip (.srt) from the program that made them."),
    why=N_(
        "Browsers show WebVTT captions. SubRip files are converted when the course is built; other formats are not."
    ),
    bad="teksting: media/foredrag.ass",
    good="teksting: media/foredrag.srt",
)
TRANSCRIPT_FORMAT = Fault(
    code="LM229",
    message=N_("“{file}” can't be read as a transcript."),
    hint=N_("Save the text as plain text in UTF-8 (.txt or .md). In Word: Save as, Plain text, then Unicode (UTF-8)."),
    why=N_("The transcript becomes a part of the page, so it must be text. A document can't be shown in a page."),
    bad="tekstutskrift: media/foredrag.docx",
    good="tekstutskrift: media/foredrag.txt",
)

# --- 23x size, addresses, names, and what is pasted

IMAGE_LARGE = Fault(
    code="LM238",
    message=N_("The image “{picture}” is {width} × {height} pixels, more than a page can show."),
    hint=N_("Make it at most 1,600 pixels wide in an image program, and save it under the same name."),
    why=N_(
        "A page shows an image at most about 1,600 pixels wide. The rest is only downloaded, which takes long on a "
        "slow connection, and an old phone may not manage to show the image at all."
    ),
    bad="![Et rom med to stoler.](media/rommet.jpg)   (6000 × 4000)",
    good="![Et rom med to stoler.](media/rommet.jpg)   (1600 × 1067)",
    severity=Severity.WARNING,
)
IMAGE_HUGE = Fault(
    code="LM237",
    message=N_("The image “{picture}” is {width} × {height} pixels. Phones can't show it."),
    hint=N_("Make it at most 1,600 pixels wide in an image program, and save it under the same name."),
    why=N_(
        "A browser unpacks an image before showing it, and each pixel takes four bytes. More than 100 million pixels "
        "make the browser of a phone stop, and the learner loses the page."
    ),
    bad="![Et kart.](media/kart.png)   (20000 × 20000)",
    good="![Et kart.](media/kart.png)   (1600 × 1600)",
)
VIDEO_ADDRESS = Fault(
    code="LM236",
    message=N_("The video at {address} is not shown on the page. Learners see only the address."),
    hint=N_(
        "Write a link with words, [See the video (3 min)]({address}), or download your own video and write "
        "“::: video media/film.mp4”."
    ),
    why=N_(
        "Videos from YouTube and Vimeo are not embedded, since the service would then follow the learners, and the "
        "video would be missing when the service is blocked. A link lets the learner choose. A video in the course "
        "also has captions and a transcript of your own."
    ),
    bad="https://www.youtube.com/watch?v=abc",
    good="[Se filmen hos YouTube (3 min)](https://www.youtube.com/watch?v=abc)",
    severity=Severity.WARNING,
)
BLOCK_WITH_ADDRESS = Fault(
    code="LM235",
    message=N_("“{address}” is an address on the web. Only files of the course can be shown."),
    hint=N_(
        "Put the file into the folder media and write its name here, or write a link with words to the address instead."
    ),
    why=N_(
        "Videos and images from other services are not embedded, since the service would then follow the learners, and "
        "the content would be missing when the service is blocked or removes it."
    ),
    bad="::: video https://vimeo.com/123",
    good="::: video media/foredrag.mp4",
)
PASTED_LIST = Fault(
    code="LM234",
    message=N_("This line begins with “{mark}”, as lists from Word do. It would not become a list."),
    hint=N_("Begin each item of the list with a hyphen and a space: “- {start}”."),
    why=N_(
        "Markdown knows items by a hyphen. With other signs, all items run together in one paragraph, and a screen "
        "reader doesn't announce a list."
    ),
    bad="• lytt\n• spør",
    good="- lytt\n- spør",
    severity=Severity.WARNING,
)
PASTED_TABLE = Fault(
    code="LM233",
    message=N_("These lines have tabs between the words, as tables from Word and Excel do. They would run together."),
    hint=N_("Write | between the cells, and a line of hyphens below the first row: {row} then {rule}."),
    why=N_(
        "A tab is only a space in Markdown, so the rows and columns would disappear. With | and the line of hyphens, "
        "the lines become a table that a screen reader can read cell by cell."
    ),
    bad="Tjeneste\tTelefon\nPolitiet\t02800",
    good="| Tjeneste | Telefon |\n| --- | --- |\n| Politiet | 02800 |",
    severity=Severity.WARNING,
)
NAME_WITH_SPACE = Fault(
    code="LM232",
    message=N_("The file name “{file}” has a space in it, so this isn't read as an image or link."),
    hint=N_("Rename the file to “{good}”, and write that name here."),
    why=N_(
        "In Markdown an address ends at the first space. Names without spaces also work on every platform and in every "
        "address."
    ),
    bad="![To stoler.](media/rommet vårt.jpg)",
    good="![To stoler.](media/rommet-vart.jpg)",
)
