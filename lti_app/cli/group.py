"""The command group that joins `lokaltmot` by the entry point "lokaltmot.commands" (see pyproject.toml)."""

from lokaltmot_lms.texts import N_
from lti_app.cli.command import BilingualGroup

# English name -> file here, what it is called there, Norwegian name. In the order an operator meets them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "prøv"),
    "serve": ("running", "serve", "kjør"),
    "work": ("running", "work", "send"),
    "upgrade": ("running", "upgrade", "oppgrader"),
    "platform": ("platforms", "platform", "plattform"),
    "invite": ("platforms", "invite", "inviter"),
    "doctor": ("checking", "doctor", "lege"),
    "check-link": ("checking", "check_link", "prøvelenke"),
    "keys": ("keeping", "keys", "nøkler"),
    "audit": ("keeping", "audit", "spor"),
    "erase": ("keeping", "erase", "slett"),
    "purge": ("keeping", "purge", "rydd"),
    "backup": ("backing", "backup", "sikkerhetskopi"),
    "restore": ("backing", "restore", "gjenopprett"),
}

lti = BilingualGroup("lti", help=N_("Run the LTI tool: platforms, keys, service."))
for _name, (_file, _function, _norwegian) in COMMANDS.items():
    lti.join_later(_name, f"lti_app.cli.{_file}", _function, _norwegian)
