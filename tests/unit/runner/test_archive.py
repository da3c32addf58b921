"""The archive pass: what only several forms show, whatever their order."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

import pipeline
from pipeline.core.record import Source
from pipeline.flagging.suppress import Suppression
from pipeline.runner.archive import raise_archive_flags
from pipeline.store import open_store
from pipeline.store.rows import DocumentResult

GOAL = (
    "养护干支渠道36公里，清理渠道淤积4处。"
    "建立渠道巡护台账并每月通报巡护结果，组织群众监督员培训2期。"
)
NEW_NUMBERS = GOAL.replace("36", "40").replace("4处", "6处").replace("2期", "3期")
REUSE, BELOW = "goal_boilerplate_reuse", "target_below_history"


def row(target: str, actual: str, name: str = "渠道养护里程") -> dict[str, str]:
    return {
        **{"level1": "产出指标", "level2": "数量指标", "name": name},
        **{"target_text": target, "actual_text": actual},
    }


def form(number, year, unit, project, goal=GOAL, rows=()):
    record = pipeline.analyze(
        goal_text=goal, outcome_text="已开展。", indicators=list(rows)
    )
    sha = f"{number:064x}"
    return replace(
        record,
        id=sha[-16:],
        source=Source(f"{number}.txt", sha, "text/plain", 0, (1,), "text"),
        year=year,
        unit=unit,
        project_name=project,
        provenance={},
    )


def save(store, record):
    source = record.source
    store.save(
        DocumentResult(
            path=source.path,
            sha256=source.sha256,
            media_type="text/plain",
            status="ok",
            records=(record,),
            run_key="k",
        )
    )


def found(store, code):
    return {
        record["source"]["path"]: [
            (f["severity"], f["message"]) for f in record["flags"] if f["code"] == code
        ]
        for record in store.forms()
        if any(f["code"] == code for f in record["flags"])
    }


def run(store, *records, suppress=()):
    for record in records:
        save(store, record)
    return raise_archive_flags(store, suppress=suppress)


@pytest.mark.parametrize(
    ("other", "flagged"),
    [
        # Another project of the same year: nobody knows who wrote first.
        (
            (2023, "西湖管理所", "湖区保洁", GOAL),
            {"1.txt": "medium", "2.txt": "medium"},
        ),
        # Only the later one can be the copy.
        ((2022, "西湖管理所", "湖区保洁", GOAL), {"1.txt": "medium"}),
        ((2024, "西湖管理所", "湖区保洁", GOAL), {"2.txt": "medium"}),
        # One programme in several units, one project over the years: low.
        ((2022, "西湖管理所", "渠道养护", GOAL), {"1.txt": "low"}),
        ((2022, "东河水利站", "2022年渠道养护", GOAL), {"1.txt": "low"}),
        # New numbers, a corrected copy, other words, unknown year or project: nothing.
        ((2022, "西湖管理所", "湖区保洁", NEW_NUMBERS), {}),
        ((2023, "东河水利站", "渠道养护", GOAL), {}),
        (
            (
                2022,
                "西湖管理所",
                "湖区保洁",
                "完成湖区保洁并建立巡湖台账，组织培训4期。",
            ),
            {},
        ),
        ((None, "西湖管理所", "湖区保洁", GOAL), {}),
        ((2022, "西湖管理所", None, GOAL), {}),
    ],
)
def test_reused_goals(store, other, flagged) -> None:
    year, unit, project, goal = other
    run(
        store,
        form(1, 2023, "东河水利站", "渠道养护"),
        form(2, year, unit, project, goal),
    )
    told = {path: flags[0][0] for path, flags in found(store, REUSE).items()}
    assert told == flagged


def test_short_goals_and_policy_prose_prove_nothing(store) -> None:
    short, policy = "举办讲座4期。", "为深入贯彻落实乡村振兴战略部署，" * 4
    for i, goal in enumerate((short, policy)):
        run(
            store,
            form(10 * i + 1, 2023, "东河水利站", "渠道养护", goal),
            form(10 * i + 2, 2023, "西湖管理所", "湖区保洁", goal),
        )
    assert found(store, REUSE) == {}


@pytest.mark.parametrize(
    ("target", "before", "severity"),
    [
        ("20公里", "36公里", "medium"),
        ("≥30公里", "36公里", "low"),
        ("34公里", "36公里", None),
        ("40公里", "36公里", None),
        ("不超过20公里", "36公里", None),
        ("20处", "36公里", None),
        ("90%", "97%", "low"),
        ("95%", "97%", None),
    ],
)
def test_targets_below_the_past(store, target, before, severity) -> None:
    run(
        store,
        form(1, 2023, "东河水利站", "渠道养护", NEW_NUMBERS, [row(target, "—")]),
        form(2, 2022, "东河水利站", "渠道养护", GOAL, [row("1公里", before)]),
    )
    told = found(store, BELOW)
    assert told.keys() == ({"1.txt"} if severity else set())
    if severity:
        ((weight, message),) = told["1.txt"]
        assert weight == severity
        assert "2022年" in message and before in message


@pytest.mark.parametrize(
    ("year", "unit", "project"),
    [
        (2019, "东河水利站", "渠道养护"),
        (2024, "东河水利站", "渠道养护"),
        (2022, "西湖管理所", "渠道养护"),
        (2022, "东河水利站", "湖区保洁"),
        (None, "东河水利站", "渠道养护"),
    ],
)
def test_only_the_same_project_of_late_years_counts(store, year, unit, project) -> None:
    run(
        store,
        form(1, 2023, "东河水利站", "渠道养护", NEW_NUMBERS, [row("20公里", "—")]),
        form(2, year, unit, project, GOAL, [row("1公里", "36公里")]),
    )
    assert "1.txt" not in found(store, BELOW)


def test_where_less_is_better_lower_is_no_weakness(store) -> None:
    cost = "单位养护成本"
    run(
        store,
        form(1, 2023, "东河水利站", "渠道养护", GOAL, [row("20万元", "—", cost)]),
        form(2, 2022, "东河水利站", "渠道养护", GOAL, [row("1万元", "36万元", cost)]),
    )
    assert found(store, BELOW) == {}


def test_the_order_of_the_documents_does_not_matter(tmp_path) -> None:
    forms = [
        form(1, 2023, "东河水利站", "渠道养护", GOAL, [row("20公里", "—")]),
        form(2, 2022, "东河水利站", "渠道养护", GOAL, [row("30公里", "36公里")]),
        form(3, 2023, "西湖管理所", "湖区保洁"),
    ]
    seen = set()
    for number, order in enumerate(itertools.permutations(forms)):
        with open_store(f"sqlite:///{tmp_path / str(number)}.sqlite") as store:
            for record in order:
                # After each document, as runs over a growing archive would.
                run(store, record)
            seen.add(repr(list(store.forms())))
    assert len(seen) == 1
    assert REUSE in next(iter(seen)) and BELOW in next(iter(seen))


def test_a_second_pass_changes_and_counts_nothing(store) -> None:
    pair = (
        form(1, 2023, "东河水利站", "渠道养护"),
        form(2, 2023, "西湖管理所", "湖区保洁"),
    )
    assert run(store, *pair) == {"medium": 2}
    before = list(store.forms())
    assert raise_archive_flags(store) == {}
    assert list(store.forms()) == before


def test_what_no_longer_stands_is_taken_back(store) -> None:
    first = form(1, 2023, "东河水利站", "渠道养护")
    run(store, first, form(2, 2023, "西湖管理所", "湖区保洁"))
    run(store, form(2, 2023, "西湖管理所", "湖区保洁", NEW_NUMBERS))
    assert found(store, REUSE) == {}


def test_suppressed_flags_stay_away(store) -> None:
    pair = (
        form(1, 2023, "东河水利站", "渠道养护"),
        form(2, 2023, "西湖管理所", "湖区保洁"),
    )
    run(store, *pair, suppress=(Suppression(code=REUSE, unit="东河水利站"),))
    assert found(store, REUSE).keys() == {"2.txt"}


def test_the_tables_agree_with_the_record(store) -> None:
    import sqlalchemy as sa

    run(
        store,
        form(1, 2023, "东河水利站", "渠道养护"),
        form(2, 2023, "西湖管理所", "湖区保洁"),
    )
    with store.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT form_id, seq, code FROM flags ORDER BY form_id, seq")
        ).all()
    told = [
        (str(record["id"]), seq, flag["code"])
        for record in store.forms()
        for seq, flag in enumerate(record["flags"])
    ]
    assert [tuple(r) for r in rows] == sorted(told)


def test_a_form_by_itself_has_none() -> None:
    record = pipeline.analyze(goal_text=GOAL, outcome_text="已开展。")
    assert not {REUSE, BELOW} & {f.code for f in record.flags}


@pytest.mark.parametrize(
    ("earlier", "later", "same"),
    [
        ("2022年渠道养护", "2023年度渠道养护", True),
        ("渠道养护2022", "渠道养护（2023）", True),
        ("渠道养护（2021—2022年）", "渠道养护（2022—2023年）", True),
        # Numbers of projects are no years, whatever stands in them.
        ("渠道养护第12026号", "渠道养护第12053号", False),
        ("渠道养护20220017", "渠道养护20230017", False),
    ],
)
def test_projects_are_the_same_but_for_the_year_in_their_names(
    store, earlier, later, same
):
    run(
        store,
        form(1, 2022, "东河水利站", earlier, rows=[row("≥90公里", "95公里")]),
        form(2, 2023, "东河水利站", later, rows=[row("≥40公里", "42公里")]),
    )
    assert (found(store, BELOW).keys() == {"2.txt"}) is same
