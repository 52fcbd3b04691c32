"""What OPERATING.md and the files beside it say is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import yaml

from plain_pages import PlainPages
from releases import OWN, release
from visidaerah import limits
from visidaerah.cli import main
from visidaerah.store import Store
from visidaerah.vocabulary import BASE
from visidaerah.web import create_app
from visidaerah.web.metrics import LaneState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parent.parent
DEPLOYED = ROOT / "deploy"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
NUMBER = re.compile(r"\b(?:visidaerah|process)_[a-z_]+\b")
PROGRAMS_OF_OTHERS = {"--now", "--name", "--read-only", "--tmpfs", "--cap-drop", "--memory",
                      "--security-opt", "--pids-limit", "--no-reasoner"}  # fmt: skip


def read(path: Path) -> str:
    content = path.read_text(encoding="utf-8")
    assert content
    return content


@pytest.fixture(scope="module")
def page() -> str:
    return read(ROOT / "OPERATING.md")


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    return capsys.readouterr().out


def test_every_option_of_serve_is_told_and_no_other(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = set(OPTION.findall(help_of("serve", capsys)))
    assert len(known) > 5
    assert known <= set(OPTION.findall(page)) | {"--help"}
    loading = set(OPTION.findall(help_of("load", capsys)))
    assert set(OPTION.findall(page)) - PROGRAMS_OF_OTHERS <= known | loading


@pytest.mark.parametrize("name", ["visidaerah.service", "Containerfile"])
def test_the_files_start_the_server_with_options_that_there_are(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = set(OPTION.findall(help_of("serve", capsys)))
    text = read(DEPLOYED / name).replace("\\\n", " ").replace('", "', " ")
    (start,) = re.findall(r"^(?:ExecStart|ENTRYPOINT).*serve(.*)$", text, re.MULTILINE)
    used = set(OPTION.findall(start))
    assert used
    assert used <= known


def test_the_image_is_made_of_what_there_is() -> None:
    copied = re.findall(r"^COPY ([^-].*) /source", read(DEPLOYED / "Containerfile"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert {"pyproject.toml", "server", "data"} <= set(names)
    assert all((ROOT / name).exists() for name in names)


def test_the_limits_are_those_of_the_program(page: str) -> None:
    (shown,) = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    assert shown == limits.table()


def numbers() -> set[str]:
    """Return the names of all numbers that a server tells."""
    lane = LaneState(name="slow", busy=1, idle=1, waiting=1, killed={"time": 1})
    app = create_app(release(OWN), renderer=PlainPages(), lanes=lambda: [lane])
    client = app.test_client()
    client.get("/sparql?query=ASK%7B%7D", buffered=True)
    text = client.get("/metrics").text
    names = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    return {name for name in names if not name.endswith("_created")}


def test_every_number_is_told_and_no_other(page: str) -> None:
    known = numbers()
    own = {name for name in known if name.startswith("visidaerah_")}
    assert len(own) > 10
    told = set(NUMBER.findall(page))
    assert own <= told
    assert told <= known


def test_alerts_watch_numbers_that_there_are() -> None:
    (group,) = yaml.safe_load(read(DEPLOYED / "alerts.yml"))["groups"]
    known = numbers()
    assert group["rules"]
    for rule in group["rules"]:
        assert rule["alert"]
        assert rule["annotations"]["summary"]
        named = {name.removesuffix("_bucket") for name in NUMBER.findall(rule["expr"])}
        assert named <= known


def test_the_files_that_are_named_are_there(page: str) -> None:
    named = set(re.findall(r"\]\((deploy/[^)]+)\)", page))
    assert named == {f"deploy/{path.name}" for path in DEPLOYED.iterdir()}


def test_the_proxies_pass_on_what_the_server_believes() -> None:
    nginx = read(DEPLOYED / "nginx.conf")
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-Id"):
        assert f"proxy_set_header {header} $" in nginx
    assert "$proxy_add_x_forwarded_for" not in nginx
    assert "X-Request-Id" in read(DEPLOYED / "Caddyfile")


# The rule file of w3id.org


def rules() -> list[tuple[re.Pattern[str], str]]:
    """Return what an address is compared with, and where it then leads."""
    text = read(DEPLOYED / "w3id.htaccess")
    found = re.findall(r"^RewriteRule (\S+) (\S+) \[R=303,L\]$", text, re.MULTILINE)
    return [(re.compile(pattern), target) for pattern, target in found]


def led(iri: str) -> str:
    """Return the path to which w3id.org sends who asks for a canonical name."""
    path = iri.removeprefix(BASE).partition("#")[0]
    for pattern, target in rules():
        match = pattern.search(path)
        if match:
            address = urlsplit(target.replace("$1", match.group(1)))
            assert address.scheme == "https"
            return address.path
    raise AssertionError(f"No rule fits {iri}")


@pytest.fixture(scope="module")
def shipped() -> Store:
    return Store.shipped()


@pytest.fixture(scope="module")
def client(shipped: Store) -> FlaskClient:
    return create_app(shipped).test_client()


def canonical_names(store: Store) -> Iterator[str]:
    for quad in store.quads():
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
                yield term.value.partition("#")[0]


def test_every_canonical_name_leads_to_an_answer(shipped: Store, client: FlaskClient) -> None:
    names = sorted(set(canonical_names(shipped)))
    assert len(names) > 500
    wrong = [
        name
        for name in names
        if client.get(led(name), headers={"Accept": "text/turtle"}).status_code not in {200, 303}
    ]
    assert wrong == []


def test_the_rules_keep_the_path_and_know_versions() -> None:
    assert led(f"{BASE}id/plan/x") == "/id/plan/x"
    assert led(f"{BASE}ontology/0.1.0") == "/ontology/0.1.0"
    assert led(f"{BASE}ontology#Pillar") == "/ontology"
    assert led(BASE) == "/"
