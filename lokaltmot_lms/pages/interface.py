"""The interface of the player in a language: its texts, name, direction and decimal mark."""

from dataclasses import dataclass
from gettext import NullTranslations

from lokaltmot_lms.texts import translations

# Each language has its own name for itself, so that people who need it recognise it.
_NAMES = {
    "nb": "Norsk bokmål", "nn": "Norsk nynorsk", "no": "Norsk", "en": "English", "se": "Davvisámegiella",
    "sv": "Svenska", "da": "Dansk", "de": "Deutsch", "fr": "Français", "pl": "Polski", "uk": "Українська",
    "so": "Soomaali", "ti": "ትግርኛ", "ar": "العربية", "fa": "فارسی", "ps": "پښتو", "ur": "اردو", "ku": "Kurdî",
    "ckb": "کوردی", "tr": "Türkçe",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_DECIMAL_POINT = frozenset({"en", "he", "ur"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """The interface in one language."""

    language: str
    catalogue: NullTranslations

    def say(self, message: str, **values: object) -> str:
        """Return a text in the language; values fill its placeholders."""
        text = self.catalogue.gettext(message)
        return text.format_map(values) if values else text

    def ngettext(self, one: str, other: str, number: int, **values: object) -> str:
        """Return the singular or plural form of a text for a number, which fills {count}."""
        return self.catalogue.ngettext(one, other, number).format_map({"count": number, **values})

    @property
    def direction(self) -> str:
        """ "rtl" or "ltr"."""
        return "rtl" if _base(self.language) in _RIGHT_TO_LEFT else "ltr"

    @property
    def comma(self) -> str:
        """The decimal mark."""
        return "." if _base(self.language) in _DECIMAL_POINT else ","


def interface(language: str) -> Interface:
    """Return the interface for a language; its texts are English when there is no catalogue."""
    return Interface(language=language, catalogue=translations(language))


def language_name(language: str) -> str:
    """Return the name of a language in that language; the code when it is unknown."""
    return _NAMES.get(_base(language), language)


def _base(language: str) -> str:
    return language.split("-")[0].lower()
