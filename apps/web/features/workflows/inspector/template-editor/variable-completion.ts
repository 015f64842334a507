import { isolateHistory } from '@codemirror/commands';
import { type EditorState, type Extension, Facet, Prec, StateEffect, StateField, type Transaction } from '@codemirror/state';
import { type Command, EditorView, keymap, showTooltip } from '@codemirror/view';
import { completeVariable, matchVariables, openVariableAt } from '../complete-variable.ts';
import { type Completion, createOfferList, optionId } from './offer-list.ts';
import { scopeField } from './variable-scope.ts';

const maxOffers = 50;

/** ID of the list in the page. */
export const listId = Facet.define<string, string>({ combine: ([id = '']) => id });
const point = StateEffect.define<number>();
const open = StateEffect.define();
const close = StateEffect.define();

/** Opens by what is typed, at once: whoever types `{{te` and Enter gets what they mean. */
export const completionField: StateField<Completion | null> = StateField.define<Completion | null>({
  create: () => null,
  update(before, transaction) {
    const { state, effects, docChanged } = transaction;
    if (effects.some((effect) => effect.is(close))) return null;
    if (effects.some((effect) => effect.is(open))) return offerAt(state, true);
    const pointed = effects.find((effect) => effect.is(point));
    if (before !== null && pointed) return { ...before, active: pointed.value };
    if (docChanged) return isTyped(transaction) ? offerAt(state, false) : null;
    if (before === null || !hasMoved(transaction)) return before;
    const after = offerAt(state, false);
    return after?.from === before.from ? { ...after, active: Math.min(before.active, after.offers.length - 1) } : null;
  },
  provide: (field) => [
    showTooltip.from(field, (completion) => completion && { pos: completion.from, create: openList }),
    EditorView.contentAttributes.compute([field, listId], (state): Record<string, string> => {
      const completion = state.field(field);
      const id = state.facet(listId);
      return completion === null ? {} : { 'aria-controls': id, 'aria-activedescendant': optionId(id, completion.active) };
    }),
  ],
});

const openList = (view: EditorView) =>
  createOfferList(view, {
    id: view.state.facet(listId),
    read: (state) => state.field(completionField),
    onTake: (index) => void takeOffer(view, index),
  });

const isTyped = (transaction: Transaction) => transaction.isUserEvent('input') || transaction.isUserEvent('delete');

const hasMoved = ({ startState, state }: Transaction) =>
  !startState.selection.eq(state.selection) || startState.field(scopeField) !== state.field(scopeField);

/** `anywhere`: also where no variable has been begun. */
function offerAt(state: EditorState, anywhere: boolean): Completion | null {
  const { main } = state.selection;
  if (!main.empty || state.readOnly) return null;
  const begun = openVariableAt(state.doc.toString(), main.head);
  if (begun === null && !anywhere) return null;
  const offers = matchVariables(state.field(scopeField).offered, begun?.typed ?? '').slice(0, maxOffers);
  return offers.length === 0 ? null : { from: begun?.from ?? main.head, offers, active: 0 };
}

/** Puts one of the offers in. */
function takeOffer(view: EditorView, at: number): boolean {
  const offer = view.state.field(completionField)?.offers[at];
  if (offer === undefined) return false;
  const edit = completeVariable(view.state.doc.toString(), view.state.selection.main.head, offer.variable);
  const selection = { anchor: edit.from + edit.insert.length };
  view.dispatch({ changes: edit, selection, annotations: isolateHistory.of('full'), userEvent: 'input.complete', scrollIntoView: true });
  return true;
}

const steer =
  (by: number): Command =>
  (view) => {
    const completion = view.state.field(completionField);
    if (completion === null) return false;
    const { length } = completion.offers;
    view.dispatch({ effects: point.of((completion.active + by + length) % length) });
    return true;
  };

const take: Command = (view) => takeOffer(view, view.state.field(completionField)?.active ?? -1);

const dismiss: Command = (view) => {
  if (view.state.field(completionField) === null) return false;
  view.dispatch({ effects: close.of(null) });
  return true;
};

const offerAnywhere: Command = (view) => {
  view.dispatch({ effects: open.of(null) });
  return true;
};

const keys = keymap.of(
  [
    { key: 'ArrowDown', run: steer(1) },
    { key: 'ArrowUp', run: steer(-1) },
    { key: 'Enter', run: take },
    { key: 'Tab', run: take },
    { key: 'Escape', run: dismiss },
    { key: 'Ctrl-Space', run: offerAnywhere },
  ].map((binding) => ({ ...binding, stopPropagation: true })),
);

/** The keys of the list go before those of the text while it is open; without a list they are the text's and the page's. */
export const variableCompletion: Extension = [
  scopeField,
  completionField,
  Prec.highest(keys),
  EditorView.domEventHandlers({ blur: (_, view) => void dismiss(view) }),
  EditorView.contentAttributes.of({ 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' }),
];
