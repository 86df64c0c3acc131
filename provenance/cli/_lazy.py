"""A click group that imports a command's module only when the command is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from provenance.cli._failing import Failures


class LazyGroup(click.Group):
    """Commands named in a table of name → (module under `provenance.cli`, short help)."""

    def __init__(
        self,
        *args: Any,
        commands_by_module: Mapping[str, tuple[str, str]] = {},
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._where = commands_by_module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, sorted, without importing any."""
        return sorted(self._where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None when there is no such command."""
        if cmd_name not in self._where:
            return None
        module = import_module(f"provenance.cli.{self._where[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._where[name][1]) for name in sorted(self._where)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a user can cause is told in one line, without a traceback."""
        with Failures():
            return super().invoke(ctx)
