"""The first schema: tables, indexes, views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.store.columns import ExactNumber

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Booleans are tested by NOT, and strings joined nowhere, so that one text serves
# SQLite and PostgreSQL.
VIEWS = {
    "v_unmatched_targets": """
        SELECT f.path, f.form_index, f.id AS form_id, f.year, f.project_name,
               f.department, f.unit AS implementing_unit, q.seq AS target, q.quote,
               q.subject, q.comparator, q.value, q.value_high, q.unit, q.per,
               l.verdict, l.explanation, f.goal_page AS page
        FROM quantities q
        JOIN forms f ON f.id = q.form_id
        LEFT JOIN links l ON l.form_id = q.form_id AND l.target = q.seq
        WHERE q.role = 'target' AND NOT q.matched
    """,
    "v_shortfalls": """
        SELECT f.path, f.form_index, f.id AS form_id, f.year, f.project_name,
               f.department, f.unit AS implementing_unit, 'goal' AS origin,
               l.target AS seq, q.subject, q.quote AS target_text,
               l.outcome_quotes AS actual_text, l.confidence, l.explanation,
               f.goal_page AS page
        FROM links l
        JOIN forms f ON f.id = l.form_id
        JOIN quantities q ON q.form_id = l.form_id AND q.role = 'target'
                         AND q.seq = l.target
        WHERE l.verdict = 'shortfall'
        UNION ALL
        SELECT f.path, f.form_index, f.id, f.year, f.project_name, f.department,
               f.unit, 'indicator', i.seq, i.name, i.target_text, i.actual_text,
               NULL, i.deviation, i.page
        FROM indicators i
        JOIN forms f ON f.id = i.form_id
        WHERE i.status = 'shortfall'
    """,
    "v_vague_goals": """
        SELECT f.path, f.form_index, f.id AS form_id, f.year, f.project_name,
               f.department, f.unit AS implementing_unit, s.seq AS statement,
               s.kind, s.quote, s.clarity, s.has_outcome, f.goal_page AS page
        FROM goal_statements s
        JOIN forms f ON f.id = s.form_id
        WHERE s.vague
    """,
}


def upgrade() -> None:
    """Make everything."""
    _tables()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def _tables() -> None:
    op.create_table(
        "documents",
        sa.Column(
            "path",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("run_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("path", name="pk_documents"),
    )
    op.create_index("ix_documents_sha256", "documents", ["sha256"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("form_index", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=30), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("start_pos", sa.Integer(), nullable=True),
        sa.Column("end_pos", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("decision", sa.String(length=30), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_form_id", "reviews", ["form_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("run_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(length=40), nullable=False),
        sa.Column("finished_at", sa.String(length=40), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "forms",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column(
            "path",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("form_index", sa.Integer(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("project_name", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("currency_unit", sa.Text(), nullable=True),
        sa.Column("goal_text", sa.Text(), nullable=True),
        sa.Column("goal_page", sa.Integer(), nullable=True),
        sa.Column("outcome_text", sa.Text(), nullable=True),
        sa.Column("outcome_page", sa.Integer(), nullable=True),
        sa.Column("total_score", sa.Text(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=True),
        sa.Column("ocr_confidence", sa.Float(), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("config", sa.String(length=64), nullable=False),
        sa.Column("ocr", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["path"], ["documents.path"], name="fk_forms_documents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_forms"),
        sa.UniqueConstraint("path", "form_index", name="uq_forms_path_index"),
    )
    op.create_table(
        "flags",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_flags_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", "seq", name="pk_flags"),
    )
    op.create_index("ix_flags_code", "flags", ["code"], unique=False)
    op.create_table(
        "funds",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("initial_budget", sa.Text(), nullable=True),
        sa.Column("full_budget", sa.Text(), nullable=True),
        sa.Column("executed", sa.Text(), nullable=True),
        sa.Column("weight", sa.Text(), nullable=True),
        sa.Column("execution_rate", sa.Text(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_funds_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", "seq", name="pk_funds"),
    )
    op.create_table(
        "goal_statements",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_pos", sa.Integer(), nullable=False),
        sa.Column("end_pos", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("quantified", sa.Boolean(), nullable=False),
        sa.Column("vague", sa.Boolean(), nullable=False),
        sa.Column("has_outcome", sa.Boolean(), nullable=True),
        sa.Column("clarity", sa.Integer(), nullable=False),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("cues", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"],
            ["forms.id"],
            name="fk_goal_statements_forms",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("form_id", "seq", name="pk_goal_statements"),
    )
    op.create_table(
        "indicators",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("level1", sa.Text(), nullable=True),
        sa.Column("level2", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("target_text", sa.Text(), nullable=True),
        sa.Column("actual_text", sa.Text(), nullable=True),
        sa.Column("weight", sa.Text(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("deviation", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("amended_name", sa.Text(), nullable=True),
        sa.Column("amended_target", sa.Text(), nullable=True),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_indicators_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", "seq", name="pk_indicators"),
    )
    op.create_table(
        "link_members",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_link_members_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "form_id", "target", "kind", "outcome", name="pk_link_members"
        ),
    )
    op.create_table(
        "links",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("outcome_quotes", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_links_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", "target", name="pk_links"),
    )
    op.create_table(
        "quantities",
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_pos", sa.Integer(), nullable=False),
        sa.Column("end_pos", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("comparator", sa.String(length=6), nullable=False),
        sa.Column("value", ExactNumber(), nullable=False),
        sa.Column("value_text", sa.Text(), nullable=False),
        sa.Column("value_high", ExactNumber(), nullable=True),
        sa.Column("value_high_text", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("per", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["forms.id"], name="fk_quantities_forms", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", "role", "seq", name="pk_quantities"),
    )
