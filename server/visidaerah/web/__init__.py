"""The release as a web application: SPARQL, linked data, dumps and pages."""

from __future__ import annotations
