"""Moodle 4.5 and later (mod/lti/classes/local/ltiopenid/registration_helper.php).

It gives names and e-mail only when they are listed in `claims`; we list `sub` alone. `domain` must match the target.
"""

from lti_app.platforms.base import Platform

PLATFORM = Platform(family="moodle")
