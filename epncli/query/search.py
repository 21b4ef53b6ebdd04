"""Full-text search of structures: parsing of the query, ranking of the results, suggestion of names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from epncli.folding import FIELD_END, fold, fold_all
from epncli.model.fields import stated
from epncli.model.structure import FIELDS, Kind, Structure, Value


class Rank(IntEnum):
    """How well a text matches the name of a structure. Higher is better."""

    ELSEWHERE = 1
    PART_OF_NAME = 2
    WORD_OF_NAME = 3
    START_OF_NAME = 4
    WHOLE_NAME = 5


_CODES: Final = "33|262|508|590|594|596|681|687|689"
"""The country codes of the French numbering plan (ARCEP)."""
_BEFORE: Final = rf"(?<![0-9])(?:0 ?|(?:{_CODES}) ?(?:0 ?)?)"
"""The prefix of the significant digits in a folded text: `0`, `33`, `33 0`."""
_FROM_ABROAD: Final = rf"(?:00)?(?:{_CODES})0?([0-9]+)"
_LENGTH: Final = range(3, 19)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number, or part of one, to search for, however it is spaced."""

    digits: str
    """The significant digits, without the 0 or the country code."""
    pattern: re.Pattern[str]
    """Matches the number in a folded text, in which a space may follow any digit."""

    @staticmethod
    def parse(text: str) -> PhoneNumber | None:
        """The phone number in the text, or None if the text is not one.

        The text may be the start of a number (`0146`, `01.46`, `+33 1 46`), or at least six digits of one,
        without separators. Five digits without separators are a postal code.
        """
        typed = text.strip()
        digits = fold(typed).replace(" ", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTH):
            return None
        bare = typed == digits
        if typed.startswith(("+", "00")) and (abroad := re.fullmatch(_FROM_ABROAD, digits)):
            return PhoneNumber._after(f"(?:{_BEFORE})?", abroad[1])
        if digits.startswith("0") and not (bare and len(digits) == 5):
            return PhoneNumber._after(_BEFORE, digits[1:])
        return PhoneNumber._after("", digits) if bare and len(digits) >= 6 else None

    @staticmethod
    def _after(before: str, digits: str) -> PhoneNumber:
        return PhoneNumber(digits, re.compile(before + " ?".join(digits)))

    def is_in(self, folded: str) -> bool:
        """True if the folded text contains the number."""
        # The first test is many times faster, and excludes most texts.
        return self.digits in folded.replace(" ", "") and bool(self.pattern.search(folded))


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query: folded words that must occur, in this order, in one value of a structure.

    With `field`, they must occur in that field; with `field` and no words, the field must be blank.
    """

    words: str
    field: str = ""
    number: PhoneNumber | None = None
    """The words as a phone number, if they are one."""

    def fits(self, structure: Structure, folded: str) -> bool:
        """True if the structure meets the condition. `folded` is its text from `folded_texts`."""
        if not self.field:
            return self._is_in(folded)
        field = FIELDS[self.field]
        text = fold_all([FIELD_END.join(stated(structure, field))])[0].strip()
        if not self.words:
            return not text
        if field.kind in (Kind.CODE_POSTAL, Kind.CODE_INSEE):
            return text.startswith(self.words)
        return self._is_in(text)

    def _is_in(self, folded: str) -> bool:
        if self.words in folded:
            return True
        return self.number is not None and self.number.is_in(folded)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. A structure matches if it meets all terms."""

    terms: tuple[Term, ...]
    phrase: str
    """The words without a field, in the order in which they were typed."""

    def fits(self, structure: Structure, folded: str) -> bool:
        """True if the structure meets all terms. `folded` is its text from `folded_texts`."""
        return all(term.fits(structure, folded) for term in self.terms)

    def score_name(self, name: str) -> int:
        """The score of a matching structure, by its folded name. Only the order of scores is meaningful.

        The rank of the whole phrase counts first, then the number of terms in the name, then their ranks.
        """
        ranks = [
            _rank(name, term.words) if term.field in ("", "nom") else Rank.ELSEWHERE for term in self.terms
        ]
        whole = _rank(name, self.phrase) if self.phrase else Rank.ELSEWHERE
        in_name = sum(rank > Rank.ELSEWHERE for rank in ranks)
        most = len(ranks)
        return (whole * (most + 1) + in_name) * (Rank.WHOLE_NAME * most + 1) + sum(ranks)


def _rank(name: str, words: str) -> Rank:
    if words not in name:
        return Rank.ELSEWHERE
    if words == name:
        return Rank.WHOLE_NAME
    if name.startswith(words):
        return Rank.START_OF_NAME
    return Rank.WORD_OF_NAME if f" {words} " in f" {name} " else Rank.PART_OF_NAME


