"""The words, signs and notations of time that French opening hours are written with.

Words and phrases stand here folded: in small letters, without accents. A blank in a phrase stands for
blanks, hyphens or apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from epncli.rules.hours.table import MIDNIGHT


class Kind(Enum):
    """The kinds of token in a text of opening hours, each with an example."""

    DAY = auto()  # lundi
    EVERY_DAY = auto()  # tous les jours
    EVERY = auto()  # chaque
    ORDINAL = auto()  # 1er
    OF_MONTH = auto()  # du mois
    TIME = auto()  # 9h30
    NUMBER = auto()  # 9
    ALL_DAY = auto()  # 24h/24
    DAY_PART = auto()  # matin
    MONTH = auto()  # juillet
    HOLIDAYS = auto()  # jours fériés
    DURING = auto()  # pendant
    TO = auto()  # à
    AND = auto()  # et
    COMMA = auto()
    SLASH = auto()
    DASH = auto()
    SEMICOLON = auto()
    SENTENCE_END = auto()  # a full stop, a line break
    COLON = auto()
    BRACKET = auto()
    CLOSED = auto()  # fermé
    EXCEPT = auto()  # sauf
    OPEN = auto()  # ouvert
    CONTINUOUS = auto()  # sans interruption
    APPOINTMENT = auto()  # sur rendez-vous
    UNKNOWN = auto()
    TEXT_END = auto()


MORNING, AFTERNOON, EVENING = "matin", "après-midi", "soir"
BY_APPOINTMENT: Final = "sur rendez-vous"
WITHOUT_APPOINTMENT: Final = "sans rendez-vous"
SEVEN_OF_SEVEN: Final = "7/7"
"""Every day, or the seventh of July."""

ARTICLES: Final = frozenset({"le", "la", "l", "du", "de", "des", "d", "les"})
APOSTROPHES: Final = "'’ʼ"
BLANKS: Final = " \t\xa0\u202f\u2009"
SIGNS: Final = {
    "-": Kind.DASH, "–": Kind.DASH, "—": Kind.DASH, "‑": Kind.DASH, "−": Kind.DASH, "→": Kind.DASH,
    ",": Kind.COMMA, "/": Kind.SLASH, ";": Kind.SEMICOLON, ":": Kind.COLON, "&": Kind.AND,
    "(": Kind.BRACKET, ")": Kind.BRACKET, ".": Kind.SENTENCE_END, "|": Kind.SENTENCE_END,
    "•": Kind.SENTENCE_END, "·": Kind.SENTENCE_END, "\n": Kind.SENTENCE_END, "\r": Kind.SENTENCE_END,
}  # fmt: skip

# Of each list the first two words are whole, the others abbreviated.
_DAYS: Final = {
    0: "lundi lundis lund lun lu mo",
    1: "mardi mardis mard mar ma tu",
    2: "mercredi mercredis merc mer me",  # `we` is Wednesday in OSM and the week-end in French
    3: "jeudi jeudis jeud jeu je th",
    4: "vendredi vendredis vend ven ve fr",
    5: "samedi samedis same sam sa",
    6: "dimanche dimanches dima dim di su",
}
_MONTHS: Final = {
    1: "janvier janv jan", 2: "fevrier fevr fev", 3: "mars", 4: "avril avr", 5: "mai", 6: "juin",
    7: "juillet juil juill", 8: "aout", 9: "septembre sept sep", 10: "octobre oct", 11: "novembre nov",
    12: "decembre dec",
}  # fmt: skip
_ORDINALS: Final = {
    1: "premier premiers", 2: "deuxieme deuxiemes second seconds", 3: "troisieme troisiemes",
    4: "quatrieme quatriemes", -1: "dernier derniers",
}  # fmt: skip
WORDS: Final[Mapping[str, tuple[Kind, int, bool]]] = {
    word: (kind, value, position > 1 if kind is Kind.DAY else position > 0)
    for kind, table in ((Kind.DAY, _DAYS), (Kind.MONTH, _MONTHS), (Kind.ORDINAL, _ORDINALS))
    for value, words in table.items()
    for position, word in enumerate(words.split())
} | {"midi": (Kind.TIME, 12 * 60, False), "minuit": (Kind.TIME, MIDNIGHT, False)}
"""The kind and the value of a word, and whether it is abbreviated."""

_OPEN: Final = (
    "ouvert", "ouverte", "ouverts", "ouvertes", "ouverture", "ouvertures", "horaire", "horaires",
    "horaires d ouverture", "horaires d ouvertures", "heures d ouverture", "jours et heures d ouverture",
    "jours et heures d ouvertures", "jours et horaires d ouverture", "ouvert au public",
    "ouverte au public", "ouverture au public", "accueil", "accueil du public", "accueil au public",
    "horaires d accueil", "horaires d ouverture au public",
)  # fmt: skip
_BY_APPOINTMENT: Final = tuple(
    f"{only}sur {meeting}{after}"
    for only in ("", "uniquement ", "seulement ", "exclusivement ")
    for meeting in ("rendez vous", "rdv")
    for after in ("", " uniquement", " seulement")
)
_PHRASES: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    Kind.EVERY_DAY: {
        "": ("tous les jours", "chaque jour"),
        SEVEN_OF_SEVEN: ("7 jours sur 7", "7 jours / 7", "7j sur 7", "7j / 7", "7j7", "7 j / 7", "7 / 7"),
    },
    Kind.EVERY: {"": ("tous les", "chaque")},
    Kind.OF_MONTH: {"": ("du mois", "de chaque mois", "de tous les mois")},
    Kind.ALL_DAY: {"": ("24h / 24", "24 h / 24", "24h sur 24", "24 h sur 24", "24h / 24h", "24 / 24",
                        "24 heures sur 24")},
    Kind.DAY_PART: {
        MORNING: ("matin", "matins", "matinee", "le matin", "en matinee"),
        AFTERNOON: ("apres midi", "apresmidi", "aprem", "apres midis"),
        EVENING: ("soir", "soirs", "soiree", "en soiree"),
    },
    Kind.HOLIDAYS: {
        "PH": ("jours feries", "jour ferie", "feries"),
        "SH": ("vacances scolaires", "conges scolaires"),
    },
    Kind.DURING: {"": ("en", "pendant", "durant", "au mois de", "aux mois de", "mois de")},
    Kind.TO: {"": ("a", "au", "aux")},
    Kind.AND: {"": ("et", "puis", "ainsi que", "&")},
    Kind.CLOSED: {"": ("ferme", "fermee", "fermes", "fermees", "fermeture", "fermetures", "ferme au public",
                       "fermeture au public", "fermeture hebdomadaire", "off", "closed")},
    Kind.EXCEPT: {"": ("sauf", "hors", "excepte", "a l exception de", "a l exception du",
                       "a l exception des", "en dehors de", "en dehors des")},
    Kind.OPEN: {"": _OPEN},
    Kind.CONTINUOUS: {"": ("en continu", "journee continue", "en journee continue", "sans interruption",
                           "non stop")},
    Kind.APPOINTMENT: {
        BY_APPOINTMENT: _BY_APPOINTMENT,
        WITHOUT_APPOINTMENT: ("sans rendez vous", "sans rdv"),
    },
}  # fmt: skip
_BETWEEN_WORDS: Final = r"[ '\-‑]+"


def phrase_key(phrase: str) -> str:
    """A phrase without what may stand between its words: the key of its meaning."""
    return re.sub(_BETWEEN_WORDS, "", phrase)


PHRASES: Final = {
    phrase_key(phrase): (kind, value)
    for kind, values in _PHRASES.items()
    for value, phrases in values.items()
    for phrase in phrases
}
"""The kind and the value of each phrase, by `phrase_key`."""


def phrase_pattern() -> re.Pattern[str]:
    """An expression that matches the longest phrase at a position."""
    phrases = {phrase for values in _PHRASES.values() for some in values.values() for phrase in some}
    alternatives = (
        _BETWEEN_WORDS.join(map(re.escape, phrase.split())).replace(
            f"{_BETWEEN_WORDS}/{_BETWEEN_WORDS}", " ?/ ?"
        )
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?:{'|'.join(alternatives)})(?![a-z]|(?<=[0-9])[0-9]|(?<=[0-9]) ?[h:])")


TIME_PATTERNS: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        # 9 h 05
        r"(?P<h>\d{1,2}) h(?:eures?)?(?: ?(?P<m>[0-5]\d)(?: ?mn| ?min)?(?!\d| ?h|:\d))?(?![a-z])",
        # 9h05
        r"(?P<h>\d{1,2})h(?P<m>[0-5]\d)(?: ?mn| ?min)?(?!\d| ?h|:\d)",
        # 9h, and 9h 30 for the quarters only: another number may be the next hour
        r"(?P<h>\d{1,2})(?:h| ?heures?)(?: (?P<m>00|15|30|45)(?!\d| ?h|:\d))?(?![a-z]|\d(?!\d? ?h))",
        # 9:05, 9 : 05, 9:05:00
        r"(?P<h>\d{1,2}) ?: ?(?P<m>[0-5]\d)(?::00)?(?!\d| ?[:.]\d| ?h\d)h?",
        # 9:
        r"(?P<h>\d{1,2}):(?! ?\d)",
        # 9.05
        r"(?<!\d\.)(?P<h>\d{1,2})\.(?P<m>[0-5]\d)(?!\d|\.\d| ?h)",
    )
)
"""The ways to write a time: its hour is the group `h`, its minutes are the group `m`."""
ORDINAL_PATTERN: Final = re.compile(r"(?P<n>1er|1ers|[2-5](?:eme|emes|e|es|nd|ieme))(?![a-z])")
