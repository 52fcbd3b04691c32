// The prologue of a query: which prefixes it declares, and the change that declares one more.

const DECLARATION = /\bPREFIX\s+([^\s:]*):\s*<([^>]*)>/gi;

/** Return the namespaces that a query declares, by prefix. */
export function declared(query) {
  return new Map([...query.matchAll(DECLARATION)].map(([, prefix, iri]) => [prefix, iri]));
}

/** Return the change that declares a prefix at the beginning; none where the query has it. */
export function declaration(query, prefix, namespace) {
  if (!prefix || declared(query).has(prefix)) return [];
  return [{ from: 0, insert: `PREFIX ${prefix}: <${namespace}>\n` }];
}
