"""The main function: run a command, report its errors, return its exit code."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import click

from epncli.cli.app import epn
from epncli.cli.screen import terminal
from epncli.errors import EpnError, ExitCode
from epncli.i18n import _, in_quotes, language
from epncli.system import signals
from epncli.system.os_errors import reason


def main(argv: list[str] | None = None) -> int:
    """Run one command, by default with the arguments of this process, and return its exit code."""
    terminal.prepare_streams()
    with signals.end_the_process():
        try:
            code = _complete() if "_EPN_COMPLETE" in os.environ else _run(argv)
            terminal.flush()
        except OSError as error:
            terminal.discard_output()  # output that could not be written must not fail again at exit
            if terminal.is_closed_pipe(error):
                return ExitCode.DONE
            terminal.report(_machine_fault(error))
            return ExitCode.UNWRITABLE
        return code


def _complete() -> int:
    """Answer the completion request of a shell."""
    from epncli.cli.completion.complete import answer

    return answer(epn())


def _run(argv: list[str] | None) -> int:
    try:
        # Not Click's own main(), which treats a closed pipe as a failure.
        with epn().make_context("epn", sys.argv[1:] if argv is None else argv) as context:
            result = context.command.invoke(context)
    except terminal.Declined as no:  # not reported as an error
        terminal.say(no.message)
        return no.exit_code
    except EpnError as error:
        terminal.report(error)
        return error.exit_code
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        _show_usage_error(error)
        return ExitCode.USAGE
    except OSError:
        raise
    except MemoryError:
        terminal.report(_no_memory())
        return ExitCode.UNWRITABLE
    except Exception as fault:
        if os.environ.get("EPN_DEBUG"):
            raise
        terminal.report(_own_fault(fault))
        return ExitCode.INTERNAL
    return int(result or ExitCode.DONE)


def _show_usage_error(error: click.ClickException) -> None:
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        terminal.say(context.get_usage())
    terminal.say(_("error: {message}").format(message=_with_own_quotes(error.format_message())))
    if context is not None:
        terminal.say(_("see ‘{command} --help’").format(command=context.command_path))


def _with_own_quotes(message: str) -> str:
    """A message of Click with the quotation marks of this language; Click always uses English ones."""
    return message if language() == "en" else re.sub(_QUOTED, lambda name: in_quotes(name[1]), message)


_QUOTED = r"(?<!\S)'([^\s']+)'(?=[\s.,?]|$)"


def _machine_fault(error: OSError) -> EpnError:
    return EpnError(
        _("the system reported an error: {reason}").format(reason=reason(error)),
        _("check the disk and the permissions"),
        path=str(error.filename or ""),
    )


def _no_memory() -> EpnError:
    return EpnError(
        _("there is not enough memory"),
        _("the registry is intact; close other programs, or raise the limit (ulimit -v), then try again"),
    )


def _own_fault(fault: Exception) -> EpnError:
    return EpnError(
        _("internal error in epn: {fault}").format(fault=f"{type(fault).__name__}: {fault}"),
        _("the registry is intact; run the command again with EPN_DEBUG=1 and report the output"),
    )
