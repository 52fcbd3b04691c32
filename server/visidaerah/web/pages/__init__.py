"""The pages that people look at: one renderer, and the routes that only answer in HTML."""

from __future__ import annotations

import mimetypes
from functools import cache, cached_property
from typing import TYPE_CHECKING

from flask import Blueprint, Response, after_this_request, redirect, request
from pyoxigraph import NamedNode

from visidaerah import __version__, assets
from visidaerah.queries import bind, load_queries, with_values
from visidaerah.store import Store, shipped_quads
from visidaerah.vocabulary import ONTOLOGY, PREFIXES, VD
from visidaerah.web.language import LANGUAGES, messages
from visidaerah.web.pages import frame, mistake, takeaways
from visidaerah.web.pages.behind import READ_FROM, about, standing_alone
from visidaerah.web.pages.choosing import PLANS, short_name
from visidaerah.web.pages.completion import Completer
from visidaerah.web.pages.data import BY_GRAPH, FIRST_QUERY, data_page, dataset_json
from visidaerah.web.pages.diagram import diagram
from visidaerah.web.pages.documentation import BY_CLASS, SECTIONS, count_uses, sections
from visidaerah.web.pages.editor import editor_of
from visidaerah.web.pages.home import (
    FIRST_PLANS,
    class_entries,
    inviting,
    matching,
    plan_entry,
    unclassed,
)
from visidaerah.web.pages.marked import LEGEND, as_printed, document_page, text_language
from visidaerah.web.pages.metadata import alternates, embedded, ontology_alternates
from visidaerah.web.pages.overviews import Overviews
from visidaerah.web.pages.pictures import bars_of, network_of
from visidaerah.web.pages.plan import plan_page
from visidaerah.web.pages.preparing import prepare
from visidaerah.web.pages.questions import by_topic, offered, question_page, starting_values
from visidaerah.web.pages.reader import Reader
from visidaerah.web.pages.resource import GROUPS, resource_page
from visidaerah.web.pages.results import downloads, results_table, summary
from visidaerah.web.pages.search import FOUND, SearchIndex, search
from visidaerah.web.pages.sectors import JUDGED, concerns, is_sector, judged_by_sector
from visidaerah.web.pages.tiles import tile_map
from visidaerah.web.pages.trouble import trouble
from visidaerah.web.pages.trying import Trials
from visidaerah.web.replies import not_found
from visidaerah.web.resources import Links, page_links
from visidaerah.web.urls import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask.blueprints import BlueprintSetupState
    from jinja2 import Environment
    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.queries import SavedQuery
    from visidaerah.store import Row
    from visidaerah.web.pages.questions import Question
    from visidaerah.web.pages.terms import Wording
    from visidaerah.web.problems import Problem
    from visidaerah.web.site import Results, Site


