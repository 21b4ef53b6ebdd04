"""Validation of postal codes, and the commune, arrondissement and department of a postal code.

Sources: La Poste, base officielle des codes postaux (the copy in `epncli/data`, see its README.md), for
the codes that exist; Insee, code officiel géographique, for the codes often mistaken for them. CEDEX
codes exist too, but no open database has them.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import _, ngettext
from epncli.problems import Problem, error, warning
from epncli.rules.communes import (
    arrondissement_named,
    codes,
    codes_known_as,
    communes,
    communes_known_as,
    communes_named,
    fold_commune,
    is_code,
    lieux,
    same_commune,
)
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_PREFIX: Final = re.compile(r"0[1-9]|[1-8][0-9]|9[0-5]|97[0-8]|98[04678]")
_CORSICAN_INSEE: Final = re.compile(r"2[AB][0-9]{3}", re.IGNORECASE)
_MONACO_INSEE: Final = "99138"
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_COUNTRY: Final = re.compile(r"FR?-?(?=[0-9])", re.IGNORECASE)
_FIVE_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
CITIES: Final = {"75": "Paris", "69": "Lyon", "13": "Marseille"}
"""The cities with arrondissements, by the first two digits of their codes."""
_ARRONDISSEMENTS: Final = {"750": 20, "690": 9, "130": 16}
"""Number of arrondissements of Paris, Lyon and Marseille, by the first three digits of their codes."""
_DEPARTEMENTS: Final = {"97133": "977", "97150": "978", "977": "974", "978": "974"}
"""Departments of the codes, or prefixes of codes, whose first digits are not those of the department."""
_SHOWN: Final = 6
"""Number of communes or codes that a message lists before `and 12 more`."""


def validate(text: str, commune: str = "") -> RuleResult:
    """Validate a postal code. Its normal form has five digits.

    Accepted: spaces, a country prefix (`F-75012`), the traces of a spreadsheet (`75012.0`); with a
    warning, a code without its leading zero. Refused: anything else that is not five digits [0-9],
    prefixes that La Poste does not use, Insee codes that cannot be postal codes. Warnings: a code that is
    not in the database, which may be a CEDEX code; a code that does not belong to `commune`, if given. The
    names of former communes and the localities of La Poste count as names of a commune.
    """
    code = _INVISIBLE.sub("", text).strip("'").removesuffix(".0")
    code = _COUNTRY.sub("", code, count=1)
    if _CORSICAN_INSEE.fullmatch(code) or code == _MONACO_INSEE:
        return refused(text, _insee_instead(code.upper()))
    if not is_code(code):
        restored = f"0{code}"
        if is_code(restored) and _plausible(restored, commune):
            return accepted(
                restored, problems=(lost_zero(text, restored), *_place_warnings(restored, commune))
            )
        return refused(text, _not_five_digits(text, code, commune))
    if not _PREFIX.match(code):
        return refused(text, _impossible_prefix(code))
    return accepted(code, problems=_place_warnings(code, commune))


def commune_of(code_postal: str) -> str:
    """The commune of a postal code, or "" if the code has none or several.

    For a code of Paris, Lyon or Marseille, it is the city: `Paris` for 75012, not its arrondissement.
    """
    found = communes(code_postal)
    if len({fold_commune(commune.nom) for commune in found}) != 1:
        return ""
    return found[0].nom


def arrondissement(code_postal: str) -> int | None:
    """The arrondissement of Paris, Lyon or Marseille with this postal code: 12 for 75012; else None.

    The 16th arrondissement of Paris has two codes, 75016 and 75116.
    """
    if not is_code(code_postal):
        return None
    if code_postal == "75116":
        return 16
    number = int(code_postal[3:])
    return number if 0 < number <= _ARRONDISSEMENTS.get(code_postal[:3], 0) else None


def departement(code_postal: str) -> str:
    """The department or overseas territory of a postal code, or "" if the text is not a postal code.

    `75`; `20` for Corsica, whose codes do not distinguish 2A from 2B; `974`; `980` for Monaco. 97133 is
    Saint-Barthélemy, `977`, and 97150 is Saint-Martin, `978`; other codes in 977 and 978 are CEDEX codes
    of Réunion, `974`. A few communes have a postal code of a neighbouring department (23 pairs in the
    database).
    """
    if not (is_code(code_postal) and _PREFIX.match(code_postal)):
        return ""
    if exception := _DEPARTEMENTS.get(code_postal) or _DEPARTEMENTS.get(code_postal[:3]):
        return exception
    return code_postal[:3] if code_postal[:2] in ("97", "98") else code_postal[:2]


def _place_warnings(code: str, commune: str) -> tuple[Problem, ...]:
    """Warnings about a well-formed code: unknown, or the code of another commune."""
    if not communes(code):
        return (_unknown(code, commune),)
    if not commune.strip():
        return ()
    if not communes_known_as(code, commune):
        return (_other_commune_warning(code, commune),)
    number = arrondissement_named(commune)
    if number and arrondissement(code) not in (None, number):
        return (_other_arrondissement(code, commune, number),)
    return ()


def _plausible(code: str, commune: str) -> bool:
    """True if a code with its zero restored is in a department of the commune.

    For a commune that the database does not have: True if the database has the code.
    """
    if own := codes(commune):
        return any(departement(known) == departement(code) for known in own)
    return bool(communes(code))


def lost_zero(text: str, code: str) -> Problem:
    """The warning about a code that a spreadsheet program took for a number; `code` has its zero again."""
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
    """The error for an Insee code that does not have the form of a postal code."""
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
            "{city} has one postal code per arrondissement, {first} to {last}: write the one for this place"
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


def _other_commune_warning(code: str, commune: str) -> Problem:
    """The warning about a code that belongs to other communes."""
    names = list(dict.fromkeys(found.nom for found in communes(code)))
    if city := commune_of(code):
        names = [city]
    message = _("‘{value}’ is the postal code of {communes}, not of ‘{commune}’").format(
        value=code, communes=_listed(names), commune=quoted(commune)
    )
    if own := _codes_near(commune, code):
        nom = _nom(commune, own)
        if any(code == found.code_insee for known in own for found in communes_named(known, commune)):
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
    """The codes of all communes known by that name, or only those in the department of `code`, if any."""
    own = codes_known_as(commune)
    near = [known for known in own if departement(known) == departement(code)]
    return near or list(own)


def _nom(commune: str, own: list[str]) -> str:
    """The official spelling of a commune, found by the first of its codes."""
    return communes_known_as(own[0], commune)[0].nom


def _nearest(commune: str, names: list[str]) -> str:
    """The most similar of the names, or "" if none is similar enough."""
    from rapidfuzz import process

    found = process.extractOne(fold_commune(commune), [fold_commune(name) for name in names], score_cutoff=80)
    return names[found[2]] if found else ""


def _listed(values: list[str]) -> str:
    """The values, separated by commas; only the first few if there are many."""
    if len(values) <= _SHOWN + 1:
        return ", ".join(values)
    shown = ", ".join(values[:_SHOWN])
    return _("{values} and {count} more").format(values=shown, count=len(values) - _SHOWN)
