"""The group of all commands. A command's module is imported when the command is asked for."""

from __future__ import annotations

import contextlib
import errno
import importlib
import signal
import threading
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, MappingProxyType
from typing import Any

import click

from . import document
from .help_page import PageContext

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
_WORDS = "scenes.cli.words"


class Mistake(click.ClickException):
    """Wrong usage or a bad lecture, told in one message: status 2."""

    exit_code = 2


class Commands(click.Group):
    """A group whose commands are imported one by one, and which answers mistakes without a traceback."""

    context_class = PageContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        command.context_class = PageContext
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

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        words = list(args)
        try:
            ctx = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            mistake = _mistake(error) or error
            with click.Context(self, info_name=info_name) as ctx:
                document.expect(ctx, words)
                document.say_failure(error, mistake.format_message())
            raise mistake from None
        document.expect(ctx, words)
        ctx.meta[_WORDS] = words
        return ctx

    def main(self, *args: Any, **extra: Any) -> Any:
        with _sigterm_unwinds():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt as interrupt:
            told = "interrupted: what is finished stays, nothing else is left"
            document.say_failure(interrupt, told, "interrupted")
            click.echo(told, err=True)
            ctx.exit(getattr(interrupt, "exit_status", 130))
        except Exception as error:
            mistake = _mistake(error)
            if mistake is not None and mistake is not error and debugging(ctx):
                click.echo(traceback.format_exc(), err=True, nl=False)
            if not _reader_left(error):
                reason = f"{type(error).__name__}: {error}" if mistake is None else mistake.format_message()
                document.say_failure(error, reason)
            if mistake is None or mistake is error:
                raise
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


def _mistake(error: Exception) -> click.ClickException | None:
    """The message for what a user can mend; None for a fault of the program."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.ClickException):
        return error
    from gdcore.base.errors import GdError

    if isinstance(error, GdError):
        return Mistake(str(error))
    if isinstance(error, OSError) and not _reader_left(error):
        place = "" if error.filename is None else f"{error.filename}: "
        return click.ClickException(f"{place}{error.strerror or error}")  # status 1
    return None


def _no_such_option(error: click.NoSuchOption) -> click.UsageError:
    """As Click says it, but with a suggestion only where an option is near, or is called so elsewhere."""
    from scenes.lecture.source.synonyms import meant_by

    parameters = [] if error.ctx is None else error.ctx.command.params
    known = [
        name.lstrip("-")
        for parameter in parameters
        if not getattr(parameter, "hidden", False)
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    ]
    option = error.option_name
    if not option.startswith("--") and error.ctx is not None:  # Click takes the letters of -rate one by one
        typed = [word.partition("=")[0] for word in error.ctx.meta.get(_WORDS, ())]
        option = next((word for word in typed if word.startswith(option)), option)
    near = meant_by(option.lstrip("-"), known)
    guess = f" Did you mean --{near}?" if near else ""
    return click.UsageError(f"There is no option {option!r}.{guess}", error.ctx)


def _reader_left(error: Exception) -> bool:
    """Who reads standard output has gone: Click's to handle."""
    return isinstance(error, OSError) and error.errno == errno.EPIPE


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
    steepest render houses -q l     # films of a shipped lecture, small and quick
    steepest report houses          # the PDF to go with it
    steepest new mine.yaml          # a lecture of your own to start from
    """
