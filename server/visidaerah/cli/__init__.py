"""The command `visidaerah`: its arguments, and how errors look on a terminal."""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from visidaerah import __version__
from visidaerah.errors import VisidaerahError
from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS
from visidaerah.limits import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[argparse.Namespace], int]
    _Commands = argparse._SubParsersAction["_Parser"]

PUBLIC_URL = re.compile(r"(?P<server>https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)/?")
ANSWER_FORMATS = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; errors are one sentence on standard error.

    The code is 0 where all is well, 1 for a failure, 2 for a wrong call, 130 after Ctrl-C.
    """
    _show_what_can_be_shown()
    options = _parser().parse_args(arguments)
    run: Command = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except VisidaerahError as error:
        print(f"visidaerah: {error}", file=sys.stderr)  # noqa: T201 (the terminal is this module's edge)
        return error.exit_code
    except BrokenPipeError:
        _close_output()
        return 0
    except OSError as error:
        place = error.filename or "The output"
        print(f"visidaerah: {place}: {error.strerror}.", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _show_what_can_be_shown() -> None:
    """Let a terminal of few letters show a question mark for the others, and end nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_output() -> None:
    """Point standard output nowhere, so that Python does not complain of the pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are a sentence, without all that could be said."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"visidaerah: {message}\nWhat it takes: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="visidaerah",
        description="The knowledge graph of Indonesian regional development plans.",
        epilog="Say visidaerah COMMAND --help for what a command takes.",
    )
    parser.add_argument("--version", action="version", version=f"visidaerah {__version__}")
    commands: _Commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for declare in (
        _add,
        _plans,
        _remove,
        _extract,
        _build,
        _check,
        _query,
        _questions,
        _export,
        _load,
        _serve,
    ):
        declare(commands)
    return parser


DATA_HELP = "your data folder (default: $VISIDAERAH_DATA, or ./visidaerah-data)"


def _add(commands: _Commands) -> None:
    command = commands.add_parser(
        "add",
        help="read documents into a data folder of your own",
        description="Read each plan's document (text, Markdown, HTML, PDF, DOCX, ODT, CSV), build"
        " its graph, keep both in your data folder, show what was found and check it. A changed"
        " document takes the place of the one it was; an unchanged one is passed over.",
        epilog="The exit code is 0 where all were added and are sound, 1 where one failed or breaks"
        " a rule of the graph, 2 for a wrong call or a folder that cannot be written, 130 after"
        " Ctrl-C.",
    )
    command.add_argument(
        "files", nargs="+", metavar="FILE|FOLDER|-", help="documents, or - for standard input"
    )
    command.add_argument(
        "--slug", help="the plan's name in the graph (default: of its region and first year)"
    )
    command.add_argument("--region", metavar="CODE", help="the region's code, as 33.71")
    command.add_argument("--title", help="the document's title (default: of its file)")
    command.add_argument("--url", help="where the document was found")
    command.add_argument("--retrieved", metavar="DATE", type=_date, help="when, as 2026-01-31")
    command.add_argument("--publisher", metavar="NAME", help="who published it")
    command.add_argument("--data", type=_folder, metavar="FOLDER", help=DATA_HELP)
    command.add_argument("--yes", action="store_true", help="add what states nothing, too")
    command.add_argument("--no-check", action="store_true", help="leave out the checks")
    command.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: all cores)")
    command.set_defaults(run=_later("collecting", "add"))


def _plans(commands: _Commands) -> None:
    command = commands.add_parser(
        "plans",
        help="list the plans in your data folder",
        description="List the plans in your data folder, or show again what was found in some.",
    )
    command.add_argument("slugs", nargs="*", metavar="SLUG", help="show what was found in this one")
    command.add_argument("--data", type=_folder, metavar="FOLDER", help=DATA_HELP)
    command.set_defaults(run=_later("collecting", "plans"))


def _remove(commands: _Commands) -> None:
    command = commands.add_parser(
        "remove",
        help="take plans out of your data folder",
        description="Take plans out of your data folder: document, metadata and graph. A plan that"
        " is added again gets the names of its statements back.",
    )
    command.add_argument("slugs", nargs="+", metavar="SLUG")
    command.add_argument("--forget", action="store_true", help="also the names of the statements")
    command.add_argument("--data", type=_folder, metavar="FOLDER", help=DATA_HELP)
    command.add_argument("--yes", action="store_true", help="also what you added by hand")
    command.set_defaults(run=_later("collecting", "remove"))


def _own_plans(command: argparse.ArgumentParser) -> None:
    """Declare which plans a command is about: the shipped ones, beside them the user's own."""
    command.add_argument("--data", type=_folder, metavar="FOLDER", help=DATA_HELP)
    command.add_argument("--only", action="store_true", help="leave out the shipped plans")


def _extract(commands: _Commands) -> None:
    command = commands.add_parser(
        "extract",
        help="read a plan's text and show what it states",
        description="Print what a plan's document (text, Markdown, HTML, PDF, DOCX, ODT, CSV)"
        " states, each statement with its characters.",
    )
    command.add_argument("file", metavar="FILE", help="a document, or - for standard input")
    command.add_argument("--format", choices=("json", "ttl", "trig"), default="json")
    command.add_argument("--slug", help="the name of the plan in the graph (default: the file's)")
    command.add_argument("--region", metavar="CODE", help="the region's code, if you know better")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead")
    command.set_defaults(run=_later("reading", "extract"))


