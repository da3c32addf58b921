"""Typer's groups and commands with our help pages and our sentences."""

from __future__ import annotations

import typer
from typer.core import TyperCommand, TyperGroup

from pipeline.cli.context import Session
from pipeline.cli.helptexts import help_page
from pipeline.errors import UsageError


class Command(TyperCommand):
    """A command with our help page."""

    def format_help(self, ctx, formatter):  # type: ignore[no-untyped-def]
        """Write the help page."""
        formatter.write(help_page(self, ctx, session_of(ctx).chosen.lang))


class Commands(TyperGroup):
    """A group that says in the user's language which commands there are."""

    def format_help(self, ctx, formatter):  # type: ignore[no-untyped-def]
        """Write the help page."""
        formatter.write(help_page(self, ctx, session_of(ctx).chosen.lang))

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        """Find the command; raises UsageError naming those that exist."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise UsageError("usage_no_such_command", name=args[0], known=known)
        return super().resolve_command(ctx, args)


def session_of(context: typer.Context) -> Session:
    """What travels with the command line (``entry`` puts it there)."""
    session = context.obj
    assert isinstance(session, Session)
    return session


def need_command(context: typer.Context) -> None:
    """Raise UsageError, below the help page, where a group is called alone."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        known = ", ".join(getattr(context.command, "commands", ()))
        raise UsageError("usage_missing_command", known=known)
