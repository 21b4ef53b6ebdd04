"""The seven invariants of yamlfile, on random registries as people write them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from changing import KEY, Change, change_randomly, faults, judge, read
from handwriting import write_registry
from hypothesis import given
from hypothesis import strategies as st

from epncli.errors import Unwritable
from epncli.yamlfile.commit import Plan, prepare
from epncli.yamlfile.layout import BREAKS, Splice, apply, inverse
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document
from epncli.yamlfile.source import decode

randoms = st.integers(0, 2**32).map(Random)
SEEDS = 2_000
MANY_SEEDS = 100_000

DONE = "done"
# The layouts that epn reads, but leaves to a person; test_edit.py shows each.
EXPLICIT = "a field is written as ‘? name’"
COMMENT_BELOW = "a block scalar would take in the comment that comes to stand below it"


@given(randoms)
def test_a_file_reads_as_plain_yaml_reads_it(random: Random) -> None:
    handwritten = write_registry(random)
    assert read(handwritten).root == judge(handwritten.text)


@given(randoms)
def test_the_bytes_of_a_file_come_back(random: Random) -> None:
    handwritten = write_registry(random)
    source = decode(Path("registry.yaml"), handwritten.data)
    assert source.encode(source.text) == handwritten.data


@given(randoms)
def test_the_place_of_each_text_is_its_own(random: Random) -> None:
    document = read(write_registry(random))
    for node in _texts(document.root_node()):
        written = document.text[node.start : node.end]
        if written.startswith(("|", ">")):
            if any(char in "123456789" for char in written[:3]):
                continue  # its indent counts from a place that it has not when it stands alone
            last = str(node.value)[-1:]
            ended = last if last in BREAKS and written[-1] not in BREAKS else ""
            assert judge(f"k: {written}{ended}") == {"k": node.value}
        else:
            assert (judge(written) or "") == node.value


@given(randoms)
def test_another_text_in_that_place_is_read_there_and_nowhere_else(random: Random) -> None:
    document = read(write_registry(random))
    for node in _texts(document.root_node()):
        if node.start == node.end:
            continue
        end = "\n" if document.text[node.end - 1] in BREAKS else ""
        text = apply(document.text, [Splice(node.start, node.end, f'"§"{end}')])
        assert _with(document.root_node(), node) == judge(text)


@given(randoms)
def test_an_item_is_found_where_the_whole_tree_has_it(random: Random) -> None:
    document = read(write_registry(random))
    assert document.start(KEY) == document.node(KEY).start
    for index, node in enumerate(document.node(KEY).children):
        assert document.item(KEY, index) == node


@given(randoms)
def test_a_change_does_what_was_meant_and_touches_nothing_else(random: Random) -> None:
    assert _verdict(random) in (DONE, EXPLICIT, COMMENT_BELOW)


@pytest.mark.parametrize("start", range(0, SEEDS, 500))
def test_epn_declines_only_what_can_be_named(start: int) -> None:
    assert _many(range(start, start + 500))[COMMENT_BELOW] <= 1


@pytest.mark.long
@pytest.mark.parametrize("start", range(SEEDS, SEEDS + MANY_SEEDS, 10_000))
def test_a_hundred_thousand_changes_do_what_was_meant(start: int) -> None:
    assert _many(range(start, start + 10_000))[COMMENT_BELOW] < 5  # 0.05 %


@given(randoms)
def test_without_a_splice_there_is_nothing_to_write(random: Random) -> None:
    document = read(write_registry(random))
    assert prepare(document, Plan([], document.root)) is document


def _many(seeds: range) -> Counter[str]:
    results: Counter[str] = Counter()
    for seed in seeds:
        result = _verdict(Random(seed))  # noqa: S311  nothing is secret here
        assert result in (DONE, EXPLICIT, COMMENT_BELOW), f"seed {seed}: {result}"
        results[result] += 1
    return results


def _verdict(random: Random) -> str:
    handwritten = write_registry(random)
    document = read(handwritten)
    try:
        change = change_randomly(random, document)
    except Unwritable:
        return EXPLICIT if handwritten.explicit else f"refused: {handwritten.text!r}"
    try:
        found = faults(handwritten, document, change)
    except Unwritable:
        if handwritten.explicit:
            return EXPLICIT
        if _may_join_a_block_scalar(document, change):
            return COMMENT_BELOW
        return f"refused: {handwritten.text!r} {change.steps}"
    return f"{found}: {handwritten.text!r} {change.steps}" if found else DONE


def _may_join_a_block_scalar(document: Document, change: Change) -> bool:
    """True when a block scalar may take in the comment that comes to stand below it."""
    written = [document.text[node.start : node.end] for node in _texts(document.root_node())]
    # A field, a record, or an item of a list may be taken away.
    takes = any("None" in step or "[" in step or step.startswith("remove_item") for step in change.steps)
    return takes and any(text[:1] in ("|", ">") for text in written) and "#" in document.text


def _texts(node: Node) -> list[Node]:
    """Every text below a node."""
    if isinstance(node.value, str):
        return [node]
    return [text for child in node.children for text in _texts(child)]


def _with(node: Node, target: Node) -> object:
    if node == target:
        return "§"
    if isinstance(node.value, dict):
        pairs = zip(node.children[::2], node.children[1::2], strict=True)
        return {_with(key, target): _with(value, target) for key, value in pairs}
    if isinstance(node.value, list):
        return [_with(child, target) for child in node.children]
    return node.value


@given(randoms)
def test_the_inverse_of_any_change_gives_the_text_back(random: Random) -> None:
    document = read(write_registry(random))
    try:
        splices = change_randomly(random, document).splices
    except Unwritable:
        return
    new = apply(document.text, splices)
    assert apply(new, inverse(document.text, splices)) == document.text


@given(st.text(max_size=30), st.data())
def test_the_inverse_of_any_splices_gives_the_text_back(text: str, data: st.DataObject) -> None:
    bounds = data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2).map(sorted), max_size=5))
    news = data.draw(st.lists(st.text(max_size=3), min_size=len(bounds), max_size=len(bounds)))
    splices = [Splice(start, end, new) for (start, end), new in zip(bounds, news, strict=True)]
    try:
        new = apply(text, splices)
    except ValueError:  # two of them overlap
        return
    back = inverse(text, splices)
    assert apply(new, back) == text
    assert all(one.end <= next_one.start for one, next_one in pairwise(back))
