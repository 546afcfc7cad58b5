"""The command group that joins `lokaltmot` by the entry point "lokaltmot.commands" (see pyproject.toml)."""

from lokaltmot_lms.texts import N_
from lti_app.cli import backing, checking, demo, keeping, platforms, running
from lti_app.cli.command import Group

lti = Group("lti", help=N_("Run the LTI tool: platforms, keys, service."))

for _one, _norwegian in (
    (demo.demo, "prøv"),
    (running.serve, "kjør"),
    (running.work, "send"),
    (running.upgrade, "oppgrader"),
    (platforms.platform, "plattform"),
    (platforms.invite, "inviter"),
    (checking.doctor, "lege"),
    (checking.check_link, "prøvelenke"),
    (keeping.keys, "nøkler"),
    (keeping.audit, "spor"),
    (keeping.erase, "slett"),
    (keeping.purge, "rydd"),
    (backing.backup, "sikkerhetskopi"),
    (backing.restore, "gjenopprett"),
):
    lti.join(_one, _norwegian)
