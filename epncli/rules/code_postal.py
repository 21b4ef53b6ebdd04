"""Postal codes: what they may be, and which communes they serve.

Sources: La Poste, base officielle des codes postaux (the copy in `epncli/data`, see its README.md),
for the codes that exist; Insee, code officiel géographique, for the codes often taken for them.
Codes that end in CEDEX exist beside these and are in no open base.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import _, ngettext
from epncli.problems import Problem, error, warning
from epncli.rules.communes import (
    Commune,
    arrondissement_named,
    codes,
    communes,
    fold,
    lieux,
    named,
    same_commune,
)
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

__all__ = [
    "Commune",
    "arrondissement",
    "codes",
    "commune_of",
    "communes",
    "departement",
    "same_commune",
    "validate",
]

_SHAPE: Final = re.compile(r"[0-9]{5}")
_PREFIX: Final = re.compile(r"0[1-9]|[1-8][0-9]|9[0-5]|97[0-8]|98[04678]")
_CORSICAN_INSEE: Final = re.compile(r"2[AB][0-9]{3}", re.IGNORECASE)
_MONACO_INSEE: Final = "99138"
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_COUNTRY: Final = re.compile(r"FR?-?(?=[0-9])", re.IGNORECASE)
_FIVE_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_ARRONDISSEMENTS: Final = {"750": 20, "690": 9, "130": 16}
"""How many arrondissements Paris, Lyon and Marseille have, by the first digits of their codes."""
_DEPARTEMENTS: Final = {"97133": "977", "97150": "978", "977": "974", "978": "974"}
"""Codes, and prefixes of codes, that are not of the department of their first digits."""
_SHOWN: Final = 6
"""How many communes or codes a message names before it says how many more there are."""


def validate(text: str, commune: str = "") -> RuleResult:
    """Judge a postal code; its normal form is five digits.

    Understood: blanks inside, the country before it (`F-75012`), what a spreadsheet leaves
    (`75012.0`), and with a warning a zero lost at the start. Refused: what is not five of [0-9],
    prefixes that La Poste does not use, Insee codes. Warned of: a code that the base does not know,
    since CEDEX codes are in no open base, and one that is not a code of `commune`, if given.
    """
    code = _INVISIBLE.sub("", text).strip("'").removesuffix(".0")
    code = _COUNTRY.sub("", code, count=1)
    if _CORSICAN_INSEE.fullmatch(code) or code == _MONACO_INSEE:
        return refused(text, _insee_instead(code.upper()))
    if not _SHAPE.fullmatch(code):
        restored = f"0{code}"
        if len(code) == 4 and _SHAPE.fullmatch(restored) and _plausible(restored, commune):
            return accepted(restored, problems=(_lost_zero(text, restored), *_place(restored, commune)))
        return refused(text, _not_five_digits(text, code, commune))
    if not _PREFIX.match(code):
        return refused(text, _impossible_prefix(code))
    return accepted(code, problems=_place(code, commune))


def commune_of(code_postal: str) -> str:
    """The commune that a postal code leaves as the one answer, else "".

    The city for a code of Paris, Lyon or Marseille: `Paris` for 75012, not its arrondissement.
    """
    found = communes(code_postal)
    if len({fold(commune.nom) for commune in found}) != 1:
        return ""
    return found[0].nom


def arrondissement(code_postal: str) -> int | None:
    """The arrondissement of Paris, Lyon or Marseille that a postal code is that of: 12 for 75012.

    The 16th of Paris has two codes, 75016 and 75116. None for every other code.
    """
    if not _SHAPE.fullmatch(code_postal):
        return None
    if code_postal == "75116":
        return 16
    number = int(code_postal[3:])
    return number if 0 < number <= _ARRONDISSEMENTS.get(code_postal[:3], 0) else None


def departement(code_postal: str) -> str:
    """The department, or the territory overseas, that a postal code points to; "" if it is none.

    `75`; `20` for Corsica, whose codes do not tell 2A from 2B; `974`; `980` for Monaco. 97133 is
    Saint-Barthélemy, `977`, and 97150 is Saint-Martin, `978`; other codes in 977 and 978 are CEDEX
    codes of Réunion, `974`. A few communes have a code of the department next to theirs (23 pairs
    in the base).
    """
    if not (_SHAPE.fullmatch(code_postal) and _PREFIX.match(code_postal)):
        return ""
    if exception := _DEPARTEMENTS.get(code_postal) or _DEPARTEMENTS.get(code_postal[:3]):
        return exception
    return code_postal[:3] if code_postal[:2] in ("97", "98") else code_postal[:2]


def _place(code: str, commune: str) -> tuple[Problem, ...]:
    """What there is to say of a possible code: unknown, or not that of this commune."""
    if not communes(code):
        return (_unknown(code, commune),)
    if not commune.strip():
        return ()
    if not named(code, commune):
        return (_elsewhere(code, commune),)
    number = arrondissement_named(commune)
    if number and arrondissement(code) not in (None, number):
        return (_other_arrondissement(code, commune, number),)
    return ()


def _plausible(code: str, commune: str) -> bool:
    """Whether a code with its zero restored is the right answer, as far as the commune can tell."""
    if own := codes(commune):
        return any(departement(known) == departement(code) for known in own)
    return bool(communes(code))


def _lost_zero(text: str, code: str) -> Problem:
    return warning(
        _("‘{value}’ has lost its leading zero: read as {code}").format(value=quoted(text), code=code),
        _("in a spreadsheet, format the column as text before typing or pasting codes"),
        fix=code,
    )


def _not_five_digits(text: str, code: str, commune: str) -> Problem:
    if not code:
        return error(_("the postal code is blank"), _("write its five digits, such as 75012"))
    if code.isascii() and code.isdigit():
        message = ngettext(
            "‘{value}’ has {count} digit: a postal code has five",
            "‘{value}’ has {count} digits: a postal code has five",
            len(code),
        ).format(value=quoted(text), count=len(code))
        if own := _codes_near(commune, code):
            return error(message, _type_one_of(own))
        if len(code) == 4 and _PREFIX.match(f"0{code}"):
            hint = _("write ‘{code}’ if its leading zero was lost, otherwise add the missing digit")
            return error(message, hint.format(code=f"0{code}"))
        return error(message, _("write its five digits, such as 75012"))
    message = _("‘{value}’ is not a postal code, which is five digits").format(value=quoted(text))
    found = _FIVE_DIGITS.findall(text) or _FIVE_DIGITS.findall(code.upper().replace("O", "0"))
    if len(found) == 1:
        return error(message, _("write ‘{code}’").format(code=found[0]))
    return error(message, _("write its five digits, such as 75012"))


def _impossible_prefix(code: str) -> Problem:
    prefix = code[:3] if code[:2] in ("97", "98") else code[:2]
    return error(
        _("‘{value}’ is not a postal code: none starts with {prefix}").format(value=code, prefix=prefix),
        _("they start with 01 to 95, 970 to 978, 980, 984, 986, 987 or 988"),
    )


def _insee_instead(code: str) -> Problem:
    """An Insee code that no postal code can look like."""
    found = lieux(code)
    if not found:
        message = _("‘{value}’ is an INSEE code, not a postal code")
        return error(message.format(value=code), _("write the five digits of the postal address"))
    message = _("‘{value}’ is the INSEE code of {commune}, not a postal code")
    return error(
        message.format(value=code, commune=found[0].commune.nom),
        _type_one_of([lieu.code_postal for lieu in found]),
    )


def _unknown(code: str, commune: str) -> Problem:
    message = _("‘{value}’ is not in the postal code database").format(value=code)
    if code in ("75000", "69000", "13000"):
        hint = _(
            "{city} has one postal code per arrondissement, {first} to {last}: write the one of the place"
        )
        last = int(code) + _ARRONDISSEMENTS[code[:3]]
        city = commune_of(str(last))
        return warning(message, hint.format(city=city, first=int(code) + 1, last=last))
    own = _codes_near(commune, code)
    found = lieux(code)
    if found and (not own or same_commune(found[0].commune.nom, commune)):
        message = _("‘{value}’ is the INSEE code of {commune}, not a known postal code")
        return warning(
            message.format(value=code, commune=found[0].commune.nom),
            _type_one_of([lieu.code_postal for lieu in found]),
        )
    if own:
        hint = _("postal codes of {commune}: {codes}; CEDEX codes, used only for mail, cannot be checked")
        return warning(message, hint.format(commune=_nom(commune, own), codes=_listed(own)))
    hint = _("this is a typing error, or a CEDEX code, which is used only for mail and cannot be checked")
    return warning(message, hint)


def _elsewhere(code: str, commune: str) -> Problem:
    """The code exists, and the base has it for other communes."""
    names = list(dict.fromkeys(found.nom for found in communes(code)))
    if city := commune_of(code):
        names = [city]
    message = _("‘{value}’ is the postal code of {communes}, not of ‘{commune}’").format(
        value=code, communes=_listed(names), commune=quoted(commune)
    )
    if own := _codes_near(commune, code):
        nom = _nom(commune, own)
        if any(code == found.code_insee for known in own for found in named(known, commune)):
            hint = _("it is the INSEE code of {commune} (postal code {codes})")
        else:
            hint = _("postal codes of {commune}: {codes}; correct the code or the commune")
        return warning(message, hint.format(commune=nom, codes=_listed(own)))
    if nearest := _nearest(commune, names):
        return warning(message, _("did you mean ‘{value}’?").format(value=nearest))
    hint = _("no commune has this name today: check it, or write the commune that it is now part of")
    return warning(message, hint)


def _other_arrondissement(code: str, commune: str, number: int) -> Problem:
    message = _("‘{value}’ is the postal code of arrondissement {number}, not of ‘{commune}’").format(
        value=code, number=arrondissement(code), commune=quoted(commune)
    )
    own = [known for known in codes(commune) if arrondissement(known) == number]
    if not own:
        return warning(message, _("correct the code or the commune"))
    return warning(message, _type_one_of(own))


def _type_one_of(own: list[str]) -> str:
    return ngettext(
        "write its postal code, {codes}", "write one of its postal codes: {codes}", len(own)
    ).format(codes=_listed(own))


def _codes_near(commune: str, code: str) -> list[str]:
    """The codes of a commune; where several share its name, those in the department of `code`."""
    own = codes(commune)
    near = [known for known in own if departement(known) == departement(code)]
    return near or list(own)


def _nom(commune: str, own: list[str]) -> str:
    """A commune as the base writes it, from one of its own codes."""
    return named(own[0], commune)[0].nom


def _nearest(commune: str, names: list[str]) -> str:
    """The name that was probably meant, or ""."""
    from rapidfuzz import process

    found = process.extractOne(fold(commune), [fold(name) for name in names], score_cutoff=80)
    return names[found[2]] if found else ""


def _listed(values: list[str]) -> str:
    """Values in a row, the first few of many."""
    if len(values) <= _SHOWN + 1:
        return ", ".join(values)
    shown = ", ".join(values[:_SHOWN])
    return _("{values} and {count} more").format(values=shown, count=len(values) - _SHOWN)
