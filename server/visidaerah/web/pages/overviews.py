"""The routes about many plans at once: lists of them, comparisons, and tables to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import after_this_request, request
from pyoxigraph import NamedNode

from visidaerah.checks import Report
from visidaerah.web.language import PARAMETER
from visidaerah.web.pages import frame
from visidaerah.web.pages.attachments import file_reply, sheets_reply
from visidaerah.web.pages.behind import about, standing_alone
from visidaerah.web.pages.checking import NotChecked, checked
from visidaerah.web.pages.choosing import (
    PLANS,
    choosing,
    chosen,
    fitting,
    named,
    plan_keys,
    provinces,
    wish_of,
)
from visidaerah.web.pages.compare import COLUMNS, comparison, sector_counts
from visidaerah.web.pages.compare_files import comparison_sheets, picture
from visidaerah.web.pages.home import plan_entry
from visidaerah.web.pages.measures import MEASURES, figures
from visidaerah.web.pages.pairs import pair
from visidaerah.web.pages.quality import checks_of, plan_table
from visidaerah.web.pages.resource import within
from visidaerah.web.pages.sectors import IN_PLAN, concerns_in, sector_tree
from visidaerah.web.pages.tallies import COUNTED, tally
from visidaerah.web.pages.waiting import Awaited
from visidaerah.web.replies import not_found
from visidaerah.web.urls import query_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint, Response

    from visidaerah.store import Store
    from visidaerah.web.pages.choosing import PlanKey
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.tallies import Tally
    from visidaerah.web.site import Site

PLANS_PER_PAGE = 20
"""Plans that the list of plans shows at once."""


PATIENCE = 2.0
"""Seconds that a page waits for what is being counted."""


class Overviews:
    """What is known of all plans of a release, which never changes: taken once, when asked for."""

    def __init__(self, store: Store, reader_of: Callable[[Site], Reader]) -> None:
        self._reader_of = reader_of
        self.figures = Awaited(lambda: figures(store))
        self._report = Awaited(lambda: checked(store))
        self._keys: dict[str, tuple[PlanKey, ...]] = {}
        self._tallies: dict[str, Tally] = {}

    def add_routes(self, routes: Blueprint, site: Site) -> None:
        """Add the routes to those of the pages."""
        routes.add_url_rule("/plans", "plans", lambda: self.plans(site))
        routes.add_url_rule("/sectors", "sectors", lambda: self.sectors(site))
        routes.add_url_rule("/statements", "statements", lambda: self.statements(site))
        routes.add_url_rule("/quality", "quality", lambda: self.quality(site))
        routes.add_url_rule("/compare", "compare", lambda: self.compare(site))
        routes.add_url_rule("/compare.<form>", "compare_file", lambda form: self.file(site, form))

    def keys(self, reader: Reader) -> tuple[PlanKey, ...]:
        """Return all plans of the release, named in the reader's language."""
        if reader.language not in self._keys:
            self._keys[reader.language] = plan_keys(reader)
        return self._keys[reader.language]

    def tally(self, reader: Reader, counted: str = "statements") -> Tally:
        """Return how many statements or missions of each plan concern each sector."""
        if counted not in self._tallies:
            self._tallies[counted] = tally(reader.store, COUNTED[counted])
        return self._tallies[counted]

    def plans(self, site: Site) -> str:
        """List the plans that fit, a page at a time."""
        reader, wish = self._reader_of(site), wish_of(request.args)
        keys = self.keys(reader)
        found = fitting(keys, wish)
        here, pages = within(frame.page_asked("plans"), len(found), PLANS_PER_PAGE)
        shown = found[(here - 1) * PLANS_PER_PAGE : here * PLANS_PER_PAGE]
        return frame.render(
            "plans.html",
            reader,
            plans=[plan_entry(reader, key.node) for key in shown],
            wish=wish,
            found=len(found),
            total=len(keys),
            provinces=provinces(reader, keys),
            page=here,
            pages=pages,
            at_page=frame.at_page,
            query=standing_alone(PLANS),
        )

    def sectors(self, site: Site) -> str:
        """Show the sectors as a tree with counts."""
        reader = self._reader_of(site)
        return frame.render(
            "sectors.html",
            reader,
            tree=sector_tree(reader, self.tally(reader)),
            query=standing_alone(COUNTED["statements"]),
        )

    def statements(self, site: Site) -> str:
        """Show the statements of a plan that concern a sector."""
        reader = self._reader_of(site)
        plan = self._plan_asked(reader)
        sector = node_of(request.args.get("sector", ""))
        if sector is None or not reader.knows(sector):
            raise not_found(f"There is no sector {request.args.get('sector', '')!r}.")
        counted = counted_asked()
        return frame.render(
            "statements.html",
            reader,
            sector=reader.link(sector),
            found=concerns_in(reader, sector, plan, counted),
            counted=counted,
            query=about(IN_PLAN[counted], {"plan": plan, "sector": sector}),
        )

    def compare(self, site: Site) -> str:
        """Show plans side by side: those that are named, else those that fit."""
        reader, wish = self._reader_of(site), wish_of(request.args)
        keys, counted = self.keys(reader), counted_asked()
        selected = [key.node for key in chosen(keys, wish)]
        page = frame.page_asked("plans")
        return frame.render(
            "compare.html",
            reader,
            choosing=choosing(reader, keys, wish, frame.page_asked("choices")),
            counted=counted,
            compared=comparison(reader, self.tally(reader, counted), selected, counted, page),
            pair=pair(reader, *selected) if len(selected) == 2 else None,
            files={form: f"/compare.{form}?{query_string()}" for form in ("csv", "xlsx", "svg")},
            at_page=frame.at_page,
        )

    def file(self, site: Site, form: str) -> Response:
        """Answer the plans side by side as a file."""
        reader, counted = self._reader_of(site), counted_asked()
        plans = [key.node for key in chosen(self.keys(reader), wish_of(request.args))]
        sectors = sector_counts(reader, self.tally(reader, counted), plans)
        if form == "svg":
            page = within(frame.page_asked("plans"), len(plans), COLUMNS)[0]
            drawn = frame.render(
                "compare.svg", reader, picture=picture(reader, sectors, plans, page)
            )
            return file_reply(drawn, "image/svg+xml", "compare.svg")
        return sheets_reply(comparison_sheets(reader, sectors, plans, form), "compare", form)

    def quality(self, site: Site) -> str:
        """Show what of the release is complete, what each plan lacks, and which rules it breaks."""
        reader = self._reader_of(site)
        keys = self.keys(reader)
        measured = self.figures.value(PATIENCE) if keys else None
        report = self._report.value(0) if measured else None
        page = frame.page_asked("plans")
        if keys and report is None:
            after_this_request(frame.not_kept)
        return frame.render(
            "quality.html",
            reader,
            total=len(keys),
            figures=measured,
            table=plan_table(reader, keys, measured, page) if measured else None,
            names={one.name: reader.t(f"quality.{one.name}") for one in MEASURES},
            pending=report is None,
            unchecked=report.reason if isinstance(report, NotChecked) else None,
            checks=checks_of(reader, report) if isinstance(report, Report) else (),
            run=query_path,
            at_page=frame.at_page,
        )

    def _plan_asked(self, reader: Reader) -> NamedNode:
        name = request.args.get("plan", "")
        return named(self.keys(reader), [name])[0].node


def counted_asked() -> str:
    """Return what an address asks to count; statements where it does not say or is not known."""
    asked = request.args.get("count", "")
    return asked if asked in COUNTED else next(iter(COUNTED))


def query_string() -> str:
    """Return the parameters of this address but the language, for the address of a file."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]
    return urlencode([*kept, (PARAMETER, frame.language_of_request())])


def node_of(iri: str) -> NamedNode | None:
    """Return the node of an IRI, None for what is none."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None
