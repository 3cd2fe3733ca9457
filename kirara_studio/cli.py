"""The command line. Plugins add sub-commands; none is imported before it is used."""

from __future__ import annotations

import argparse
import gc
import io
import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from kirara_studio import __version__
from kirara_studio.api.commands import Command, add_verbs
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import is_file
from kirara_studio.api.jobs import Cancelled
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import PluginError, Registry, calls, load_registry
from kirara_studio.importing import import_object, import_pyside
from kirara_studio.plugin_commands import VERBS

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``kirara-studio`` and return its exit status.

    Errors that the user can do something about are one line on stderr, without a traceback;
    any other in a plugin's command is followed by a line that names the plugin.
    """
    argv = list(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows may have an encoding without Japanese; “?” is better than an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return _run(argv)
    except (UserError, PluginError) as error:
        print(f"kirara-studio: {error}", file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        print("kirara-studio: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; print nothing at exit either.
        sys.stdout = None
        return FAILED


def _run(argv: list[str]) -> int:
    folders = Folders.default()
    if "--trace-hooks" in argv:
        show_hook_calls()
    if file := _file_in(argv):
        argv = [word for word in argv if word != file]
        return _open_window(folders, _parser(None).parse_args(argv), file)
    # A window loads the plugins when it is up; a command needs to know them to be parsed.
    if not _command_name(argv) and not {"-h", "--help"} & set(argv):
        return _open_window(folders, _parser(None).parse_args(argv))
    if _command_name(argv) == "plugins":
        # Its verbs load the plugins if they need them, which a broken installation may not survive.
        options = _parser(None).parse_args(argv)
        return int(options.run(options, folders) or 0)
    trace = "--trace-hooks" in argv
    registry = load_registry(folders, safe_mode="--safe-mode" in argv, trace=trace)
    options = _parser(registry, chosen=_command_name(argv)).parse_args(argv)
    if options.command is None:
        return _open_window(folders, options)
    if options.command == "tour":
        from kirara_studio.app import run_tour

        return run_tour(folders, options.out)
    if options.command == "train":
        from kirara_studio.engine.run_folder import RunFolder
        from kirara_studio.engine.training_child import run_in_foreground

        folder = options.run_folder.absolute()
        return run_in_foreground(*RunFolder(folder).read_run(), folder, sys.stdout)
    return _run_command(registry, folders, options)


def _run_command(registry: Registry, folders: Folders, options: argparse.Namespace) -> int:
    from kirara_studio.command_context import PluginCommandContext

    plugin = registry.plugin_of(options.command, Command)
    # Asked to end, a command ends as with Ctrl+C: it leaves no half-written file.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(options.run(options, PluginCommandContext(folders, registry, plugin)) or 0)
    except (UserError, PluginError, Cancelled, BrokenPipeError):
        raise
    except Exception as error:
        traceback.print_exc()
        raise PluginError(plugin, f"failed: {one_line(error)}") from error


def _parser(registry: Registry | None, chosen: str = "") -> argparse.ArgumentParser:
    """The whole command line; only the arguments of the ``chosen`` command are imported."""
    parser = argparse.ArgumentParser(
        prog="kirara-studio",
        description="Generate and morph characters, and more: a studio whose panels are plugins. "
        "Without a command, the window opens; with a model's file instead of one, the panel that "
        "imports it.",
    )
    parser.add_argument("--version", action="version", version=f"Kirara Studio {__version__}")
    parser.add_argument(
        "--safe-mode", action="store_true", help="load only the plugins that come with the studio"
    )
    parser.add_argument(
        "--background", action="store_true", help="start in the tray, without a window"
    )
    parser.add_argument(
        "--trace-hooks",
        action="store_true",
        help="log every call of a plugin's hook: the plugin, how long it took, and its answer",
    )
    parser.add_argument("--panel", metavar="ID", default="", help="open this panel first")
    parser.add_argument(
        "--develop", metavar="DIR", type=Path,
        help="run the plugin in this source folder, and again whenever one of its files changes",
    )  # fmt: skip
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")

    tour = subparsers.add_parser(
        "tour",
        help="walk through every panel in the real window",
        description="Open the real window (without a display, into memory), let every "
        "panel do its job, and leave screenshots, the produced files and tour.json.",
    )
    tour.add_argument("--out", type=Path, default=Path("tour"), metavar="DIR")

    train = subparsers.add_parser(
        "train",
        help="go on with a training of the window, without one",
        description="Begin or resume the training that the window made in a run's folder. It "
        "prints a JSON object a line; Ctrl+C saves and stops. It may run under torchrun.",
    )
    train.add_argument("run_folder", type=Path, metavar="RUN")

    plugins = subparsers.add_parser("plugins", help="install, update and switch plugins")
    add_verbs(plugins, VERBS)

    for command in registry.commands if registry is not None else ():
        # argparse takes a percent sign for a field.
        subparser = subparsers.add_parser(command.name, help=command.help.replace("%", "%%"))
        if registry is not None and command.name == chosen:
            _configure(registry.plugin_of(command.name, Command), command, subparser)
    return parser


def _configure(plugin: str, command: Command, parser: argparse.ArgumentParser) -> None:
    try:
        import_object(command.configure)(parser)
    except Exception as error:
        raise PluginError(
            plugin, f"cannot set up its command “{command.name}”: {one_line(error)}"
        ) from error


def _command_name(argv: Sequence[str]) -> str:
    """The first word that is neither an option nor the value of one."""
    words = iter(argv)
    for word in words:
        if word in ("--panel", "--develop"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _file_in(argv: Sequence[str]) -> str:
    """The file to open, where a command could stand. No command has a full stop or a slash."""
    word = _command_name(argv)
    return word if not {".", "/", os.sep}.isdisjoint(word) else ""


def _open_window(folders: Folders, options: argparse.Namespace, file: str = "") -> int:
    gc.disable()  # imports leave no garbage; later ui/garbage.py collects it
    import_pyside()
    from kirara_studio.app import run

    if file and not is_file(file):
        raise UserError("There is no file “{path}”.", advice="Check the name.", path=file)
    return run(
        folders,
        panel=options.panel,
        background=options.background,
        safe_mode=options.safe_mode,
        trace_hooks=options.trace_hooks,
        file=str(Path(file).absolute()) if file else "",
        develop=options.develop,
    )


def show_hook_calls() -> None:
    """Print each call of a hook to stderr, besides the log."""
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)
    printing = logging.StreamHandler()
    printing.setFormatter(logging.Formatter("%(message)s"))
    calls.addHandler(printing)
    calls.setLevel(logging.INFO)


if __name__ == "__main__":
    sys.exit(main())
