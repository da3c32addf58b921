"""The figures on a small corpus whose right and wrong answers are counted by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError, ExitCode, NoInputError
from pipeline.evaluation import Evaluation, evaluate
from pipeline.evaluation.corpus import corpus_files, read_corpus
from pipeline.messages import explain

GOAL = "举办讲座12场，培训学员60人，发放手册500册。不断提升服务水平；编制完成应急预案。"
DONE = "讲座举办10场，培训学员66人。应急预案已编制完成。"
ROWS = [
    {
        "level1": "产出指标",
        "name": "讲座",
        "target_text": "≥12场",
        "actual_text": "10场",
    },
    {
        "level1": "满意度指标",
        "name": "学员满意度",
        "target_text": "≥90%",
        "actual_text": "/",
    },
]


def place(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def quantity(text: str, quote: str, value: float, unit: str) -> dict[str, Any]:
    of = {"comparator": "=", "value": value, "value_high": None, "unit": unit}
    return {**place(text, quote), **of}


def statement(quote: str, *, vague: bool, has_outcome: bool) -> dict[str, Any]:
    judged = {"kind": "task", "vague": vague, "has_outcome": has_outcome}
    return {**place(GOAL, quote), **judged}


def annotated() -> dict[str, Any]:
    """One form on which the product is right in everything."""
    return {
        "id": "甲",
        "year": 2023,
        "goal_text": GOAL,
        "outcome_text": DONE,
        "indicators": ROWS,
        "gold": {
            "targets": [
                quantity(GOAL, "12场", 12, "场"),
                quantity(GOAL, "60人", 60, "人"),
                quantity(GOAL, "500册", 500, "册"),
            ],
            "outcomes": [
                quantity(DONE, "10场", 10, "场"),
                quantity(DONE, "66人", 66, "人"),
            ],
            "links": [
                {"target": 0, "outcomes": [0], "verdict": "shortfall"},
                {"target": 1, "outcomes": [1], "verdict": "exceeded"},
            ],
            "unmatched_targets": [2],
            "goal_statements": [
                statement(
                    "举办讲座12场，培训学员60人，发放手册500册",
                    vague=False,
                    has_outcome=True,
                ),
                statement("不断提升服务水平", vague=True, has_outcome=False),
                statement("编制完成应急预案", vague=False, has_outcome=True),
            ],
            "indicators": [
                {
                    "row": 0,
                    "target": {
                        **{"comparator": ">=", "value": 12, "value_high": None},
                        "unit": "场",
                    },
                    "status": "shortfall",
                },
                {
                    "row": 1,
                    "target": {
                        **{"comparator": ">=", "value": 90, "value_high": None},
                        "unit": "%",
                    },
                    "status": "unparseable",
                },
            ],
        },
    }


def written(path: Path, *entries: dict[str, Any]) -> Path:
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def figures(evaluation: Evaluation) -> dict[str, str]:
    return {name: value for _, name, value, _ in evaluation.figures()}


def support(evaluation: Evaluation) -> dict[str, int]:
    return {name: count for _, name, _, count in evaluation.figures()}


PERFECT = {
    "targets.span": "1.000",
    "targets.tuple": "1.000",
    "outcomes.span": "1.000",
    "outcomes.tuple": "1.000",
    "statement": "1.000",
    "vague": "1.000/1.000/1.000",
    "kind": "1.000",
    "link": "1.000",
    "verdict": "1.000",
    "held": "0.000",
    "unmatched": "1.000",
    "has_outcome": "1.000",
    "row_target": "1.000",
    "status": "1.000",
}


def test_everything_right(tmp_path: Path) -> None:
    evaluation = evaluate(written(tmp_path / "a.jsonl", annotated()))
    assert figures(evaluation) == PERFECT
    assert evaluation.errors == ()
    assert support(evaluation) == {
        **{"targets.span": 3, "targets.tuple": 3, "outcomes.span": 2},
        **{"outcomes.tuple": 2, "statement": 3, "vague": 1, "kind": 3, "link": 2},
        **{"verdict": 2, "held": 1, "unmatched": 1, "has_outcome": 3},
        **{"row_target": 2, "status": 2},
    }


def change_span(gold: dict[str, Any]) -> None:
    gold["targets"][0] |= place(GOAL, "讲座12场")


def change_unit(gold: dict[str, Any]) -> None:
    gold["targets"][0]["unit"] = "次"


def change_value(gold: dict[str, Any]) -> None:
    gold["outcomes"][1]["value"] = 65


def miss_target(gold: dict[str, Any]) -> None:
    """The annotation does not count 500册: what we say is one too many."""
    del gold["targets"][2]
    gold["unmatched_targets"] = []


def miss_outcome(gold: dict[str, Any]) -> None:
    """The annotation sees one more, which we missed."""
    gold["outcomes"].append(quantity(DONE, "应急预案", 1, "件"))


def change_vague(gold: dict[str, Any]) -> None:
    gold["goal_statements"][1]["vague"] = False


def miss_vague(gold: dict[str, Any]) -> None:
    gold["goal_statements"][2]["vague"] = True


def change_kind(gold: dict[str, Any]) -> None:
    gold["goal_statements"][1]["kind"] = "context"


def change_cut(gold: dict[str, Any]) -> None:
    gold["goal_statements"][2] |= place(GOAL, "完成应急预案")


def change_has_outcome(gold: dict[str, Any]) -> None:
    gold["goal_statements"][1]["has_outcome"] = True


def change_verdict(gold: dict[str, Any]) -> None:
    gold["links"][1]["verdict"] = "shortfall"


def drop_link(gold: dict[str, Any]) -> None:
    """We said exceeded, and there is no link at all."""
    del gold["links"][1]
    gold["unmatched_targets"] = [1, 2]


def add_link(gold: dict[str, Any]) -> None:
    gold["links"].append({"target": 2, "outcomes": [1], "verdict": "met"})
    gold["unmatched_targets"] = []


def widen_link(gold: dict[str, Any]) -> None:
    gold["links"][1]["outcomes"] = [0, 1]


def change_status(gold: dict[str, Any]) -> None:
    gold["indicators"][1]["status"] = "met"


def change_row_target(gold: dict[str, Any]) -> None:
    gold["indicators"][1]["target"] = None


MISTAKES: list[tuple[Any, dict[str, str], str]] = [
    # 3 said, 3 gold: 2 right
    (
        change_span,
        {"targets.span": "0.667", "link": "0.500", "verdict": "0.500"},
        "link",
    ),
    (change_unit, {"targets.tuple": "0.667"}, "targets.tuple"),
    (change_value, {"outcomes.tuple": "0.500"}, "outcomes.tuple"),
    # 3 said, 2 gold: 2 right → 4/5
    (
        miss_target,
        {"targets.span": "0.800", "targets.tuple": "0.800", "unmatched": "0.000"},
        "targets.extra",
    ),
    # 2 said, 3 gold: 2 right → 4/5
    (
        miss_outcome,
        {"outcomes.span": "0.800", "outcomes.tuple": "0.800"},
        "outcomes.missed",
    ),
    # 1 said, 0 gold
    (change_vague, {"vague": "0.000/–/0.000"}, "vague"),
    # 1 said, 2 gold: 1 right
    (miss_vague, {"vague": "1.000/0.500/0.667"}, "vague"),
    (change_kind, {"kind": "0.667"}, "kind"),
    # the third is not found; of the two left all is right
    (change_cut, {"statement": "0.667"}, "statement.missed"),
    (change_has_outcome, {"has_outcome": "0.667"}, "has_outcome"),
    (change_verdict, {"verdict": "0.500", "held": "1.000"}, "link"),
    # 2 said, 1 gold: 1 right → 2/3; unmatched 1 said, 2 gold: 1 right → 2/3
    (
        drop_link,
        {"link": "0.667", "verdict": "0.667", "held": "1.000", "unmatched": "0.667"},
        "link",
    ),
    # 2 said, 3 gold: 2 right → 4/5
    (
        add_link,
        {"link": "0.800", "verdict": "0.800", "unmatched": "0.000"},
        "link",
    ),
    (widen_link, {"link": "0.500", "verdict": "0.500"}, "link"),
    (change_status, {"status": "0.500"}, "status"),
    (change_row_target, {"row_target": "0.500"}, "row_target"),
]


@pytest.mark.parametrize(
    ("mistake", "expected", "stage"), MISTAKES, ids=lambda v: getattr(v, "__name__", "")
)
def test_one_mistake_moves_exactly_its_figures(
    tmp_path: Path, mistake: Any, expected: dict[str, str], stage: str
) -> None:
    entry = copy.deepcopy(annotated())
    mistake(entry["gold"])
    evaluation = evaluate(written(tmp_path / "a.jsonl", entry))
    assert figures(evaluation) == {**PERFECT, **expected}
    assert stage in {error.stage for error in evaluation.errors}
    assert {error.form for error in evaluation.errors} == {"甲"}
    for error in evaluation.errors:
        assert str(error).count("\t") == 3


def test_forms_of_a_split_add_up_and_splits_stand_apart(tmp_path: Path) -> None:
    wrong = annotated() | {"id": "乙"}
    change_status(wrong["gold"])
    written(tmp_path / "b.jsonl", annotated(), wrong)
    written(tmp_path / "a.jsonl", annotated())
    evaluation = evaluate(tmp_path)
    assert [(s.name, s.forms) for s in evaluation.splits] == [("a", 1), ("b", 2)]
    status = [(s, v, n) for s, name, v, n in evaluation.figures() if name == "status"]
    assert status == [("a", "1.000", 2), ("b", "0.750", 4)]
    assert [error.form for error in evaluation.errors] == ["乙"]


def test_the_table_has_a_line_per_figure_and_a_column_per_split(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", annotated())
    written(tmp_path / "b.jsonl", annotated())
    evaluation = evaluate(tmp_path)
    for lang in ("zh", "en"):
        lines = evaluation.render(lang).splitlines()
        assert lines[0].split("\t") == ["", "a (1)", "b (1)"]
        assert len(lines) == 1 + len(PERFECT) + 1  # the last: how far confidences hold
        assert all(line.count("\t") == 2 for line in lines)
    assert "匹配 F1\t1.000 (n=2)\t1.000 (n=2)" in evaluation.render("zh")
    assert "link F1\t1.000 (n=2)" in evaluation.render("en")


def test_an_empty_corpus_has_no_figures(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n  \n", encoding="utf-8")
    evaluation = evaluate(tmp_path / "a.jsonl")
    assert set(figures(evaluation).values()) == {"–", "–/–/–"}


# -- corpora that are none


def test_numbers_are_read_exactly(tmp_path: Path) -> None:
    entry = annotated()
    entry["gold"]["targets"][0]["value"] = 0.1
    (form,) = read_corpus(written(tmp_path / "a.jsonl", entry))
    assert str(form.targets[0].value[1]) == "0.1"


def without(*path: str) -> str:
    entry = annotated()
    inner: Any = entry
    for key in path[:-1]:
        inner = inner[key][0] if isinstance(inner[key], list) else inner[key]
    del inner[path[-1]]
    return json.dumps(entry, ensure_ascii=False)


def pointing(key: str, index: int) -> str:
    entry = annotated()
    entry["gold"]["links"][0][key] = index if key == "target" else [index]
    return json.dumps(entry, ensure_ascii=False)


BROKEN = {
    "没有那个目标": pointing("target", 9),
    "没有那个完成": pointing("outcomes", 9),
    "不是JSON": "{",
    "没有标准答案": without("gold"),
    "没有目标": without("gold", "targets"),
    "没有起点": without("gold", "targets", "start"),
    "没有数值": without("gold", "outcomes", "value"),
    "没有结论": without("gold", "links", "verdict"),
    "没有状态": without("gold", "indicators", "status"),
    "不是对象": "[1]",
    "是数字": "5",
    "答案是空": '{"id": 1, "gold": null}',
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    good = json.dumps(annotated(), ensure_ascii=False)
    path = tmp_path / "broken.jsonl"
    path.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as failure:
        evaluate(path)
    assert failure.value.exit_code is ExitCode.CONFIG
    for lang in ("zh", "en"):
        told = explain(failure.value, lang)
        assert "broken.jsonl" in told and "3" in told
        assert str(tmp_path) not in told


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps(annotated(), ensure_ascii=False)
    path.write_text(line, encoding="utf-8-sig")
    assert figures(evaluate(path)) == PERFECT


def test_bytes_that_are_no_text_are_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(json.dumps(annotated(), ensure_ascii=False).encode("gb18030"))
    with pytest.raises(ConfigError) as failure:
        evaluate(path)
    assert "gbk.jsonl" in explain(failure.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "不是合法的 JSON"),
        (BROKEN["没有标准答案"], "缺少“gold”"),
        (BROKEN["没有结论"], "缺少“verdict”"),
    ],
    ids=["不是JSON", "没有标准答案", "没有结论"],
)
def test_a_broken_line_is_told_what_it_lacks(
    tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError) as failure:
        evaluate(path)
    assert told in explain(failure.value)


@pytest.mark.parametrize("name", ["没有.jsonl", "空"])
def test_no_corpus_at_all(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(NoInputError) as failure:
        evaluate(tmp_path / name)
    assert failure.value.exit_code is ExitCode.NO_INPUT
    for lang in ("zh", "en"):
        assert name in explain(failure.value, lang)


def test_files_of_a_folder_come_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.txt"):
        (tmp_path / name).touch()
    assert [p.name for p in corpus_files(tmp_path)] == ["a.jsonl", "b.jsonl"]
