"""The command group `lokaltmot lti`, added through the entry point "lokaltmot.commands" (see pyproject.toml)."""

from lokaltmot_lms.texts import N_
from lti_app.cli.command import BilingualGroup

# English name -> module in this package, function, Norwegian name. In the order that an operator uses them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "prøv"),
    "serve": ("serve", "serve", "kjør"),
    "work": ("serve", "work", "send"),
    "upgrade": ("serve", "upgrade", "oppgrader"),
    "platform": ("platforms", "platform", "plattform"),
    "invite": ("platforms", "invite", "inviter"),
    "doctor": ("doctor", "doctor", "lege"),
    "check-link": ("doctor", "check_link", "prøvelenke"),
    "keys": ("maintenance", "keys", "nøkler"),
    "audit": ("maintenance", "audit", "spor"),
    "erase": ("maintenance", "erase", "slett"),
    "purge": ("maintenance", "purge", "rydd"),
    "backup": ("backup", "backup", "sikkerhetskopi"),
    "restore": ("backup", "restore", "gjenopprett"),
}

lti = BilingualGroup("lti", help=N_("Run the LTI tool: platforms, keys, service."))
for _name, (_file, _function, _norwegian) in COMMANDS.items():
    lti.join_later(_name, f"lti_app.cli.{_file}", _function, _norwegian)
