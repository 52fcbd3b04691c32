"""The command `visidaerah`: its arguments, and how errors look on a terminal."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import __version__
from visidaerah.errors import VisidaerahError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[argparse.Namespace], int]

GRAPH_FORMATS = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")
ANSWER_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf", "trig", "nq")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; errors are one sentence on standard error.

    The code is 0 where all is well, 1 for a failure, 2 for a wrong call, 130 after Ctrl-C.
    """
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
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _close_output() -> None:
    """Point standard output nowhere, so that Python does not complain of the pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visidaerah",
        description="The knowledge graph of Indonesian regional development plans.",
        epilog="Say visidaerah COMMAND --help for what a command takes.",
    )
    parser.add_argument("--version", action="version", version=f"visidaerah {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for declare in (_extract, _build, _check, _query, _questions, _export, _serve):
        declare(commands)
    return parser


def _extract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "extract",
        help="read a plan's text and show what it states",
        description="Print what a plan's text (UTF-8) states, each statement with its characters.",
    )
    command.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    command.add_argument("--format", choices=("json", "ttl", "trig"), default="json")
    command.add_argument("--slug", help="the name of the plan in the graph (default: the file's)")
    command.add_argument("--region", metavar="CODE", help="the region's code, if you know better")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here instead")
    command.set_defaults(run=_later("reading", "extract"))


def _build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "build",
        help="build the graphs of all documents",
        description="Build FOLDER/graph/SLUG.trig from each FOLDER/documents/SLUG/.",
    )
    command.add_argument("--data", type=Path, default=Path("data"), metavar="FOLDER")
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.set_defaults(run=_later("reading", "build"))


def _check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "check",
        help="check a graph: shapes, violation queries, spans, reasoner",
        description="Check the shipped graph, or the graph in FILEs, and print a report.",
    )
    command.add_argument("files", nargs="*", type=Path, metavar="FILE")
    command.add_argument("--no-reasoner", action="store_true", help="leave out HermiT (Java)")
    command.set_defaults(run=_later("operating", "check"))


def _query(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    command.set_defaults(run=_later("asking", "query"))


def _questions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "questions",
        help="list the saved questions",
        description="List the saved questions with their parameters, in Indonesian and English.",
    )
    command.set_defaults(run=_later("asking", "questions"))


def _export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "export",
        help="write the graph, or one plan, to a file",
        description="Write the whole graph, or what it says of one plan.",
    )
    command.add_argument("--plan", metavar="SLUG", help="only this plan, e.g. kota-metro")
    command.add_argument("--format", choices=GRAPH_FORMATS, help="default: the file's, or ttl")
    command.add_argument("--dataset", type=Path, metavar="FILE", help="export from this graph")
    command.add_argument("-o", "--output", type=Path, metavar="FILE")
    command.set_defaults(run=_later("asking", "export"))


def _serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "serve",
        help="serve pages, linked data and SPARQL",
        description="Serve pages, linked data and a SPARQL endpoint until Ctrl-C.",
    )
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=8000)
    command.add_argument(
        "--dataset",
        type=Path,
        metavar="FILE",
        help="serve this Turtle, TriG, N-Quads, … file instead of the shipped graph",
    )
    command.set_defaults(run=_later("operating", "serve"))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port. Give a number from 1 to 65535.")
    return int(text)


def _later(module: str, function: str) -> Command:
    """Return a command that is imported when it runs, so that --help answers at once."""

    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"visidaerah.cli.{module}"), function)
        return command(options)

    return run
