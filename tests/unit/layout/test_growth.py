"""What reports tell of money and points is read in linear time, whatever they say."""

from __future__ import annotations

import time

import pytest

from pipeline.core.provenance import Provenance
from pipeline.layout.lines import Slot
from pipeline.layout.outline import outline
from pipeline.layout.sentence_indicators import read_sentences
from pipeline.layout.told_funds import told_funds
from pipeline.layout.told_totals import told_totals

SIZE = 20_000
FACTOR = 4
# Below this a pause of the machine is longer than the work.
LEAST_S = 0.01
UNITS = (
    "绩效", "综合自评", "实际累计", "预算", "下达资金", "自评得9分", "自评，", "年度目标为：",
    "。年度", "目标值9，", "年初预算9万元支出9万元执行率9%", "等级为优",
)  # fmt: skip


def _seconds(unit: str, size: int) -> float:
    slot = Slot(unit * (size // len(unit)), 0, 0, Provenance(1))
    start = time.process_time()
    told_totals([slot])
    told_funds([slot])
    read_sentences(outline([slot]))
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str) -> None:
    """The best of three rounds; a first one within the bound is enough."""
    once = twice = float("inf")
    for _ in range(3):
        once = min(once, _seconds(unit, SIZE))
        twice = min(twice, _seconds(unit, 2 * SIZE))
        if twice <= FACTOR * max(once, LEAST_S):
            return
    pytest.fail(f"{SIZE} characters {once:.3f} s, {2 * SIZE} characters {twice:.3f} s")
