"""Out to Label Studio and back: what people change there comes back as reviews."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.context import Chosen
from pipeline.cli.import_reviews import import_reviews
from pipeline.errors import ExitCode, NoInputError
from pipeline.store import Review, Store, export, open_store
from tests.unit.store.builders import GOAL, OUTCOME, document, record

Json = dict[str, Any]
WHEN = "2025-03-01T16:00:00.5+08:00"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / '库.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        opened.save(document())
        yield opened


def annotated(
    store: Store, folder: Path, change: Callable[[list[Json]], object] = lambda _: None
) -> list[Json]:
    """The export as Label Studio gives it back after ``change`` of its regions."""
    path = export(store, folder / "任务.json")
    tasks: list[Json] = json.loads(path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, 1):
        result = copy.deepcopy(task["predictions"][0]["result"])
        for item in result:
            item["origin"] = "prediction"
        change(result)
        task |= {
            "id": number,
            "inner_id": number,
            "annotations": [
                {
                    "id": 7,
                    "completed_by": 3,
                    "result": result,
                    "was_cancelled": False,
                    "ground_truth": False,
                    "created_at": "2025-03-01T07:00:00Z",
                    "updated_at": WHEN,
                    "lead_time": 12.5,
                }
            ],
        }
    return tasks


def take_in(tasks: object, folder: Path, url: str, reviewer: str | None = None) -> int:
    file = folder / "导出.json"
    file.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return import_reviews(file, chosen=Chosen(), db=url, reviewer=reviewer)


def decisions(store: Store) -> Counter[tuple[str, str]]:
    return Counter((r.subject, r.decision) for r in store.reviews())


def one(store: Store, subject: str, decision: str) -> Review:
    (found,) = [
        r for r in store.reviews() if (r.subject, r.decision) == (subject, decision)
    ]
    return found


def region(result: list[Json], key: str) -> Json:
    return next(item for item in result if item.get("id") == key)


UNCHANGED = {
    ("target", "accepted"): 3,
    ("outcome", "accepted"): 3,
    ("statement", "accepted"): 2,
    ("link", "accepted"): 2,
}


def test_an_untouched_round_trip_accepts_everything(
    store: Store, tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = annotated(store, tmp_path)
    assert take_in(tasks, tmp_path, url) == ExitCode.OK
    assert decisions(store) == UNCHANGED
    for review in store.reviews():
        text = {"goal_text": GOAL, "outcome_text": OUTCOME}[review.field or ""]
        assert text[review.start : review.end] == review.quote
        assert review.form_id == record().id and review.sha256 == "a" * 64
        assert review.decided_at == "2025-03-01T08:00:00.500000+00:00"
        assert (review.reviewer, review.correction) == ("label-studio:3", {})
    assert take_in(tasks, tmp_path, url) == ExitCode.OK
    assert decisions(store) == UNCHANGED
    assert "新增复核 0 条，已有 10 条" in capsys.readouterr().err


def remove(*keys: str) -> Callable[[list[Json]], None]:
    def change(result: list[Json]) -> None:
        gone = set(keys)
        result[:] = [
            item
            for item in result
            if item.get("id") not in gone
            and not gone & {item.get("from_id"), item.get("to_id")}
        ]

    return change


def test_a_deleted_region_is_rejected_with_its_link(
    store: Store, tmp_path: Path, url: str
) -> None:
    take_in(annotated(store, tmp_path, remove("t1")), tmp_path, url)
    assert one(store, "target", "rejected").quote == "8场"
    assert one(store, "link", "rejected").quote == "8场"
    assert decisions(store)["target", "accepted"] == 2


def test_a_moved_region_is_corrected(store: Store, tmp_path: Path, url: str) -> None:
    def change(result: list[Json]) -> None:
        value = region(result, "t0")["value"]
        value["start"] += 3
        value["text"] = value["text"][3:]

    take_in(annotated(store, tmp_path, change), tmp_path, url)
    review = one(store, "target", "corrected")
    assert review.quote == "不少于12公里"
    assert review.correction == {"start": 9, "end": 13, "quote": "12公里"}
    assert GOAL[9:13] == "12公里"
    # Its link is what it was.
    assert decisions(store)["link", "accepted"] == 2


def test_a_redrawn_region_with_a_new_id_is_the_same_correction(
    store: Store, tmp_path: Path, url: str
) -> None:
    def change(result: list[Json]) -> None:
        new = copy.deepcopy(region(result, "t2"))
        remove("t2")(result)
        new |= {"id": "Xq9aB", "origin": "manual"}
        new["value"] |= {"start": new["value"]["start"] - 4, "text": "改造泵站3座"}
        result.append(new)

    take_in(annotated(store, tmp_path, change), tmp_path, url)
    assert one(store, "target", "corrected").correction["quote"] == "改造泵站3座"


def test_a_label_that_was_changed(store: Store, tmp_path: Path, url: str) -> None:
    def change(result: list[Json]) -> None:
        region(result, "s1")["value"]["labels"] = ["目标陈述"]

    take_in(annotated(store, tmp_path, change), tmp_path, url)
    review = one(store, "statement", "corrected")
    assert (review.quote, review.correction) == (
        "不断提升群众用水满意度",
        {"vague": False},
    )


def test_added_regions_and_relations(store: Store, tmp_path: Path, url: str) -> None:
    def change(result: list[Json]) -> None:
        new = copy.deepcopy(region(result, "t0"))
        new["id"] = "neu"
        new["value"] |= {"start": len("【预期目标】\n"), "text": "修缮灌溉渠道"}
        new["value"]["end"] = new["value"]["start"] + 6
        result.append(new)
        # Drawn from the outcome to the target; no label chosen.
        result.append({"type": "relation", "from_id": "o2", "to_id": "t2"})

    take_in(annotated(store, tmp_path, change), tmp_path, url)
    assert one(store, "target", "added").quote == "修缮灌溉渠道"
    link = one(store, "link", "added")
    assert link.quote == "3座"
    assert link.correction["verdict"] is None
    (outcome,) = link.correction["outcomes"]  # type: ignore[misc]
    assert OUTCOME[outcome["start"] : outcome["end"]] == outcome["quote"] == "900册"


def test_another_outcome_and_another_verdict(
    store: Store, tmp_path: Path, url: str
) -> None:
    def change(result: list[Json]) -> None:
        first, second = [r for r in result if r["type"] == "relation"]
        first["labels"] = ["met"]
        second["to_id"] = "o2"

    take_in(annotated(store, tmp_path, change), tmp_path, url)
    links = [r for r in store.reviews() if r.subject == "link"]
    assert {r.quote: r.correction["verdict"] for r in links} == {
        "不少于12公里": "met",
        "8场": "shortfall",
    }


@pytest.mark.parametrize(
    ("by", "given", "reviewer"),
    [
        (3, None, "label-studio:3"),
        ({"id": 3, "email": "a@b.cn"}, None, "a@b.cn"),
        (3, "王", "王"),
        (None, None, "label-studio:None"),
    ],
)
def test_who_decided(
    store: Store, tmp_path: Path, url: str, by: object, given: str, reviewer: str
) -> None:
    tasks = annotated(store, tmp_path)
    tasks[0]["annotations"][0]["completed_by"] = by
    take_in(tasks, tmp_path, url, given)
    assert {r.reviewer for r in store.reviews()} == {reviewer}


def test_two_people_have_their_own_reviews_and_a_skipped_task_none(
    store: Store, tmp_path: Path, url: str
) -> None:
    tasks = annotated(store, tmp_path)
    second = copy.deepcopy(tasks[0]["annotations"][0]) | {"completed_by": 4}
    skipped = copy.deepcopy(second) | {"completed_by": 5, "was_cancelled": True}
    tasks[0]["annotations"] += [second, skipped]
    take_in(tasks, tmp_path, url)
    assert {r.reviewer for r in store.reviews()} == {"label-studio:3", "label-studio:4"}


@pytest.mark.parametrize("units", ["code points", "utf-16", "no quotes"])
def test_offsets_of_old_and_new_releases(tmp_path: Path, url: str, units: str) -> None:
    goal = "𠮷村：" + GOAL
    with open_store(url) as store:
        store.save(document(records=[record(goal=goal)]))

        def change(result: list[Json]) -> None:
            for item in result:
                value = item.get("value")
                if value and units == "utf-16":  # the character counts as two
                    value["start"] += 1
                    value["end"] += 1
                elif value and units == "no quotes":
                    del value["text"]

        assert take_in(annotated(store, tmp_path, change), tmp_path, url) == 0
        assert decisions(store) == UNCHANGED


def test_masked_numbers_do_not_stand_in_the_way(tmp_path: Path, url: str) -> None:
    goal = GOAL + "联系电话13912340000。"
    with open_store(url) as store:
        store.save(document(records=[record(goal=goal)]))
        tasks = annotated(store, tmp_path)
        assert "13912340000" not in tasks[0]["data"]["text"]
        assert take_in(tasks, tmp_path, url) == 0
        assert decisions(store) == UNCHANGED


def spoil(**changes: object) -> Callable[[Json], object]:
    def change(task: Json) -> None:
        task["annotations"][0] |= changes

    return change


BROKEN: dict[str, tuple[Callable[[Json], object], str]] = {
    "form": (lambda t: t["data"].update(id="f" * 16), "没有这张表"),
    "prefix": (lambda t: t["data"].update(id=t["data"]["id"][:5]), "没有这张表"),
    "text": (lambda t: t["data"].update(text=t["data"]["text"] + "x"), "不同"),
    "label": (spoil(result=[{"type": "labels", "value": {"labels": ["人名"]}}]), "人名"),
    "time": (spoil(created_at=None, updated_at=None), "没有时间"),
    "result": (spoil(result=3), "不完整"),
    "relation": (
        spoil(result=[{"type": "relation", "from_id": "a", "to_id": "b"}]),
        "两端",
    ),
    "heading": (
        spoil(
            result=[
                {
                    "type": "labels",
                    "value": {"start": 0, "end": 5, "labels": ["目标值"]},
                }
            ]
        ),
        "不在对应的文字里",
    ),
    "quote": (
        spoil(
            result=[
                {
                    "type": "labels",
                    "value": {"start": 9, "end": 12, "text": "完全不同", "labels": ["目标值"]},
                }
            ]
        ),
        "完全不同",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_task_that_does_not_fit_is_listed_and_the_others_are_kept(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    change, told = BROKEN[name]
    with open_store(url) as store:
        store.save(document(records=[record(), record(index=1)]))
        tasks = annotated(store, tmp_path)
        change(tasks[0])
        assert take_in(tasks, tmp_path, url) == ExitCode.SOME_FAILED
        err = capsys.readouterr().err
        assert "第 1 个任务" in err and told in err
        assert {r.form_id for r in store.reviews()} == {record(index=1).id}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '[{"id": 1, "text": "x", "label": []}]', "\udcff", "[" * 5000],
    ids=["empty", "cut", "none", "number", "JSON-MIN", "binary", "deep"],
)
def test_a_file_that_is_no_export(
    store: Store, tmp_path: Path, url: str, text: str
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NoInputError) as caught:
        import_reviews(file, chosen=Chosen(), db=url, reviewer=None)
    assert caught.value.code == "reviews_not_json"


def test_tasks_that_nobody_annotated(
    store: Store, tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = annotated(store, tmp_path)
    tasks[0]["annotations"] = []
    assert take_in(tasks, tmp_path, url) == ExitCode.OK
    assert "未标注 1" in capsys.readouterr().err
    assert list(store.reviews()) == []


def test_reviews_survive_a_new_reading(store: Store, tmp_path: Path, url: str) -> None:
    take_in(annotated(store, tmp_path), tmp_path, url)
    store.save(document(records=[replace(record(), project_name="新名")]))
    assert decisions(store) == UNCHANGED
