// Mistakes at their line: the server's parser finds them, so that no second grammar can disagree.

import { declaration } from "./prologue.js";

/** Return what finds the mistakes of a query; `tell` is told of the first, or of none ("").
 *
 * `address` is where the server tells them, `words` are those of the reader's language.
 */
export function checker(address, words, tell) {
  return async (view) => {
    const query = view.state.doc.toString();
    const mistake = query.trim() ? await mistakeOf(address, query) : null;
    const found = mistake?.line ? [diagnostic(view, query, mistake, words)] : [];
    tell(found[0]?.message ?? "");
    return found;
  };
}

async function mistakeOf(address, query) {
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ query }) });
    return answer.ok ? (await answer.json()).mistake : null;
  } catch {
    return null;
  }
}

function diagnostic(view, query, { line, column, reason, paste, detail }, words) {
  const { from, to } = rangeAt(view.state.doc, line, column ?? 1);
  const place = words.place.replace("{line}", line).replace("{column}", column ?? 1);
  const sentence = words.reasons[reason] ?? (words.detailed ? detail : words.mistake);
  return {
    from,
    to,
    severity: "error",
    message: `${place}: ${sentence}`,
    actions: paste ? [pasting(query, paste, words)] : [],
  };
}

function pasting(query, paste, words) {
  const [, prefix, namespace] = /PREFIX (\S*): <(.*)>/.exec(paste) ?? [];
  return {
    name: words.add.replace("{line}", paste),
    apply: (view) => view.dispatch({ changes: declaration(query, prefix, namespace) }),
  };
}

/** Return the place of a mistake to the end of its word; at least one character, where there is one. */
function rangeAt(doc, line, column) {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  const word = /^\S+/.exec(doc.sliceString(from, at.to))?.[0].length ?? 0;
  if (word) return { from, to: from + word };
  return from > at.from ? { from: from - 1, to: from } : { from, to: at.to };
}
