"""What platforms make of a finding in a package: the sentences that its faults share.

An error: a platform refuses the package, or it does not work there. A warning: it works, and platforms differ. A note:
only the letter of the standard. "Measured" was in Moodle 4.5.6 (docs/platforms/moodle.md).
"""

from lokaltmot_lms.texts import N_

ALL_REFUSE = N_("Every platform refuses the package.")
MOODLE_REFUSES = N_("Moodle refuses the package (measured in 4.5).")
UNSAFE = N_("Platforms differ. lokaltmot refuses the file, because it could harm the machine that unpacks it.")
OPENS_NOTHING = N_("Moodle accepts the package, and the learner sees an empty page (measured in 4.5).")
WRONG_VERSION = N_(
    "Moodle plays such a package as SCORM 1.2, so nothing is recorded (measured in 4.5). Canvas refuses the cartridge."
)
WRONG_RESULT = N_("Platforms accept the package, but learners’ results are wrong or missing.")
TAKEN = N_("Moodle 4.5 takes it. Of the programs that we know, only ADL’s checker refuses it.")
NOT_USED = N_("No platform that we know refuses it. Only ADL’s checker does.")
SHOWS_NOTHING = N_("Platforms accept the package, and the learner has nothing to open.")
LETTER = N_(
    "It is only the letter of the standard. Moodle does not compare with schemas. SCORM Cloud takes it with a warning."
)
SHOWN = N_("No platform refuses it.")
DIFFER = N_("Moodle takes it (measured in 4.5). Other platforms may not.")
CMI5 = N_("A cmi5 platform must refuse the package. This holds since the first edition of the standard.")
CARTRIDGE = N_("Platforms import the cartridge in part: something is missing or in another place.")
CANVAS = N_("Canvas accepts the file and ignores what it does not know.")
NOT_RECOGNISED = N_("Platforms refuse a package that they do not recognise.")
