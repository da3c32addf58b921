"""The tables (docs/database.md). A change here needs a migration: a test compares.

Natural keys only. Texts are as printed; what a table keeps as JSON (places,
cues, dimensions) is for programs, not for WHERE clauses. Names are at most 30
characters and no reserved words, for the databases that mind.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from pipeline.store.columns import ExactNumber, path_text

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("path", path_text(), nullable=False),
    Column("sha256", String(64), index=True),
    Column("media_type", Text),
    Column("status", String(10), nullable=False),
    Column("reason", String(30)),
    Column("message", Text),
    Column("text", Text),
    Column("run_key", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("attempt_key", Text),
    PrimaryKeyConstraint("path", name="pk_documents"),
)

forms = Table(
    "forms",
    metadata,
    Column("id", String(64), nullable=False),
    Column("path", path_text(), nullable=False),
    Column("form_index", Integer, nullable=False),
    Column("document_type", Text, nullable=False),
    Column("year", Integer),
    Column("project_name", Text),
    Column("department", Text),
    Column("unit", Text),
    Column("currency_unit", Text),
    Column("goal_text", Text),
    Column("goal_page", Integer),
    Column("outcome_text", Text),
    Column("outcome_page", Integer),
    Column("total_score", Text),
    Column("rating", Text),
    Column("pages", Text, nullable=False),
    Column("read_by", Text),
    Column("ocr_confidence", Float),
    Column("schema_version", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("config", String(64), nullable=False),
    Column("ocr", Text),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("id", name="pk_forms"),
    UniqueConstraint("path", "form_index", name="uq_forms_path_index"),
    ForeignKeyConstraint(["path"], ["documents.path"], name="fk_forms_documents"),
)


def _of_form(name: str, *columns: Column[object], key: tuple[str, ...]) -> Table:
    """A table whose rows belong to a form; its key begins with the form's."""
    return Table(
        name,
        metadata,
        Column("form_id", String(64), nullable=False),
        *columns,
        PrimaryKeyConstraint("form_id", *key, name=f"pk_{name}"),
        ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name=f"fk_{name}_forms", ondelete="CASCADE"
        ),
    )


funds = _of_form(
    "funds",
    Column("seq", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("label", Text),
    Column("initial_budget", Text),
    Column("full_budget", Text),
    Column("executed", Text),
    Column("weight", Text),
    Column("execution_rate", Text),
    Column("score", Text),
    key=("seq",),
)

goal_statements = _of_form(
    "goal_statements",
    Column("seq", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start_pos", Integer, nullable=False),
    Column("end_pos", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("quantified", Boolean, nullable=False),
    Column("vague", Boolean, nullable=False),
    Column("has_outcome", Boolean),
    Column("clarity", Integer, nullable=False),
    Column("dimensions", Text, nullable=False),
    Column("cues", Text, nullable=False),
    Column("targets", Text, nullable=False),
    key=("seq",),
)

quantities = _of_form(
    "quantities",
    # target, outcome (seq is the index in the record); indicator_target,
    # indicator_actual (seq is the indicator's)
    Column("role", String(16), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start_pos", Integer, nullable=False),
    Column("end_pos", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("comparator", String(6), nullable=False),
    Column("value", ExactNumber, nullable=False),
    Column("value_text", Text, nullable=False),
    Column("value_high", ExactNumber),
    Column("value_high_text", Text),
    Column("unit", Text),
    Column("per", Text),
    Column("confidence", Float, nullable=False),
    # Whether a link reaches it; null in indicator rows, which need none.
    Column("matched", Boolean),
    key=("role", "seq"),
)

indicators = _of_form(
    "indicators",
    Column("seq", Integer, nullable=False),
    Column("row_no", Integer, nullable=False),
    Column("level1", Text),
    Column("level2", Text),
    Column("name", Text),
    Column("target_text", Text),
    Column("actual_text", Text),
    Column("weight", Text),
    Column("score", Text),
    Column("deviation", Text),
    Column("status", String(16), nullable=False),
    Column("amended_name", Text),
    Column("amended_target", Text),
    Column("targets", Text, nullable=False),
    Column("outcomes", Text, nullable=False),
    Column("page", Integer),
    key=("seq",),
)

links = _of_form(
    "links",
    Column("target", Integer, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("method", String(40), nullable=False),
    Column("confidence", Float, nullable=False),
    # The quotes of the outcomes, joined with ；, so that no view needs an
    # aggregate that each database spells differently.
    Column("outcome_quotes", Text),
    Column("explanation", Text, nullable=False),
    key=("target",),
)

link_members = _of_form(
    "link_members",
    Column("target", Integer, nullable=False),
    Column("kind", String(10), nullable=False),  # outcome, candidate
    Column("outcome", Integer, nullable=False),
    key=("target", "kind", "outcome"),
)

flags = _of_form(
    "flags",
    Column("seq", Integer, nullable=False),
    Column("code", String(60), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("basis", Text, nullable=False),
    # The first piece of evidence; all of it is in ``evidence`` (JSON).
    Column("field", Text),
    Column("quote", Text),
    Column("page", Integer),
    Column("evidence", Text, nullable=False),
    key=("seq",),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(40), nullable=False),
    Column("run_key", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("finished_at", String(40)),
    Column("exit_code", Integer),
    Column("summary", Text),
    PrimaryKeyConstraint("id", name="pk_runs"),
)

reviews = Table(
    # No foreign key: what a person decided outlives the results it was about.
    "reviews",
    metadata,
    Column("id", String(64), nullable=False),
    Column("form_id", String(64), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("form_index", Integer, nullable=False),
    Column("subject", String(30), nullable=False),
    Column("field", Text),
    Column("start_pos", Integer),
    Column("end_pos", Integer),
    Column("quote", Text),
    Column("code", String(60)),
    Column("decision", String(30), nullable=False),
    Column("correction", Text, nullable=False),
    Column("note", Text),
    Column("reviewer", Text, nullable=False),
    Column("decided_at", String(40), nullable=False),
    PrimaryKeyConstraint("id", name="pk_reviews"),
)

OF_FORM: tuple[Table, ...] = (
    funds,
    goal_statements,
    quantities,
    indicators,
    links,
    link_members,
    flags,
)
"""The tables whose rows are replaced with their form."""
