"""Display of the statistics of a registry as bars, as tab-separated lines and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from epncli.cli.screen import terminal
from epncli.i18n import _, ngettext, number, with_colon
from epncli.model.fields import label_in_sentence
from epncli.model.structure import CLOSING, FIELDS
from epncli.query.over_time import OverTime
from epncli.query.statistics import FRESH, NEVER, OLDER, Count, Counts, Statistics

_MOST: Final = 20
"""Largest number of rows shown of one part. Lines and JSON have all of them."""
_BAR: Final = 40
_LEAST_BAR: Final = 4
_LEAST_NAME: Final = 4
_GAP: Final = 2
_SHARE: Final = 7
"""Widths in columns: longest bar, shortest bar, shortest name, gap, share (`  100%` in French)."""
_BETWEEN: Final = re.compile("(?<=[-_ ])")
"""Where a name may be wrapped."""
_OPEN: Final = "█"
_CLOSED: Final = "░"


def parts_over_time(figures: OverTime) -> dict[str, Counts]:
    """The counts over time by part. Scripts and programs rely on these names."""
    return {"ouvert": figures.open, "date_fermeture": figures.closed, "date_maj": figures.confirmed}


def parts(figures: Statistics) -> dict[str, Counts]:
    """The statistics by part. Scripts and programs rely on these names."""
    spoken = {OLDER: "plus", NEVER: "jamais"}
    return {
        "total": {"": figures.total},
        "commune": figures.communes,
        "arrondissement": figures.arrondissements,
        "date_fermeture": figures.closings,
        "champs": figures.fields,
        "date_maj": {spoken.get(name, name): count for name, count in figures.freshness.items()},
    }


def lines(found: Mapping[str, Counts]) -> str:
    """Tab-separated lines: part, name, number of open structures, number of closed structures."""
    from epncli.cli.screen.listing import cell

    return "".join(
        f"{part}\t{cell(name)}\t{count.open}\t{count.closed}\n"
        for part, counts in found.items()
        for name, count in counts.items()
    )


def as_json(found: Mapping[str, Counts]) -> str:
    """The parts as one JSON object. A part with a single count is that count."""
    from epncli.formats.json import indented

    values = {
        part: {name: {"ouvert": count.open, "fermé": count.closed} for name, count in counts.items()}
        for part, counts in found.items()
    }
    whole = {part: counts[""] if list(counts) == [""] else counts for part, counts in values.items()}
    return indented(whole)


def bars_over_time(figures: OverTime, width: int) -> str:
    """The counts over time as bars, of the newest periods. No line is wider than `width` columns."""
    titles = (
        (_("Open at the end"), figures.open),
        (_("Closed"), figures.closed),
        (
            _("Last confirmed"),
            figures.confirmed,
        ),
    )
    drawn = [line for title, counts in titles for line in _part(title, _newest(counts), width)]
    return "\n".join(drawn[1:]) + "\n"


def _newest(counts: Counts) -> dict[str, Count]:
    """The newest periods, under the names for a person, without those at the start that have no structure."""
    found = list(counts.items())
    first = next((at for at, (_name, count) in enumerate(found) if count.all), len(found))
    return {name or _("unknown"): count for name, count in found[max(first, len(found) - _MOST) :]}


def bars(figures: Statistics, width: int) -> str:
    """The statistics as bars, closed structures in a lighter tone. No line is wider than `width` columns."""
    drawn = [*_places(figures, width), *_ages(figures, width), *_fields(figures, width)]
    lines = _folded(_totals(figures.total), width)
    if all(any(tone in line for line in drawn) for tone in (_OPEN, _CLOSED)):
        legend = [_("{bar} open").format(bar=_OPEN), _("{bar} closed").format(bar=_CLOSED)]
        line = "  ".join(legend)
        lines += [line] if _width(line) <= width else legend
    return "\n".join([*lines, *drawn]) + "\n"


def _totals(total: Count) -> str:
    """The totals in words: `65 structures: 64 open, 1 closed`."""
    structures = ngettext("{count} structure", "{count} structures", total.all)
    parts = (
        ngettext("{count} open", "{count} open", total.open).format(count=number(total.open)),
        ngettext("{count} closed", "{count} closed", total.closed).format(count=number(total.closed)),
    )
    return with_colon(structures.format(count=number(total.all)), ", ".join(parts))


def _places(figures: Statistics, width: int) -> Iterator[str]:
    yield from _part(_("By commune"), figures.communes, width)
    yield from _part(_("By arrondissement"), figures.arrondissements, width)
    closings = {year or _("unknown year"): count for year, count in figures.closings.items()}
    yield from _part(_("Closed, by year"), closings, width)


def _ages(figures: Statistics, width: int) -> Iterator[str]:
    total = figures.total.all
    names = {NEVER: _("never"), OLDER: _("over {count} months").format(count=FRESH[-1])}
    names[str(FRESH[0])] = _("under {count} months").format(count=FRESH[0])
    for start, end in pairwise(FRESH):
        names[str(end)] = _("{start} to {end} months").format(start=start, end=end)
    ages = {names[name]: count for name, count in figures.freshness.items()}
    yield from _part(_("Last confirmed"), ages if total else {}, width, out_of=total)


def _fields(figures: Statistics, width: int) -> Iterator[str]:
    total = figures.total.all
    # Open structures do not need the fields about a closing: their share is meaningless.
    fields = {name: figures.fields[name] for name in FIELDS if name not in CLOSING}
    filled = {FIELDS[name].label: count for name, count in fields.items() if count.all}
    yield from _part(_("Filled fields"), filled, width, out_of=total, most=len(fields))
    empty = ", ".join(label_in_sentence(name) for name, count in fields.items() if not count.all)
    if total and empty:
        words = _("never filled: {fields}").format(fields=empty)
        yield from _indented(words, width)


def _part(title: str, counts: Counts, width: int, *, out_of: int = 0, most: int = _MOST) -> Iterator[str]:
    """A title, and a line for at most `most` counts; with `out_of`, also their share of it."""
    if not counts:
        return
    yield ""
    yield from _folded(title, width)
    shown = [(terminal.visible(name).strip() or "—", count) for name, count in list(counts.items())[:most]]
    whole = out_of or max(count.all for count in counts.values())
    digits = len(number(whole))
    columns = _columns([name for name, _count in shown], width - digits - 2 * _GAP, share=bool(out_of))
    for name, count in shown:
        first, *rest = _folded(name, columns.names)
        padding = " " * (columns.names - _width(first))
        share = f"  {_percent(count.all, out_of):>{_SHARE - _GAP}}" if columns.share else ""
        bar = _bar(count, whole, columns.bar)
        yield f"  {first}{padding}  {number(count.all):>{digits}}{share}  {bar}".rstrip()
        yield from (f"  {line}" for line in rest)
    if left := len(counts) - len(shown):
        words = ngettext("… and {count} more", "… and {count} more", left).format(count=number(left))
        yield from _indented(words, width)


class _Columns(NamedTuple):
    """The layout of a part: the width of the names and of the bars, and whether shares are shown."""

    names: int
    bar: int
    share: bool


def _columns(names: list[str], room: int, *, share: bool) -> _Columns:
    """The layout that fits in `room` columns: first names are wrapped, then bars dropped, then shares."""
    longest = max(map(_width, names))
    word = max(_width(piece.rstrip(" ")) for name in names for piece in _BETWEEN.split(name))
    beside = room - _SHARE if share else room
    bar = max(room // 5, _LEAST_BAR)
    if word <= beside - _GAP - bar:
        taken = min(longest, beside - _GAP - bar)
        return _Columns(taken, min(_BAR, beside - _GAP - taken), share)
    if not share or word <= beside:
        return _Columns(max(min(longest, beside), _LEAST_NAME), 0, share)
    return _Columns(max(min(longest, room), _LEAST_NAME), 0, share=False)


def _indented(text: str, width: int) -> Iterator[str]:
    return (f"  {line}" for line in _folded(text, width - 2))


def _folded(text: str, room: int) -> list[str]:
    """The text, wrapped to `room` columns. Only words longer than a line are cut."""
    room = max(room, _LEAST_NAME)
    lines = [""]
    for piece in _pieces(text, room):
        if lines[-1] and _width((lines[-1] + piece).rstrip(" ")) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip(" ") for line in lines]


def _pieces(text: str, room: int) -> Iterator[str]:
    """The words, each with the space after it; words longer than a line in parts."""
    from rich.cells import chop_cells

    for word in re.split("(?<= )", text):
        if _width(word.rstrip(" ")) <= room:
            yield word
            continue
        for part in _BETWEEN.split(word):
            yield from [part] if _width(part.rstrip(" ")) <= room else chop_cells(part, room)


def _width(text: str) -> int:
    """The width of a text in terminal columns."""
    from rich.cells import cell_len

    return cell_len(text)


def _percent(part: int, whole: int) -> str:
    return _("{share}%").format(share=100 * part // whole)


def _bar(count: Count, whole: int, room: int) -> str:
    """A bar of at most `room` characters, with at least one for open and for closed structures, if any."""
    if not room or not whole:
        return ""
    tones = bool(count.open) + bool(count.closed)
    length = max(round(room * count.all / whole), tones)
    closed = round(length * count.closed / (count.all or 1))
    closed = min(max(closed, bool(count.closed)), length - bool(count.open))
    return _OPEN * (length - closed) + _CLOSED * closed