def parse_query(terms: Sequence[str]) -> Query:
    """The query with the terms of a command line.

    `champ:valeur` searches one field of the schema, whose plural s is optional (`telephone:`). If the text
    before the colon is not a field, the term is plain text. `champ:` alone searches for a blank field.
    """
    parsed = tuple(_parse_term(term) for term in terms)
    return Query(parsed, " ".join(term.words for term in parsed if not term.field))


def _parse_term(term: str) -> Term:
    before, colon, after = term.partition(":")
    field = _CHAMP_NAMES.get(_singular(before), "") if colon else ""
    text = after if field else term
    # A text without letters and digits folds to "", which every text contains: searched for as it is,
    # it is found in no folded text.
    words = fold(text) or text.strip()
    return Term(words, field, PhoneNumber.parse(text))


def is_phone(text: str) -> bool:
    """True if the text is searched for as a phone number or part of one."""
    return PhoneNumber.parse(text) is not None


def _singular(field: str) -> str:
    return fold(field).removesuffix("s")


_CHAMP_NAMES: Final = {_singular(name): name for name in FIELDS}


def search(
    structures: Sequence[Structure], terms: Sequence[str], texts: Sequence[str] | None = None
) -> list[Structure]:
    """The structures that meet all terms, best match first. Equal matches stay in their original order.

    `texts` are the folded texts to search in, from `folded_texts`; by default, those of all fields.
    """
    query = parse_query(terms)
    if texts is None:
        texts = folded_texts(structures) if query.phrase else [""] * len(structures)
    found = [
        structure
        for structure, folded in zip(structures, texts, strict=True)
        if query.fits(structure, folded)
    ]
    scores = [query.score_name(name) for name in folded_names(found)]
    best_first = sorted(range(len(found)), key=scores.__getitem__, reverse=True)
    return [found[place] for place in best_first]


def suggest(structures: Sequence[Structure], terms: Sequence[str]) -> list[str]:
    """The names most similar to the terms, best first, at most three; empty if none is similar enough.

    Each word counts by its length and by its similarity to the most similar word of the name, so that
    `centre daviell` does not match every Centre. Terms that are found count as they are: for `davel 75013`,
    only structures with 75013 are suggested.
    """
    query, texts = parse_query(terms), folded_texts(structures)
    misspelt = [term for term in query.terms if not any(map(term.fits, structures, texts))] or query.terms
    others = Query(tuple(term for term in query.terms if term not in misspelt), "")
    words = [word for term in misspelt for word in term.words.split()]
    kept = [one for one, text in zip(structures, texts, strict=True) if others.fits(one, text)]
    names = list(dict.fromkeys(structure.nom for structure in kept))
    words_of = [folded.split() for folded in fold_all(names)]
    near = _near_words(words, list(dict.fromkeys(itertools.chain.from_iterable(words_of))))
    scores = [
        sum(len(word) * max([near[word].get(other, 0) for other in own], default=0) for word in words)
        for own in words_of
    ]
    least = _NEAR * sum(map(len, words))
    best = sorted(range(len(names)), key=lambda place: scores[place], reverse=True)
    return [names[place] for place in best[:_SUGGESTED] if words and scores[place] >= least]


def _near_words(words: Sequence[str], vocabulary: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each word, the similar words of the vocabulary, with their similarity: 100 is equal."""
    from rapidfuzz import fuzz, process  # imported only if a search finds nothing

    return {
        word: {
            other: score
            for other, score, _place in process.extract(
                word, vocabulary, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None
            )
        }
        for word in words
    }


_SUGGESTED: Final = 3
_NEAR: Final = 65
"""Lowest similarity, out of 100: `kiosc` is similar to `kiosque` (67), `médiathèque` not to
`bibliothèque` (61)."""


def folded_texts(structures: Sequence[Structure], fields: Sequence[str] = ()) -> list[str]:
    """The text of each structure in these fields, by default in all, folded, for `Query.fits`."""
    if fields:
        return fold_all([_joined(map(one.value, fields)) for one in structures])
    return fold_all([_joined(vars(structure).values()) for structure in structures])


def folded_names(structures: Sequence[Structure]) -> list[str]:
    """The name of each structure, folded, for `Query.score_name`."""
    return [folded.strip() for folded in fold_all([structure.nom for structure in structures])]


def _joined(values: Iterable[Value | tuple[str, ...]]) -> str:
    """All texts in the values, at any depth, with FIELD_END between them."""
    return FIELD_END.join(
        [value if type(value) is str else _joined_items(value) for value in values if value]
    )


def _joined_items(value: Value | tuple[str, ...]) -> str:
    if type(value) is tuple:  # a list field of the schema, which holds texts only
        return FIELD_END.join(value)
    return _joined(value.values() if isinstance(value, dict) else value)
