"""Shortcuts of the rules give what the long way gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.flagging.catalogue import Cue
from pipeline.flagging.copying import _GRAM, _shares_gram, grams_of, shared_run
from pipeline.language.fold import fold
from pipeline.resources import load_toml

FEW = st.text(alphabet="甲乙丙1", max_size=40)
CUES = load_toml("flags.toml")["cues"]
SAID = [text for cue in CUES.values() for text in (*cue["example"], "年度目标，其中")]


@given(FEW, FEW)
@settings(deadline=None)
def test_a_shared_gram_is_always_seen(letters: str, original: str) -> None:
    grams = {letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1)}
    assert _shares_gram(letters, original) is any(g in original for g in grams)


@given(FEW, FEW, st.integers(2, 4))
@settings(deadline=None)
def test_the_longest_shared_run(text: str, other: str, size: int) -> None:
    grams = grams_of(other, size)
    runs = [
        text[a:b]
        for a in range(len(text))
        for b in range(a + size, len(text) + 1)
        if all(
            (g := text[i : i + size]) in grams and not g.isdecimal()
            for i in range(a, b - size + 1)
        )
    ]
    assert len(shared_run(text, grams, size)) == max(map(len, runs), default=0)


@given(st.sampled_from(sorted(CUES)), st.lists(st.sampled_from(SAID), max_size=3))
@settings(deadline=None)
def test_a_cue_is_found_with_and_without_looking_first(
    name: str, said: list[str]
) -> None:
    text = "，".join(said)
    cue = Cue(CUES[name]["patterns"])
    plain = cue._pattern.search(fold(text))
    found = cue.search(text)
    assert (found and found.span()) == (plain and plain.span())
    assert [m.span() for m in cue.finditer(text)] == [
        m.span() for m in cue._pattern.finditer(fold(text))
    ]
