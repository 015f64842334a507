import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeToasts } from '../../../ui/toast.ts';
import { beginHistory } from '../graph/history.ts';
import { keepText, noTexts } from '../graph/unfinished-texts.ts';
import { emptyGraph } from '../list/starters/empty-graph.ts';
import { createAutosave } from './autosave.ts';
import { findDraft, holdUnsaved, type OpenDraft, showDraft } from './open-drafts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const content = { name: 'Sort tickets', graph: emptyGraph() };

/** A draft whose saves take 100 ms and fail as long as `server.isAway`. */
function begin(key: string) {
  const server = { isAway: false, saves: 0 };
  const save = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (server.isAway) throw new Error('The server could not be reached.');
    server.saves += 1;
    return 1 + server.saves;
  };
  const autosave = createAutosave<typeof content>({ revision: 1, delayMs: 1_000, isConflict: () => false, save });
  const draft: OpenDraft = { key, autosave, history: beginHistory(content), unfinished: noTexts };
  return { server, draft };
}

const holdsTab = () => {
  const preventDefault = vi.fn();
  holdUnsaved({ preventDefault });
  return preventDefault.mock.calls.length > 0;
};
const another = (key: string) => findDraft(key, () => begin(key).draft);

it('is found again by whoever comes back before the server has it, and holds the tab until then', async () => {
  const { draft, server } = begin('dana 1');
  const leave = showDraft(draft);
  draft.autosave.edit(content);
  leave();
  expect(another('dana 1')).toBe(draft);
  expect(another('erin 1')).not.toBe(draft);
  expect(holdsTab()).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.saves).toBe(1);
  expect(another('dana 1')).not.toBe(draft);
  expect(holdsTab()).toBe(false);
});

it('stays with who has come back, and is let go of when they leave with everything saved', async () => {
  const { draft } = begin('dana 2');
  const leave = showDraft(draft);
  draft.autosave.edit(content);
  leave();
  const leaveAgain = showDraft(another('dana 2'));
  await vi.advanceTimersByTimeAsync(100);
  expect(another('dana 2')).toBe(draft);
  leaveAgain();
  expect(another('dana 2')).not.toBe(draft);
});

it('says that it could not be saved, keeps it, and tries again when somebody comes back', async () => {
  const { draft, server } = begin('dana 3');
  const leave = showDraft(draft);
  draft.autosave.edit(content);
  server.isAway = true;
  leave();
  await vi.advanceTimersByTimeAsync(100);
  expect(takeToasts()).toMatchObject([{ tone: 'bad', title: 'Sort tickets is not saved.' }]);
  expect(holdsTab()).toBe(true);
  server.isAway = false;
  showDraft(another('dana 3'));
  await vi.advanceTimersByTimeAsync(100);
  expect([server.saves, draft.autosave.state()]).toEqual([1, 'saved']);
});

it('is found again with what was half typed, which holds the tab though the server has all that it can have', async () => {
  const { draft } = begin('dana 4');
  const leave = showDraft(draft);
  const [step] = content.graph.steps;
  const text = { step: step?.name ?? '', field: 'name', text: 'Not a name', fault: 'Name: no name' };
  draft.unfinished = keepText(draft.unfinished, content.graph, text);
  leave();
  await vi.advanceTimersByTimeAsync(100);
  expect(takeToasts()).toEqual([]);
  expect(another('dana 4').unfinished).toBe(draft.unfinished);
  expect(holdsTab()).toBe(true);
  const leaveAgain = showDraft(draft);
  draft.unfinished = noTexts;
  leaveAgain();
  await vi.advanceTimersByTimeAsync(100);
  expect(another('dana 4')).not.toBe(draft);
});
