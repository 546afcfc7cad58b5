"""Moodle 4.5 and later (mod/lti/classes/local/ltiopenid/registration_helper.php).

It shares names and e-mail addresses only if they are listed in `claims`; the tool lists only `sub`. `domain` must match
the target.
"""

from lti_app.platforms.base import Platform

PLATFORM = Platform(family="moodle")
