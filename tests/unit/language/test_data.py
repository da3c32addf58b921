"""Every entry of models/ runs its own example and counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import regex

from pipeline.core.quantity import Comparator, Role
from pipeline.language import exclusions
from pipeline.language.clarity_rules import rule_of, word_group
from pipeline.language.fold import fold
from pipeline.language.quantities import find_quantities
from pipeline.language.segment import cut_words
from pipeline.language.units import read_unit, unit_class
from pipeline.resources import load_lines, load_toml
from tests.unit.language.tables import quotes

UNITS = {
    name: entry
    for name, entry in load_toml("quantities/units.toml").items()
    if name not in ("scale", "traps", "counted_after_traps", "arabic_traps")
}
TRAPS = load_toml("quantities/units.toml")["traps"]
ARABIC_TRAPS = load_toml("quantities/units.toml")["arabic_traps"]


@pytest.mark.parametrize("name", UNITS)
def test_unit_class_reads_its_example(name: str) -> None:
    (quantity,) = find_quantities(UNITS[name]["example"], Role.GOAL)
    assert unit_class(quantity.unit) == name
    others = find_quantities(UNITS[name]["counterexample"], Role.GOAL)
    assert name not in [unit_class(q.unit) for q in others]


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_of_a_class_is_read_whole(name: str) -> None:
    entry = UNITS[name]
    for unit in (*entry["units"], *entry.get("arabic", ())):
        match = read_unit(fold(f"3{unit}"), 1, han=False)
        assert match is not None, unit
        assert match.unit_end == 1 + len(unit), unit
        assert unit_class(unit) == name, unit


def test_no_unit_belongs_to_two_classes() -> None:
    seen: dict[str, str] = {}
    for name, entry in UNITS.items():
        for unit in (*entry["units"], *entry.get("arabic", ())):
            assert seen.setdefault(unit, name) == name, unit
        assert len(set(entry["units"])) == len(entry["units"]), name


def test_no_unit_converts_in_two_ways() -> None:
    scales = load_toml("quantities/units.toml")["scale"]
    units = [unit for scale in scales for unit in scale["units"]]
    assert len(units) == len(set(units))
    assert all(unit_class(unit) for unit in units)


@pytest.mark.parametrize("unit", TRAPS)
def test_traps_are_heads_of_longer_words(unit: str) -> None:
    assert unit_class(unit), "a trap for something that is no unit"
    for char in TRAPS[unit]:
        match = read_unit(f"一{unit}{char}", 1, han=True)
        # A longer unit (一件套) may still be read.
        assert match is None or match.unit_end > 1 + len(unit), char
    assert read_unit(f"一{unit}，", 1, han=True) is not None


@pytest.mark.parametrize("unit", ARABIC_TRAPS)
def test_traps_after_digits_leave_the_shorter_unit(unit: str) -> None:
    for char in ARABIC_TRAPS[unit]:
        match = read_unit(f"3{unit}{char}", 1, han=False)
        assert match is not None, char
        assert match.unit_end == len(unit), char
    match = read_unit(f"3{unit}，", 1, han=False)
    assert match is not None
    assert match.unit_end == 1 + len(unit)


COMPARATORS = [
    (kind, entry)
    for kind in ("prefix", "suffix")
    for entry in load_toml("quantities/comparators.toml")[kind]
]


@pytest.mark.parametrize(
    ("kind", "entry"), COMPARATORS, ids=[e["example"] for _, e in COMPARATORS]
)
def test_comparator_entry(kind: str, entry: dict[str, Any]) -> None:
    for role, key in ((Role.GOAL, "goal"), (Role.OUTCOME, "outcome")):
        (quantity,) = find_quantities(entry["example"], role)
        if role in entry.get("not_in", ()):
            assert quantity.comparator is Comparator.EQUAL
            continue
        assert quantity.comparator is Comparator(entry[key])
        assert any(fold(w) in fold(quantity.quote) for w in entry["words"])
        (other,) = find_quantities(entry["counterexample"], role)
        assert not any(
            other.quote.startswith(w) if kind == "prefix" else other.quote.endswith(w)
            for w in entry["words"]
        )


NEGATED = load_toml("quantities/comparators.toml")["negated"]
NEGATIONS = load_toml("quantities/comparators.toml")["negations"]["words"]


@pytest.mark.parametrize("entry", NEGATED, ids=[e["example"] for e in NEGATED])
def test_negated_comparator_entry(entry: dict[str, Any]) -> None:
    for role, key in ((Role.GOAL, "goal"), (Role.OUTCOME, "outcome")):
        told = Comparator(entry[key])
        (quantity,) = find_quantities(entry["example"], role)
        assert quantity.comparator is told
        assert any(quantity.quote.startswith(n) for n in NEGATIONS)
        (other,) = find_quantities(entry["counterexample"], role)
        assert other.comparator is not told
        for word in entry["words"]:
            for negation in NEGATIONS:
                (found,) = find_quantities(f"单次用时{negation}{word}30分钟", role)
                assert (found.comparator, found.quote) == (
                    told,
                    f"{negation}{word}30分钟",
                )


@pytest.mark.parametrize("kind", ["prefix", "suffix"])
def test_no_comparator_word_twice(kind: str) -> None:
    words = [w for k, entry in COMPARATORS if k == kind for w in entry["words"]]
    assert len(words) == len(set(words))


RULES = load_toml("quantities/non_quantities.toml")["rule"]


def rules_by_role() -> Iterator[Any]:
    for entry in RULES:
        for role in entry.get("roles", ["goal", "outcome", "indicator"]):
            yield pytest.param(entry, Role(role), id=f"{entry['id']}-{role}")


@pytest.mark.parametrize(("entry", "role"), list(rules_by_role()))
def test_rule_passes_over_its_example(entry: dict[str, Any], role: Role) -> None:
    """``rest`` names the other numbers that the example may hold."""
    assert quotes(entry["example"], role) == entry.get("rest", [])


@pytest.mark.parametrize(("entry", "role"), list(rules_by_role()))
def test_rule_leaves_its_counterexample(entry: dict[str, Any], role: Role) -> None:
    assert quotes(entry["counterexample"], role)


@pytest.fixture
def use_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put other rules in place of all, also where they are filed."""

    def forget() -> None:
        filed = (exclusions._masking, exclusions._by_context)
        for kept in (
            *filed,
            exclusions._fitting,
            exclusions._told_apart,
            exclusions._named_units,
        ):
            kept.cache_clear()

    monkeypatch.setattr(
        "pipeline.language.quantities.without_standing_facts",
        lambda text, folded, readings: readings,
    )

    def use(*rules: exclusions.Rule) -> None:
        monkeypatch.setattr(exclusions, "_rules", lambda: rules)
        forget()

    yield use
    forget()


