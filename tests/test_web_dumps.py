"""The release can be fetched whole, checked, and resumed."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from plain_pages import PlainPages
from releases import OWN, TWO_GRAPHS, release
from visidaerah.formats import GRAPH_FORMATS
from visidaerah.web import create_app, dumps, graphs

if TYPE_CHECKING:
    from flask.testing import FlaskClient

VERSION = release(OWN).version


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(OWN), renderer=PlainPages()).test_client()


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_dump_holds_the_release(client: FlaskClient, form: str) -> None:
    response = client.get(f"/dumps/kg-{VERSION}.{form}.gz")
    assert response.status_code == 200
    assert response.mimetype == "application/gzip"
    assert int(response.headers["Content-Length"]) == len(response.data)
    assert "immutable" in response.headers["Cache-Control"]
    assert "Content-Encoding" not in response.headers
    read = ox.parse(gzip.decompress(response.data), format=ox.RdfFormat.from_extension(form))
    quads = set(read)
    if form in {"trig", "nq"}:
        assert quads == set(release(OWN).quads())
    else:
        assert {quad.triple for quad in quads} == set(release(OWN).triples())


def test_the_same_release_gives_the_same_bytes(client: FlaskClient) -> None:
    other = create_app(release(OWN), renderer=PlainPages()).test_client()
    path = f"/dumps/kg-{VERSION}.trig.gz"
    assert client.get(path).data == other.get(path).data


def test_a_checksum_lies_beside_a_dump(client: FlaskClient) -> None:
    name = f"kg-{VERSION}.nt.gz"
    content = client.get(f"/dumps/{name}").data
    assert client.get(f"/dumps/{name}.sha256").text == f"{sha256(content).hexdigest()}  {name}\n"


@pytest.mark.parametrize("tail", ["ttl.gz", "nq.gz", "nq.gz.sha256"])
def test_latest_leads_to_this_release(client: FlaskClient, tail: str) -> None:
    response = client.get(f"/dumps/kg-latest.{tail}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"http://localhost/dumps/kg-{VERSION}.{tail}"
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_dump_comes_in_parts_if_asked(client: FlaskClient) -> None:
    path = f"/dumps/kg-{VERSION}.nt.gz"
    whole = client.get(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(path, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.data == whole.data[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    beyond = client.get(path, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_a_known_dump_is_not_sent_again(client: FlaskClient) -> None:
    path = f"/dumps/kg-{VERSION}.nt.gz"
    tag = client.get(path).headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


@pytest.mark.parametrize(
    "name",
    [
        "kg-0000.ttl.gz",
        "kg-latest.docx.gz",
        "kg-latest.ttl",
        "kg-latest.",
        f"kg-{VERSION}.ttl",
        "x",
        "..%2Fpyproject.toml",
    ],
)
def test_there_are_no_other_dumps(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dumps/{name}").status_code == 404


def test_releases_have_dumps_of_their_own() -> None:
    client = create_app(release(TWO_GRAPHS), renderer=PlainPages()).test_client()
    assert client.get(f"/dumps/kg-{VERSION}.ttl.gz").status_code == 404
    assert client.get("/dumps/kg-latest.ttl.gz", follow_redirects=True).status_code == 200


def test_a_dump_that_a_format_cannot_carry_is_not_offered() -> None:
    odd = release('<http://e/s> <http://e/p> "a\\u0001b" .')
    client = create_app(odd, renderer=PlainPages()).test_client()
    described = client.get("/dataset.nt").text
    assert f"kg-{odd.version}.ttl.gz" in described
    assert f"kg-{odd.version}.rdf.gz" not in described
    assert client.get(f"/dumps/kg-{odd.version}.rdf.gz").status_code == 406
    void = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    named = re.findall(r"dataDump> <https://w3id.org/visidaerah(/dumps/[^>]+)>", void)
    assert len(named) == len(GRAPH_FORMATS) - 1
    assert {client.get(path).status_code for path in named} == {200}


def test_a_release_that_is_too_large_is_offered_in_no_dumps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dumps, "MOST_DUMPED", 2)
    monkeypatch.setattr(graphs, "LARGEST_GRAPH", 2)
    large = release(TWO_GRAPHS)
    client = create_app(large).test_client()
    response = client.get("/dumps/kg-latest.nt.gz", follow_redirects=True)
    assert response.status_code == 404
    assert "more than 2" in response.text
    for path in ("/.well-known/void", "/dataset.ttl", "/dataset/linkset.json", "/data"):
        described = client.get(path)
        assert described.status_code == 200
        assert ".gz" not in described.text
    whole = client.get("/graphs?default")
    assert (whole.status_code, "more than 2 triples" in whole.text) == (413, True)
    assert client.get("/graphs?graph=http://example.org/g1").status_code == 200
