"""The archive pass: flags that rest on several forms, once all of them are stored.

What it finds depends on the stored forms alone, not on the order in which they
came; running it again changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from pipeline.core.flag import Flag
from pipeline.core.plain import to_plain
from pipeline.core.provenance import BBox, Provenance
from pipeline.core.quantity import Comparator
from pipeline.flagging.archive import (
    REACH,
    RULES,
    Amount,
    ArchivedForm,
    ArchivedRow,
    ArchiveView,
    project_key,
    sentences,
)
from pipeline.flagging.catalogue import load_catalogue
from pipeline.flagging.raising import archive_flags
from pipeline.flagging.suppress import Suppression, drop_suppressed

if TYPE_CHECKING:
    from pipeline.store import Store

Key = tuple[str, str]

# A sentence of more forms is a phrase of the trade and no sign of reuse; without this
# bound the pass would grow with the square of the archive.
_MOST_COMMON = 200

# A form is compared with so many others that share its sentences.
_MOST_ALIKE = 20


@dataclass(slots=True)
class _Index:
    """Which forms belong to a project, and which share a sentence; ids only."""

    years: dict[str, int | None] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    projects: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    sentences: dict[bytes, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, form_id: str, form: ArchivedForm) -> None:
        key = project_key(form)
        if key is None:
            return
        self.years[form_id], self.keys[form_id] = form.year, key
        self.projects[key].append(form_id)
        for text in sentences(form):
            self.sentences[_digest(text)].append(form_id)

    def earlier(self, form_id: str) -> list[str]:
        """The same project up to three years back, latest first, one per year."""
        year = self.years[form_id]
        if year is None:
            return []
        found: dict[int, str] = {}
        for other in sorted(self.projects[self.keys[form_id]]):
            then = self.years[other]
            if then is not None and year - REACH <= then < year:
                found.setdefault(then, other)
        return [found[then] for then in sorted(found, reverse=True)]

    def alike(self, form_id: str, form: ArchivedForm) -> list[str]:
        """Forms that share most sentences, of earlier years or other projects.

        Not this year's forms of the same project: a corrected copy is no reuse.
        """
        shared: Counter[str] = Counter()
        for text, length in sentences(form).items():
            sharing = self.sentences.get(_digest(text), ())
            if len(sharing) > _MOST_COMMON:
                continue
            for other in sharing:
                if other != form_id and self._may_be_source(form_id, other):
                    shared[other] += length
        ranked = sorted(shared, key=lambda other: (-shared[other], other))
        return sorted(
            ranked[:_MOST_ALIKE],
            key=lambda other: (-(self.years[other] or 0), self.keys[other], other),
        )

    def _may_be_source(self, own: str, other: str) -> bool:
        mine, theirs = self.years[own], self.years[other]
        if mine is None or theirs is None:
            return False
        same = self.keys[own] == self.keys[other]
        return theirs < mine or (theirs == mine and not same)


def raise_archive_flags(
    store: Store, *, suppress: tuple[Suppression, ...] = ()
) -> Mapping[str, int]:
    """Bring the archive flags of every stored form up to date.

    Returns how many came to stand that did not before, by severity.
    """
    index = _Index()
    for record in store.forms():
        index.add(str(record["id"]), form_of_record(record))
    changes = list(_changes(store, index, suppress))
    added: Counter[str] = Counter()
    for form_id, flags, fresh in changes:
        store.set_flags(form_id, flags)
        added.update(fresh)
    return added


def _changes(
    store: Store, index: _Index, suppress: tuple[Suppression, ...]
) -> Iterator[tuple[str, list[Mapping[str, Any]], list[str]]]:
    """Forms whose flags must change: id, all flags, severities of the new ones."""
    order = {code: entry.order for code, entry in load_catalogue().items()}
    for record in store.forms():
        form_id, old = str(record["id"]), record["flags"]
        found = _found(store, index, record, suppress) if form_id in index.keys else ()
        new = [to_plain(flag) for flag in found]
        kept = [f for f in old if f["code"] not in RULES]
        flags = sorted([*kept, *new], key=lambda f: order.get(f["code"], len(order)))
        if flags != old:
            yield form_id, flags, [f["severity"] for f in new if f not in old]


def _found(
    store: Store,
    index: _Index,
    record: Mapping[str, Any],
    suppress: tuple[Suppression, ...],
) -> tuple[Flag, ...]:
    form_id, form = str(record["id"]), form_of_record(record)
    view = ArchiveView(
        earlier=_loaded(store, index.earlier(form_id)),
        alike=_loaded(store, index.alike(form_id, form)),
    )
    if not view.earlier and not view.alike:
        return ()
    return drop_suppressed(
        archive_flags(form, view),
        suppress,
        units=(record["unit"], record["department"]),
        path=record["source"]["path"],
    )


def _loaded(store: Store, ids: Sequence[str]) -> tuple[ArchivedForm, ...]:
    # Places are of no use in another form's evidence.
    return tuple(replace(form_of_record(store.form(i)), places={}) for i in ids)


def form_of_record(record: Mapping[str, Any]) -> ArchivedForm:
    """What the archive rules need of a stored record."""
    return ArchivedForm(
        year=record["year"],
        project=record["project_name"],
        unit=record["unit"] or record["department"],
        tasks=tuple(
            s["quote"] for s in record["goal_statements"] if s["kind"] == "task"
        ),
        rows=tuple(_row(row) for row in record["indicators"]),
        goal_text=record["goal_text"],
        places=dict(_places(record.get("provenance") or {})),
    )


def _row(row: Mapping[str, Any]) -> ArchivedRow:
    return ArchivedRow(
        name=row["name"] or "",
        target=_amount(row["target"]),
        actual=_amount(row["actual"]),
        target_text=row["target_text"],
    )


def _amount(quantity: Mapping[str, Any] | None) -> Amount | None:
    if quantity is None:
        return None
    return Amount(
        quote=quantity["quote"],
        comparator=Comparator(quantity["comparator"]),
        value=Decimal(str(quantity["value"])),
        unit=quantity["unit"],
        per=quantity["per"],
    )


def _places(raw: Mapping[str, Any]) -> Iterable[tuple[str, Provenance]]:
    for name, place in raw.items():
        box = place.get("bbox")
        yield name, Provenance(place["page"], BBox(*box) if box else None)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
