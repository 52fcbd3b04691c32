// Completion: names from the data, asked of the server; variables and keywords from the query.

import { syntaxTree } from "@codemirror/language";

import { declaration, declared } from "./prologue.js";

const KEYWORDS = (
  "SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS GRAPH " +
  "FILTER BIND VALUES AS ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC EXISTS NOT IN UNDEF COUNT SUM " +
  "MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND CONTAINS STRSTARTS STRENDS " +
  "REGEX REPLACE LCASE UCASE STRLEN CONCAT COALESCE IF"
).split(" ");

const TOKEN = /<[^<>"{}|^`\\\s]*|[?$][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}\p{N}_.-]*)?/u;
const VARIABLE = /[?$]([\p{L}\p{N}_]+)/gu;
const CHARACTERS_BEFORE = 2000;
const SHORTEST_WORD = 2;

/** Return a source of completions; `address` is where the names of the data are asked for. */
export function completer(address) {
  return async (context) => {
    if (isProse(context)) return null;
    const token = context.matchBefore(TOKEN) ?? { from: context.pos, text: "" };
    if (!token.text && !context.explicit) return null;
    if (/^[?$]/.test(token.text)) return result(token.from, variables(context, token));
    const isWord = !/[<:]/.test(token.text);
    if (isWord && token.text.length < SHORTEST_WORD && !context.explicit) return null;
    const kind = kindAt(context.state.sliceDoc(Math.max(0, token.from - CHARACTERS_BEFORE), token.from));
    const keywords = isWord && kind !== "prefix" ? keywordsLike(token.text) : [];
    const names = await named(address, token.text.replace(/^</, ""), kind, context);
    return names && result(token.from, [...keywords, ...names.map(optionOf)]);
  };
}

function result(from, options) {
  return options.length ? { from, options, filter: false } : null;
}

function isProse({ state, pos }) {
  return /comment|string/i.test(syntaxTree(state).resolveInner(pos, -1).name);
}

function variables({ state }, token) {
  const others = state.sliceDoc(0, token.from) + " " + state.sliceDoc(token.from + token.text.length);
  const known = new Set([...others.matchAll(VARIABLE)].map(([, name]) => token.text[0] + name));
  return [...known]
    .filter((name) => name.startsWith(token.text))
    .sort()
    .map((label) => ({ label, type: "variable" }));
}

function keywordsLike(text) {
  const start = text.toUpperCase();
  return start
    ? KEYWORDS.filter((word) => word.startsWith(start)).map((label) => ({ label, type: "keyword" }))
    : [];
}

/** Tell which kind of name can follow a text; empty where any can. */
export function kindAt(before) {
  if (/\bPREFIX\s+$/i.test(before)) return "prefix";
  const plain = before.replace(/<[^>\s]*>/g, "i").replace(/"[^"\n]*"|'[^'\n]*'/g, "s").replace(/#[^\n]*/g, "");
  const [, mark, clause] = /(?:^|([.;,{}()[\]])(?![\p{L}\p{N}]))([^.;,{}()[\]]*)$/u.exec(plain) ?? [];
  const words = (clause ?? "").trim().split(/\s+/).filter(Boolean);
  if (words.at(-1) === "a" && mark !== "," && mark !== "(") return "class";
  if (mark === ";" || mark === "[") return words.length ? "" : "property";
  if (mark === "{" || mark === "." || mark === "}") return words.length === 1 ? "property" : "";
  return "";
}

async function named(address, text, kind, context) {
  const asking = new AbortController();
  context.addEventListener("abort", () => asking.abort());
  const parameters = new URLSearchParams({ q: text, kind });
  try {
    const answer = await fetch(`${address}?${parameters}`, { signal: asking.signal });
    return answer.ok ? (await answer.json()).completions : [];
  } catch {
    // Without the server there are still the keywords; an aborted question has no answer at all.
    return asking.signal.aborted ? null : [];
  }
}

function optionOf({ text, name, detail, prefix, namespace, kind, iri }) {
  return {
    label: kind === "thing" ? name : text,
    detail: kind === "thing" ? detail : name,
    type: kind,
    apply: (view, _completion, from, to) => insert(view, { text, prefix, namespace, kind, iri }, from, to),
  };
}

function insert(view, { text, prefix, namespace, kind, iri }, from, to) {
  const query = view.state.doc.toString();
  if (kind === "prefix") return replace(view, from, to, `${text} <${namespace}>`, []);
  const own = declared(query).get(prefix);
  const isTaken = own !== undefined && own !== namespace;
  const end = query[from] === "<" && query[to] === ">" ? to + 1 : to;
  const before = isTaken ? [] : declaration(query, prefix, namespace);
  replace(view, from, end, isTaken ? `<${iri}>` : text, before);
}

function replace(view, from, to, text, before) {
  const shift = before.reduce((sum, change) => sum + change.insert.length, 0);
  view.dispatch({
    changes: [...before, { from, to, insert: text }],
    selection: { anchor: from + text.length + shift },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}
