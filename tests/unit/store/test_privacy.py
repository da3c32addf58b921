"""Masks: what is starred out, what must stay."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.store.privacy import mask, mask_record
from tests.unit.store.builders import GOAL, quantity, record, statement

# Text and the part of it that is starred out.
PERSONAL = [
    ("联系人：赵六 13912340000，周一在岗", "13912340000"),
    ("手机139-1234-0000", "139-1234-0000"),
    ("139 1234 0000", "139 1234 0000"),
    ("+86 13912340000", "+86 13912340000"),
    ("手机１３９１２３４００００", "１３９１２３４００００"),
    ("电话：0571-80001234转", "0571-80001234"),
    ("（0571）8000123", "（0571）8000123"),
    ("联系电话\t80001234", "80001234"),
    ("电话：80001234、80005678。", "80001234、80005678"),
    ("身份证号330102199001010014", "330102199001010014"),
    ("33010219900101002X，男", "33010219900101002X"),
    ("身份证330102900101001", "330102900101001"),
    ("邮箱 zhao.liu@example.gov.cn。", "zhao.liu@example.gov.cn"),
]
PUBLIC = [
    "某财〔2023〕10号",
    "拨打12345政务服务热线",
    "热线95598、电话12345",
    "400-800-1234",
    "发放补贴13912340000元",
    "发放补贴 13912340000 元",
    "金额13,912,340,000元",
    "项目编码：13912340000",
    "统一编号330102199001010014555",
    "电话回访20000000次",
    "电话回访80001234次",
    "2022-2023年",
    "GB 0571-2023",
    "1.13912340000",
    "A13912340000B",
    "330102199913010014",  # 13月
    "满意度≥95%",
    "@所有人",
]


@pytest.mark.parametrize(("text", "secret"), PERSONAL, ids=[t for t, _ in PERSONAL])
def test_personal_numbers_are_starred_out(text: str, secret: str) -> None:
    assert mask(text) == text.replace(secret, "*" * len(secret))


@pytest.mark.parametrize("text", PUBLIC, ids=PUBLIC)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_masking_twice_changes_nothing() -> None:
    once = mask("电话：80001234，手机13912340000")
    assert mask(once) == once


def test_long_text_is_masked_in_linear_time() -> None:
    text = "a.b" * 60_000 + "1" * 60_000 + "电话：" * 20_000
    assert mask(text) == text


def test_record_keeps_its_keys_amounts_and_slices() -> None:
    goal = GOAL + "由赵六负责（电话：80001234）公开；"
    base = record(goal=goal)
    phone = quantity(goal, "80001234", "80001234", "人")
    piece = statement(goal, "由赵六负责（电话：80001234）公开", vague=False, targets=())
    plain = replace(
        base,
        id="1391234000012345",
        targets=(*base.targets, phone),
        goal_statements=(piece,),
        total_score="13912340000",
        department="水利局13912340000",
    ).to_dict()
    masked = mask_record(plain)
    assert (masked["id"], masked["total_score"]) == ("1391234000012345", "13912340000")
    assert masked["department"] == "水利局***********"
    assert masked["targets"][3]["quote"] == "********"
    for span in [*masked["targets"], *masked["goal_statements"]]:
        assert masked["goal_text"][span["start"] : span["end"]] == span["quote"]
    evidence = masked["flags"][0]["evidence"][0]
    assert masked["goal_text"][evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "80001234" not in json.dumps(
        {k: masked[k] for k in ("goal_text", "goal_statements")}
    )


def test_record_without_personal_numbers_is_unchanged() -> None:
    plain = record().to_dict()
    assert mask_record(plain) == plain
