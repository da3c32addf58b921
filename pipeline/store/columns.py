"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


def path_text() -> TypeEngine[str]:
    """Text that sorts by code point on every database, whatever its locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")


class _SqliteNumeric(UserDefinedType[Any]):
    """SQLite's NUMERIC affinity; SQLAlchemy's own type would pass a float."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "NUMERIC"


class ExactNumber(TypeDecorator[Decimal]):
    """A number to calculate with in SQL: NUMERIC without limits.

    PostgreSQL keeps it exactly. SQLite keeps integers of 64 bits and decimals of
    15 significant digits exactly and rounds beyond; the exact printed digits stand
    beside it in a text column (``value_text``).
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC on every database, by its own route on SQLite."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_SqliteNumeric())
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | str | None, dialect: Dialect) -> Any:
        """A string for SQLite (its affinity makes the number), else as it is."""
        if isinstance(value, Decimal) and dialect.name == "sqlite":
            return format(value, "f")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The shortest decimal that prints the stored number."""
        return None if value is None else Decimal(str(value))