def _build(commands: _Commands) -> None:
    command = commands.add_parser(
        "build",
        help="build the graphs of all documents",
        description="Build FOLDER/graph/SLUG.trig from each FOLDER/documents/SLUG/.",
    )
    command.add_argument("--data", type=Path, default=Path("data"), metavar="FOLDER")
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=_later("reading", "build"))


def _check(commands: _Commands) -> None:
    command = commands.add_parser(
        "check",
        help="check a graph: shapes, violation queries, spans, reasoner",
        description="Check the shipped graph with your own plans, or the graph in FILEs, and print"
        " a report.",
    )
    command.add_argument("files", nargs="*", type=Path, metavar="FILE")
    _own_plans(command)
    command.add_argument("--no-reasoner", action="store_true", help="leave out HermiT (Java)")
    command.set_defaults(run=_later("operating", "check"))


def _query(commands: _Commands) -> None:
    command = commands.add_parser(
        "query",
        help="answer a saved question, or a SPARQL query",
        description="Answer a saved question (see: visidaerah questions), or a SPARQL query.",
    )
    command.add_argument(
        "question",
        metavar="QUESTION|FILE|-",
        help="a saved question's name, a file with a query, or - for standard input",
    )
    command.add_argument("--param", action="append", default=[], metavar="NAME=VALUE")
    command.add_argument("--format", choices=ANSWER_FORMATS, help="default: table, or ttl")
    command.add_argument("--dataset", type=Path, metavar="FILE", help="ask this graph instead")
    _own_plans(command)
    command.set_defaults(run=_later("asking", "query"))


def _questions(commands: _Commands) -> None:
    command = commands.add_parser(
        "questions",
        help="list the saved questions",
        description="List the saved questions with their parameters, in Indonesian and English.",
    )
    command.set_defaults(run=_later("asking", "questions"))


def _export(commands: _Commands) -> None:
    command = commands.add_parser(
        "export",
        help="write the graph, or one plan, to a file",
        description="Write the whole graph, or what it says of one plan.",
    )
    command.add_argument("--plan", metavar="SLUG", help="only this plan, e.g. kota-metro")
    command.add_argument(
        "--format", choices=tuple(GRAPH_FORMATS), help="default: the file's, or ttl"
    )
    command.add_argument("--dataset", type=Path, metavar="FILE", help="export from this graph")
    _own_plans(command)
    command.add_argument("-o", "--output", type=Path, metavar="FILE")
    command.set_defaults(run=_later("asking", "export"))


def _load(commands: _Commands) -> None:
    command = commands.add_parser(
        "load",
        help="load files of any size into a folder that is served at once",
        description="Load Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD files (also .gz),"
        " and those below folders, into a folder on disk: whole, or not at all. Millions of"
        " statements need no memory then: visidaerah serve --dataset FOLDER.",
    )
    command.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="file or folder")
    command.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where to")
    command.add_argument("--force", action="store_true", help="replace the release that is there")
    command.set_defaults(run=_later("operating", "load"))


def _serve(commands: _Commands) -> None:
    command = commands.add_parser(
        "serve",
        help="serve pages, linked data and SPARQL",
        description="Serve pages, linked data and a SPARQL endpoint until Ctrl-C.",
        epilog=f"limits and their defaults (k, M and G stand for 1024 and its powers):\n{table()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=8000)
    command.add_argument(
        "--dataset",
        type=Path,
        metavar="FILE|FOLDER",
        help="serve this Turtle, TriG, N-Quads, … file, all files of a folder, or what visidaerah"
        " load made, instead of the shipped graph",
    )
    _own_plans(command)
    _in_public(command)
    command.set_defaults(run=_later("operating", "serve"))


def _in_public(command: argparse.ArgumentParser) -> None:
    """Declare the options of a server that others reach; OPERATING.md tells of them."""
    command.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what anyone may take, as seconds=60 or memory=2G; again for each (see below)",
    )
    command.add_argument(
        "--spool",
        type=Path,
        metavar="FOLDER",
        help="where long answers wait for their readers (default: the system's temporary folder)",
    )
    command.add_argument(
        "--public-url",
        type=_public_url,
        metavar="URL",
        help="where people reach the server: https://example.org (default: as each request says)",
    )
    command.add_argument(
        "--trusted-proxies",
        type=_proxies,
        default=0,
        metavar="N",
        help="how many proxies in front are believed in X-Forwarded-… (default: 0)",
    )
    command.add_argument(
        "--log-file",
        type=Path,
        metavar="FILE",
        help="write a line about each request and query there (default: to standard error)",
    )
    command.add_argument(
        "--log-format",
        choices=("json", "text"),
        help="how these lines look (default: text on a terminal, else json)",
    )


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty name is no folder. Write . for this one.")
    return Path(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port. Give a number from 1 to 65535.")
    return int(text)


def _public_url(text: str) -> str:
    address = PUBLIC_URL.fullmatch(text)
    if not address:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address of a server. Write it as https://example.org, without a path."
        )
    return address["server"]


def _proxies(text: str) -> int:
    if not text.isdecimal() or int(text) > 16:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of proxies from 0 to 16.")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 to 256.")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date. Write it as 2026-01-31.") from None


def _later(module: str, function: str) -> Command:
    """Return a command that is imported when it runs, so that --help answers at once."""

    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"visidaerah.cli.{module}"), function)
        return command(options)

    return run
