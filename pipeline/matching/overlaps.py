"""How much of their words two sides share, told for all pairs of them at once.

Sums of weights are exact (``Idf``): the order in which a product of tables adds them up
may differ between machines and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.idf import Idf
from pipeline.matching.worded import Worded

_Table = NDArray[np.float64]
_Sets = Sequence[AbstractSet[str]]
# Less than any weight, to divide by where there is nothing to share.
_LEAST = 0.5


class Overlaps(NamedTuple):
    """The weight that phrases share, 0 to 1, of all pairs: shape (firsts, seconds).

    ``part``: of that of the lighter phrase; ``jaccard``: of that of both together;
    ``context``: of that of either phrase, shared with what stands before the other, too.
    """

    part: _Table
    jaccard: _Table
    context: _Table


def overlaps(firsts: Sequence[Worded], seconds: Sequence[Worded], idf: Idf) -> Overlaps:
    """What the phrases of all firsts share with those of all seconds."""
    weighed = _weighed([w.local for w in firsts], [w.local for w in seconds], idf)
    common, totals, others = weighed.common, weighed.totals, weighed.others
    part = context = _part(common, np.minimum(totals, others))
    # Most numbers of a list have nothing before their phrase.
    if any(words.wide is not words.local for words in chain(firsts, seconds)):
        columns = weighed.columns
        wide = _rows([w.wide & columns.keys() for w in firsts], columns)
        others_wide = _rows([w.wide & columns.keys() for w in seconds], columns)
        context = np.maximum(
            _part(_products(weighed.firsts, others_wide), totals),
            _part(_products(wide, weighed.seconds), others),
        )
    return Overlaps(part, _part(common, totals + others - common), context)


def shared_words(
    firsts: Sequence[Worded], seconds: Sequence[Worded], idf: Idf
) -> _Table:
    """Of the words of phrases what ``Overlaps.part`` is of their character pairs."""
    weighed = _weighed([w.words for w in firsts], [w.words for w in seconds], idf)
    return _part(weighed.common, np.minimum(weighed.totals, weighed.others))


class _Weighed(NamedTuple):
    """Two sides of sets as tables of weights, a column for each gram of either side.

    ``common`` is the weight that all firsts share with all seconds, ``totals`` and
    ``others`` are the whole weights of either side, to be held against one another.
    """

    columns: Mapping[str, int]
    firsts: _Table
    seconds: _Table
    common: _Table
    totals: _Table
    others: _Table


def _weighed(firsts: _Sets, seconds: _Sets, idf: Idf) -> _Weighed:
    grams = frozenset[str]().union(*firsts, *seconds)
    columns = {gram: number for number, gram in enumerate(grams)}
    weights = np.array([idf.weights[gram] for gram in grams])
    held = _rows(seconds, columns)
    mine, theirs = _rows(firsts, columns) * weights, held * weights
    totals, others = mine.sum(axis=1)[:, None], theirs.sum(axis=1)
    return _Weighed(columns, mine, theirs, _products(mine, held), totals, others)


def _rows(sets: _Sets, columns: Mapping[str, int]) -> _Table:
    """A row for each set, with 1 in the columns of what it holds."""
    table = np.zeros((len(sets), len(columns)))
    rows = np.repeat(np.arange(len(sets)), list(map(len, sets)))
    table[rows, list(map(columns.__getitem__, chain.from_iterable(sets)))] = 1
    return table


def _products(firsts: _Table, seconds: _Table) -> _Table:
    """Of all rows with all rows the sums of their products.

    Not ``@``, which starts threads for larger tables: every worker has a core of its own.
    """
    result: _Table = np.einsum("ik,jk->ij", firsts, seconds)
    return result


def _part(weight: _Table, whole: _Table) -> _Table:
    result: _Table = weight / np.maximum(whole, _LEAST)
    return result