class Pages:
    """The pages of a release; a `web.site.Renderer`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.overviews = Overviews(store, self.reader)
        self.completer = Completer(self.reader, lambda: self.index)
        self._names: dict[str, dict[str, Wording]] = {language: {} for language in LANGUAGES}
        self._offered: dict[str, tuple[Question, ...]] = {}
        self._environment: Environment | None = None

    @cached_property
    def lexicon(self) -> Store:
        """What names terms: the release, or the shipped ontology where it comes without one."""
        return self._store if self._store.has(ONTOLOGY) else shipped_lexicon()

    @cached_property
    def questions(self) -> Mapping[str, SavedQuery]:
        """The saved queries by name."""
        return {saved.name: saved for saved in load_queries(assets.queries())}

    @cached_property
    def uses(self) -> Mapping[NamedNode, int]:
        """How often the release uses each term."""
        return count_uses(self._store)

    @cached_property
    def judged(self) -> Mapping[NamedNode, tuple[Row, ...]]:
        """What is judged, by sector."""
        return judged_by_sector(self._store)

    @cached_property
    def index(self) -> SearchIndex:
        """What the search looks in."""
        return SearchIndex(self._store)

    def compile_templates(self) -> None:
        """Make all templates ready, which otherwise happens when each is first used."""
        if self._environment:
            for name in self._environment.list_templates():
                self._environment.get_template(name)

    def reader(self, site: Site) -> Reader:
        """Return the reader whose request is being answered."""
        return self.reader_in(site, frame.language_of_request())

    def reader_in(self, site: Site, language: str) -> Reader:
        """Return a reader of a language."""
        return Reader(site, self.lexicon, messages(language), self._names[language])

    def prepare(self, site: Site) -> None:
        """Take what pages need of the whole release, so that the first of each is quick, too."""
        prepare(self, site)

    def render_error(self, site: Site, problem: Problem) -> str:
        """Tell what happened and what to do, in the reader's language."""
        return self._error(self.reader(site), problem)

    def _error(self, reader: Reader, problem: Problem) -> str:
        told = trouble(reader, problem)
        form = editor_of(reader)
        return frame.render("error.html", reader, problem=problem, trouble=told, form=form)

    def render_results(self, site: Site, results: Results) -> str:
        """Show the answer of a query above the query itself."""
        reader = self.reader(site)
        return frame.render(
            "results.html",
            reader,
            results=results,
            table=results_table(reader, results),
            summary=summary(reader, results),
            bars=bars_of(reader, results),
            network=network_of(reader, results),
            form=editor_of(reader),
            tables=takeaways.answer_downloads(reader, results.query),
            other_formats=downloads(results.query, results.kind),
            topics=by_topic(self.offered(reader)),
            prefixes=PREFIXES,
        )

    def render_query_form(self, site: Site) -> str:
        """Show the form that asks for a query."""
        reader = self.reader(site)
        return frame.render(
            "query.html",
            reader,
            query=self._example(reader, request.args.get("example", "")),
            form=editor_of(reader),
            endpoint=site.absolute("/sparql"),
            topics=by_topic(self.offered(reader)),
            prefixes=PREFIXES,
        )

    def _example(self, reader: Reader, name: str) -> str:
        saved = self.questions.get(name)
        if saved is None:
            return FIRST_QUERY
        return with_values(saved, bind(saved, starting_values(reader, saved) or {}))

    def offered(self, reader: Reader) -> tuple[Question, ...]:
        """Return the questions that fit the release; it never changes, so they are found once."""
        if reader.language not in self._offered:
            self._offered[reader.language] = offered(reader, self.questions.values())
        return self._offered[reader.language]

    def render_ontology(self, site: Site) -> str:
        """Document the ontology from its Turtle."""
        reader = self.reader(site)
        return frame.render(
            "ontology.html",
            reader,
            sections=sections(reader, self.uses),
            diagram=diagram(reader),
            query=standing_alone(BY_CLASS),
            groups=_words(reader, "terms", (name for name, _ in SECTIONS)),
            alternates=ontology_alternates(),
            base=site.base,
            version=__version__,
        )

    def render_dataset(self, site: Site) -> str:
        """Show what the data set is: dumps, endpoint, licence, how to cite."""
        reader = self.reader(site)
        page = data_page(reader, frame.page_asked("graphs"))
        if page.making:
            after_this_request(frame.not_kept)
        return frame.render(
            "data.html",
            reader,
            data=page,
            embedded=dataset_json(reader, page),
            query=standing_alone(BY_GRAPH),
            at_page=frame.at_page,
        )

    def blueprint(self, site: Site) -> Blueprint:
        """Return the routes that only answer in HTML, and the files that pages are made of."""
        routes = Blueprint("pages", __name__)
        routes.add_url_rule("/", "home", lambda: self.home(site))
        self.overviews.add_routes(routes, site)
        takeaways.add_routes(routes, site, self.reader, self.overviews.keys)
        routes.add_url_rule("/questions", "questions", lambda: self.all_questions(site))
        routes.add_url_rule("/questions/<name>", "question", lambda name: self.question(site, name))
        routes.add_url_rule("/search", "search", lambda: self.search(site))
        routes.add_url_rule("/data", "data", lambda: self.render_dataset(site))
        routes.add_url_rule("/page", "page_of", lambda: self.page_of_iri(site))
        routes.add_url_rule(
            "/page/<path:path>", "page", lambda path: self.page(site, name_of(path, site.base))
        )
        Trials(self.reader).add_routes(routes, site)
        self.completer.add_routes(routes, site)
        mistake.add_routes(routes, site)
        routes.add_url_rule("/assets/<digest>/<name>", "asset", asset)
        routes.add_url_rule("/favicon.ico", "icon", lambda: redirect(frame.asset_path("icon.svg")))
        routes.after_app_request(frame.speak_language)
        routes.record_once(self._enter)
        return routes

    def _enter(self, state: BlueprintSetupState) -> None:
        frame.forbid_undefined_names(state)
        self._environment = state.app.jinja_env

    def home(self, site: Site) -> str:
        """Say what this is, which plans there are, and what can be asked."""
        reader = self.reader(site)
        keys = self.overviews.keys(reader)
        plans = tuple(plan_entry(reader, key.node) for key in keys[:FIRST_PLANS])
        return frame.render(
            "home.html",
            reader,
            plans=plans,
            total=len(keys),
            query=standing_alone(PLANS),
            classes=() if plans else class_entries(reader),
            unclassed=() if plans else unclassed(reader),
            map=tile_map(reader, keys),
            examples=self.offered(reader),
            first_questions=inviting(self.offered(reader)),
        )

    def all_questions(self, site: Site) -> str:
        """List the saved queries as questions."""
        reader = self.reader(site)
        return frame.render("questions.html", reader, topics=by_topic(self.offered(reader)))

    def question(self, site: Site, name: str) -> str:
        """Answer a saved query for the values picked."""
        reader, saved = self.reader(site), self.questions.get(name)
        if saved is None:
            raise not_found(f"There is no question {name!r}. See /questions for all of them.")
        if starting_values(reader, saved) is None:
            raise not_found(f"The data hold nothing that {name!r} could be asked of.")
        endpoint, number = site.absolute("/sparql"), frame.page_asked("rows")
        page = question_page(reader, saved, request.args.to_dict(), endpoint, number)
        return frame.render("question.html", reader, page=page, at_page=frame.at_page)

    def search(self, site: Site) -> str:
        """Show what was found."""
        reader, asked = self.reader(site), request.args.get("q", "").strip()
        pages = {name: frame.page_asked(f"found-{name}") for name in FOUND}
        found = search(reader, self.index, asked, pages)
        return frame.render(
            "search.html",
            reader,
            asked=asked,
            found=found,
            questions=matching(self.offered(reader), asked),
            groups=_words(reader, "found", FOUND),
            at_page=frame.at_page,
        )

    def page_of_iri(self, site: Site) -> str | BaseResponse:
        """Show the page of a thing by its IRI, which may be anyone's."""
        return self.page(site, request.args.get("iri", ""))

    def page(self, site: Site, iri: str) -> str:
        """Show the page of a thing: of a plan, a source text, or anything else."""
        reader, node = self.reader(site), _node(iri)
        if node is None or not reader.knows(node):
            raise not_found(f"The graph says nothing of <{iri}>.")
        shared: dict[str, object] = {
            "alternates": alternates(site, node),
            "typed_links": tuple(page_links(Links(site, node.value))),
            "embedded": embedded(reader, node),
        }
        if "facts" not in request.args:
            classes = reader.classes(node)
            if VD.DevelopmentPlan in classes:
                return self._plan(reader, node, shared)
            if VD.SourceText in classes:
                return self._document(reader, node, shared)
        return self._resource(reader, node, shared)

    def _plan(self, reader: Reader, node: NamedNode, shared: dict[str, object]) -> str:
        files = takeaways.plan_downloads(reader, node)
        return frame.render(
            "plan.html",
            reader,
            page=plan_page(reader, node),
            name=short_name(node, reader.site.base),
            files=files,
            **shared,
        )

    def _document(self, reader: Reader, node: NamedNode, shared: dict[str, object]) -> str:
        return frame.render(
            "document.html",
            reader,
            document=reader.link(node),
            plans=reader.links(reader.objects(node, VD.reports)).values(),
            text_language=text_language(reader, node),
            kinds=_words(reader, "kind", LEGEND),
            as_printed=as_printed,
            query=about(READ_FROM, {"source": node}),
            at_page=frame.at_page,
            **document_page(reader, node),
            **shared,
        )

    def _resource(self, reader: Reader, node: NamedNode, shared: dict[str, object]) -> str:
        judged, page = is_sector(reader, node), frame.page_asked("concerns")
        return frame.render(
            "resource.html",
            reader,
            page=resource_page(reader, node, frame.page_asked("references")),
            concerns=concerns(reader, node, self.judged.get(node, ()), page) if judged else None,
            groups=_words(reader, "group", (*GROUPS, "other")),
            query=about(JUDGED, {"sector": node}) if judged else f"DESCRIBE {node}",
            at_page=frame.at_page,
            **shared,
        )


@cache
def shipped_lexicon() -> Store:
    """Return the shipped ontology and schemes."""
    return Store.from_quads(quad for quad in shipped_quads() if not _is_of_a_document(quad))


def _words(reader: Reader, family: str, names: Iterable[str]) -> dict[str, str]:
    """Return the words of a family of messages by their last name."""
    return {name: reader.t(f"{family}.{name}") for name in names}


def asset(digest: str, name: str) -> Response | BaseResponse:
    """Answer a file that pages are made of; an old address leads to the new one."""
    try:
        current, content = frame.asset(name)
    except (OSError, ValueError) as error:
        raise not_found(f"There is no file {name!r} here.") from error
    if digest != current:
        return redirect(frame.asset_path(name))
    response = Response(content, mimetype=mimetypes.guess_type(name)[0])
    response.cache_control.public = True
    response.cache_control.max_age = frame.A_YEAR
    response.cache_control.immutable = True
    return response


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _is_of_a_document(quad: object) -> bool:
    graph = str(getattr(quad, "graph_name", ""))
    return any(f"/graph/{kind}/" in graph for kind in ("document", "judgement", "curation"))
