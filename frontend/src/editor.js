// The editor: a text field becomes CodeMirror in a shadow root, which a strict style policy allows.

import { acceptCompletion, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { forceLinting, linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";

import { completer } from "./completion.js";
import { checker } from "./problems.js";
import { highlighting, look } from "./look.js";

/**
 * Put an editor in the place of a text field, which keeps its content up to date.
 *
 * `words` are those of the reader's language, `completions` is where names are asked for, `mistake`
 * where mistakes are, `run` is called for Ctrl-Enter, `onPlace` is told the line and column of the
 * cursor, both from 1, and `onMistake` a sentence about the first mistake, or an empty one.
 */
export function mount(field, { words, completions, mistake, run, onPlace, onMistake }) {
  const host = document.createElement("div");
  host.className = "editor";
  field.after(host);
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        ...reading(words),
        autocompletion({ override: [completer(completions)], maxRenderedOptions: 40, icons: false }),
        linter(checker(mistake, words, onMistake), { delay: 600 }),
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          { key: "Tab", run: acceptCompletion },
          ...completionKeymap,
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
          if (update.docChanged || update.selectionSet) onPlace(placeOf(update.state));
        }),
      ],
    }),
  });
  onPlace(placeOf(view.state));
  takePlaceOf(field, view);
  return { focus: () => view.focus(), check: () => forceLinting(view) };
}

// Left to itself, Chromium keeps the look of what is written over in a style attribute, which the
// policy of the pages forbids.
const writingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || !event.data || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    return true;
  },
});

function reading(words) {
  return [
    writingOver,
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    EditorState.phrases.of(words.phrases),
    EditorView.contentAttributes.of({ "aria-label": words.label }),
    StreamLanguage.define(sparql),
    syntaxHighlighting(highlighting),
    look,
  ];
}

function placeOf(state) {
  const head = state.selection.main.head;
  const line = state.doc.lineAt(head);
  return { line: line.number, column: head - line.from + 1 };
}

function takePlaceOf(field, view) {
  const hadFocus = document.activeElement === field;
  const at = field.selectionStart;
  field.hidden = true;
  // A hidden field that is required would stop the form without a word.
  field.required = false;
  if (!hadFocus) return;
  view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
  view.focus();
}