# What this one rule does is done in the grammar itself.
BUILT_IN = ("bare_round_word",)


@pytest.mark.parametrize(
    "entry", [e for e in RULES if e["id"] not in BUILT_IN], ids=lambda e: e["id"]
)
def test_rule_itself_is_what_passes_over(
    entry: dict[str, Any], use_rules: Callable[..., None]
) -> None:
    """With all other rules away, the pattern alone takes the number out."""
    rule = exclusions._rule(entry)
    use_rules(rule)
    role = min(rule.roles)
    if rule.where == "mask":
        folded = fold(entry["example"])
        hidden = [
            c for c, m in zip(folded, exclusions.masked(folded, role), strict=True) if m
        ]
        assert regex.search("[0-9零一二三四五六七八九十百千万两ⅠⅡⅢⅣⅤ]", "".join(hidden))
    else:
        alone = quotes(entry["example"], role)
        use_rules()
        assert len(alone) < len(quotes(entry["example"], role))


@pytest.mark.parametrize("entry", RULES, ids=lambda e: e["id"])
def test_rule_is_well_formed(entry: dict[str, Any]) -> None:
    assert entry["where"] in ("mask", "left", "right", "quote", "bare_scale")
    units = set(entry.get("units", ()))
    known = set(UNITS) | {
        u for e in UNITS.values() for u in (*e["units"], *e.get("arabic", ()))
    }
    # 步 (分三步) is named although it is no measure word of the lexicon; per is 吨/日.
    assert units <= known | {"层", "楼", "步", "per"}, units - known
    if entry["where"] == "left":
        assert entry["pattern"].endswith("$")


def test_rule_ids_are_unique() -> None:
    ids = [entry["id"] for entry in RULES]
    assert len(ids) == len(set(ids))


CLARITY = load_toml("clarity.toml")
PATTERNS = [
    (kind, index, entry)
    for kind, entries in CLARITY.items()
    if isinstance(entries, list)
    for index, entry in enumerate(entries)
]
WORD_GROUPS = [kind for kind, entry in CLARITY.items() if isinstance(entry, dict)]


@pytest.mark.parametrize(
    ("kind", "index", "entry"), PATTERNS, ids=[f"{k}-{e['id']}" for k, _, e in PATTERNS]
)
def test_clarity_pattern(kind: str, index: int, entry: dict[str, Any]) -> None:
    pattern, unless = rule_of(load_toml("clarity.toml")[kind][index])

    def holds(text: str) -> bool:
        folded = fold(text)
        return bool(pattern.search(folded)) and not (unless and unless.search(folded))

    assert holds(entry["example"])
    assert not holds(entry["counterexample"])
    if unless is not None:
        assert pattern.pattern != unless.pattern


def test_clarity_ids_are_unique() -> None:
    ids = [(kind, entry["id"]) for kind, _, entry in PATTERNS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", WORD_GROUPS)
def test_clarity_words(kind: str) -> None:
    words = word_group(kind)
    assert words.search(fold(CLARITY[kind]["example"]))
    assert not words.search(fold(CLARITY[kind]["counterexample"]))
    assert len(set(CLARITY[kind]["words"])) == len(CLARITY[kind]["words"])


DICTIONARY = load_lines("dictionaries/fiscal.txt")


def test_dictionary_lines() -> None:
    fields = [line.split() for line in DICTIONARY]
    assert all(len(f) == 3 and f[1].isdigit() for f in fields)
    names = [f[0] for f in fields]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("line", DICTIONARY)
def test_dictionary_word_is_one_word(line: str) -> None:
    word = line.split()[0]
    text = f"本年{word}。"
    assert word in [text[a:b] for a, b in cut_words(text)]
