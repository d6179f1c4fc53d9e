"""The group of all commands. A command's module is imported when the command is asked for."""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import signal
import threading
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, MappingProxyType
from typing import Any

import click

#: The commands in the order of the help page, each with its place ``"module:function"``.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "descend": "scenes.cli.descend:descend",
        "sweep": "scenes.cli.sweep:sweep",
        "basins": "scenes.cli.basins:basins",
        "render": "scenes.cli.render:render",
        "report": "scenes.cli.report:report",
        "batch": "scenes.cli.batch:batch",
        "preview": "scenes.cli.preview:preview",
        "check": "scenes.cli.check:check",
        "new": "scenes.cli.new:new",
        "list": "scenes.cli.listing:listing",
        "reference": "scenes.cli.reference:reference",
        "doctor": "scenes.cli.doctor:doctor",
    }
)
_DEBUG = "scenes.cli.debug"
_JSON = "scenes.cli.json"


class Mistake(click.ClickException):
    """Wrong usage or a bad lecture, told in one message: status 2."""

    exit_code = 2


class Commands(click.Group):
    """A group whose commands are imported one by one, and which answers mistakes without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from gdcore.base.nearest import nearest

            near = nearest(args[0], COMMANDS)
            guess = f" Did you mean {near!r}?" if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{guess} There are {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        with _sigterm_unwinds():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            click.echo("interrupted: what is finished stays, nothing else is left", err=True)
            ctx.exit(getattr(interrupt, "exit_status", 130))
        except click.UsageError as error:
            _say_as_json(ctx, error, error.format_message())
            raise
        except (ValueError, OSError) as error:
            mistake = _mistake(error)
            if mistake is None:
                raise
            if debugging(ctx):
                click.echo(traceback.format_exc(), err=True, nl=False)
            _say_as_json(ctx, error, mistake.format_message())
            raise mistake from error


def debugging(ctx: click.Context) -> bool:
    """Was --debug given?"""
    return bool(ctx.meta.get(_DEBUG))


def debug_option(command: Any) -> Any:
    """The option --debug, which the group and every command take."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            ctx.meta[_DEBUG] = True  # one mapping for the group and its command

    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=remember,
        help="Show the traceback of a failure.",
    )(command)


def one_document(command: Any) -> Any:
    """The option --json: standard output is one JSON document, also where the command fails."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
        if value:
            ctx.meta[_JSON] = True
        return value

    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, callback=remember, help="Print one JSON document."
    )(command)


def _say_as_json(ctx: click.Context, error: Exception, reason: str) -> None:
    """The document of a command that ends before it has one, where --json asked for it."""
    from gdcore.base.errors import GdError

    if not ctx.meta.get(_JSON):
        return
    told: dict[str, object] = {"schema": 1, "status": "failed", "reason": reason}
    if isinstance(error, GdError):
        told |= {"found": error.found, "allowed": error.allowed, "mend": error.mend}
    click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))


def _mistake(error: Exception) -> click.ClickException | None:
    """The message for what a user can mend; None for a fault of the program."""
    from gdcore.base.errors import GdError

    if isinstance(error, GdError):
        return Mistake(str(error))
    if isinstance(error, OSError) and error.errno != errno.EPIPE:  # a reader that left is click's to handle
        place = "" if error.filename is None else f"{error.filename}: "
        return click.ClickException(f"{place}{error.strerror or error}")  # status 1
    return None


@contextlib.contextmanager
def _sigterm_unwinds() -> Iterator[None]:
    """Let SIGTERM unwind like Ctrl-C does, so that every `finally` removes its temporary file."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def unwind(number: int, frame: FrameType | None) -> None:
        from scenes.production.errors import Interrupted

        raise Interrupted(number)

    before = signal.getsignal(signal.SIGTERM)
    if before is not signal.SIG_DFL:  # whoever started us has decided
        yield
        return
    signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"steepest {version('steepest')}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "STEEPEST",
        "max_content_width": 100,
    },
    epilog="Options can be set by environment variables: STEEPEST_QUALITY, STEEPEST_OUTPUT, STEEPEST_JOBS, "
    "STEEPEST_THEME, STEEPEST_PAPER and STEEPEST_TIMEOUT for all commands, STEEPEST_RENDER_FPS for one of them.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
@debug_option
def main() -> None:
    """Turn ten lines of YAML about gradient descent into films and a report.

    \b
    steepest render houses -q l     films of a shipped lecture, small and quick
    steepest report houses          the PDF to go with it
    steepest new mine.yaml          a lecture of your own to start from
    """
