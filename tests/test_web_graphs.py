"""Named graphs are read as the Graph Store Protocol says, and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from plain_pages import PlainPages
from releases import OWN, TWO_GRAPHS, release
from visidaerah.formats import GRAPH_FORMATS, graph_format
from visidaerah.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

G1 = "graph=http%3A%2F%2Fexample.org%2Fg1"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(TWO_GRAPHS), renderer=PlainPages()).test_client()


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_graph_comes_in_every_format(client: FlaskClient, form: str) -> None:
    kind = graph_format(form).media_type
    response = client.get(f"/graphs?{G1}", headers={"Accept": kind})
    assert (response.status_code, response.mimetype) == (200, kind)
    assert "Accept" in response.vary
    assert b"one" in response.data
    assert b"two" not in response.data


def test_without_preference_a_graph_is_turtle(client: FlaskClient) -> None:
    response = client.get(f"/graphs?{G1}")
    assert response.mimetype == "text/turtle"
    assert len(list(ox.parse(response.data, format=ox.RdfFormat.TURTLE))) == 2


def test_the_default_graph_is_the_merge(client: FlaskClient) -> None:
    response = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert len(response.text.splitlines()) == 4


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 400),
        (f"?default&{G1}", 400),
        (f"?{G1}&{G1}", 400),
        ("?graph=", 400),
        ("?graph=not%20an%20iri", 400),
        ("?graph=http%3A%2F%2Fexample.org%2Funknown", 404),
    ],
)
def test_an_address_names_one_graph_that_exists(
    client: FlaskClient, address: str, status: int
) -> None:
    assert client.get(f"/graphs{address}").status_code == status


def test_who_names_no_graph_is_told_which_there_are(client: FlaskClient) -> None:
    assert "http://example.org/g1, http://example.org/g2" in client.get("/graphs").text


def test_there_is_no_graph_as_a_picture(client: FlaskClient) -> None:
    assert client.get(f"/graphs?{G1}", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "PROPFIND"])
def test_graphs_are_not_written(client: FlaskClient, method: str) -> None:
    headers = {"Content-Type": "text/turtle", "Origin": "https://example.org"}
    response = client.open(f"/graphs?{G1}", method=method, data=b"", headers=headers)
    assert response.status_code == 405
    assert {"GET", "HEAD"} <= {name.strip() for name in response.headers["Allow"].split(",")}
    assert client.get(f"/graphs?{G1}").status_code == 200


def test_writing_methods_are_not_shared_across_origins(client: FlaskClient) -> None:
    origin = {"Origin": "https://example.org"}
    for method in ("PUT", "POST", "DELETE"):
        response = client.open("/graphs", method=method, headers=origin)
        assert "Access-Control-Allow-Origin" not in response.headers
    preflight = client.options("/graphs", headers=origin)
    assert "POST" not in preflight.headers["Access-Control-Allow-Methods"]


def test_head_has_no_body_and_a_known_graph_is_not_sent_again(client: FlaskClient) -> None:
    head = client.head(f"/graphs?{G1}")
    assert (head.status_code, head.data) == (200, b"")
    again = client.get(f"/graphs?{G1}", headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept" in again.vary


def test_the_name_of_a_graph_leads_to_it() -> None:
    client = create_app(release(OWN), renderer=PlainPages()).test_client()
    response = client.get("/graph/document/x")
    assert response.status_code == 303
    followed = client.get("/graph/document/x", follow_redirects=True)
    assert b"Rencana X" in followed.data
    page = client.get("/graph/document/x", headers={"Accept": "text/html"})
    assert "/page?iri=" in page.headers["Location"]
    assert client.get("/graph/none").status_code == 404
