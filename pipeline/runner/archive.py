"""The archive pass: flags that rest on several forms, once all of them are stored.

What it finds depends on the stored forms alone, not on the order in which they
came; running it again changes nothing.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.core.flag import Flag
from pipeline.core.plain import to_plain
from pipeline.core.provenance import BBox, Provenance
from pipeline.core.quantity import Comparator
from pipeline.flagging.archive import (
    REACH,
    REUSED,
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
from pipeline.store.relations import Relations, relations

if TYPE_CHECKING:
    from pipeline.store import Store
    from pipeline.store.rows import Outline

Flags = Sequence[Mapping[str, Any]]

_CHUNK = 50
"""Forms that are looked at together: loaded, and written in one transaction."""

_KEPT = 500
"""Forms to compare with that are kept loaded; those of one programme come together."""


def raise_archive_flags(
    store: Store, *, suppress: tuple[Suppression, ...] = ()
) -> Mapping[str, int]:
    """Bring the archive flags of every stored form up to date.

    Returns how many came to stand that did not before, by severity. Forms that have
    nothing in common with another are not looked at again.
    """
    added: Counter[str] = Counter()
    with relations() as related:
        for outline in store.outlines():
            form = _form_of_outline(outline)
            related.add(
                outline.id,
                year=form.year,
                project=project_key(form),
                sentences=sentences(form),
            )
        related.settle(store.with_flags(RULES))
        archive = _Archive(store, related, suppress)
        ids = related.related(REACH)
        while chunk := list(islice(ids, _CHUNK)):
            changed: dict[str, Flags] = {}
            for record, found in archive.flags_of(chunk):
                if found != record["flags"]:
                    changed[str(record["id"])] = found
                    added.update(
                        f["severity"] for f in found if f not in record["flags"]
                    )
            if changed:
                store.set_flags(changed)
    return added


class _Archive:
    """The stored forms as the rules see them, loaded as they are needed."""

    def __init__(
        self, store: Store, related: Relations, suppress: tuple[Suppression, ...]
    ) -> None:
        self._store, self._related, self._suppress = store, related, suppress
        self._order = {code: e.order for code, e in load_catalogue().items()}
        self._loaded: OrderedDict[str, ArchivedForm] = OrderedDict()

    def flags_of(
        self, listed: Iterable[tuple[str, bool]]
    ) -> Iterator[tuple[Mapping[str, Any], Flags]]:
        """Records with all flags that they should have, in the catalogue's order.

        ``listed`` are ids, and whether a form has such flags now; one that has none
        and should have none is left out.
        """
        others: dict[str, tuple[list[str], list[str]]] = {}
        for form_id, flagged in listed:
            earlier = self._related.earlier(form_id, REACH)
            alike = self._related.alike(form_id, REUSED)
            if flagged or earlier or alike:
                others[form_id] = earlier, alike
        records = self._store.records(others)
        forms = {str(r["id"]): form_of_record(r) for r in records}
        self._keep(forms)
        self._load({i for earlier, _ in others.values() for i in earlier})
        outlines = self._outlines({i for _, alike in others.values() for i in alike})
        for record in records:
            earlier, alike = others[record["id"]]
            view = ArchiveView(
                earlier=tuple(self._loaded[i] for i in earlier if i in self._loaded),
                alike=tuple(outlines[i] for i in alike if i in outlines),
            )
            yield record, self._flags(record, forms[record["id"]], view)
        while len(self._loaded) > _KEPT:
            self._loaded.popitem(last=False)

    def _flags(
        self, record: Mapping[str, Any], form: ArchivedForm, view: ArchiveView
    ) -> Flags:
        raised: tuple[Flag, ...] = ()
        if view.earlier or view.alike:
            raised = drop_suppressed(
                archive_flags(form, view),
                self._suppress,
                units=(record["unit"], record["department"]),
                path=record["source"]["path"],
            )
        new = [to_plain(flag) for flag in raised]
        kept = [f for f in record["flags"] if f["code"] not in RULES]
        order, last = self._order, len(self._order)
        return sorted([*kept, *new], key=lambda f: order.get(f["code"], last))

    def _keep(self, forms: Mapping[str, ArchivedForm]) -> None:
        for form_id, form in forms.items():
            # Places are of no use in another form's evidence.
            self._loaded[form_id] = replace(form, places={})
            self._loaded.move_to_end(form_id)

    def _load(self, ids: Iterable[str]) -> None:
        missing = sorted(i for i in ids if i not in self._loaded)
        records = self._store.records(missing) if missing else []
        self._keep({str(r["id"]): form_of_record(r) for r in records})

    def _outlines(self, ids: Iterable[str]) -> dict[str, ArchivedForm]:
        """What reuse is seen by; far less than a record."""
        found = self._store.outlines_of(sorted(ids)) if ids else []
        return {outline.id: _form_of_outline(outline) for outline in found}


def _form_of_outline(outline: Outline) -> ArchivedForm:
    return ArchivedForm(outline.year, outline.project, outline.unit, outline.tasks)


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
        if name != "goal_text" and not name.endswith(".target_text"):
            continue  # no rule gives it as evidence
        box = place.get("bbox")
        yield name, Provenance(place["page"], BBox(*box) if box else None)
