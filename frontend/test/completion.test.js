import assert from "node:assert/strict";
import { test } from "node:test";

import { kindAt } from "../src/completion.js";
import { declaration, declared } from "../src/prologue.js";

const CASES = [
  ["SELECT * { ?s ", "property"],
  ["SELECT * { ?s a ", "class"],
  ["SELECT * { ?s vd:x ", ""],
  ["SELECT * { ?s vd:x ?o ; ", "property"],
  ["SELECT * { ?s vd:x ?o ; a ", "class"],
  ["SELECT * { ?s vd:x ?o . ", ""],
  ["SELECT * { ?s vd:x ?o . ?t ", "property"],
  ["SELECT * { ?s vd:x 'a b; c' . ?t ", "property"],
  ["SELECT * { ?s vd:x 1.5 ; ", "property"],
  ['SELECT * { ?s rdfs:label "x"@id ; ', "property"],
  ["SELECT * { GRAPH ?g { ?s ", "property"],
  ["PREFIX vd: <http://a.b/c#>\nSELECT * { ?s ", "property"],
  ["PREFIX ", "prefix"],
  ["SELECT ", ""],
  ["FILTER(", ""],
];

for (const [before, kind] of CASES) {
  test(`after ${JSON.stringify(before)} comes ${kind || "anything"}`, () => {
    assert.equal(kindAt(before), kind);
  });
}

test("a prefix is declared where the query has none of the name", () => {
  const query = "PREFIX vd: <urn:a#>\nprefix : <urn:b#> ASK {}";
  assert.deepEqual([...declared(query)], [["vd", "urn:a#"], ["", "urn:b#"]]);
  assert.deepEqual(declaration(query, "vd", "urn:c#"), []);
  assert.deepEqual(declaration("ASK {}", "vd", "urn:a#"), [{ from: 0, insert: "PREFIX vd: <urn:a#>\n" }]);
  assert.deepEqual(declaration("ASK {}", undefined, undefined), []);
});
