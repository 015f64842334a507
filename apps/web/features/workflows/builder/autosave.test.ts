import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAutosave } from './autosave.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Conflict extends Error {}

function start() {
  const server = { revision: 4, saved: [] as string[], failure: null as Error | null, tookMs: 10 };
  const autosave = createAutosave<string>({
    revision: 4,
    delayMs: 1_000,
    isConflict: (error) => error instanceof Conflict,
    save: async (content, revision) => {
      await new Promise((resolve) => setTimeout(resolve, server.tookMs));
      if (server.failure) throw server.failure;
      if (revision !== server.revision) throw new Conflict();
      server.saved.push(content);
      server.revision += 1;
      return server.revision;
    },
  });
  return { server, autosave };
}

describe('createAutosave', () => {
  it('saves the last of many edits within the delay of the first, however long the typing goes on', async () => {
    const { server, autosave } = start();
    for (let edit = 0; edit < 30; edit += 1) {
      autosave.edit(`edit ${edit}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(server.saved.length).toBeGreaterThanOrEqual(2);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(server.saved.at(-1)).toBe('edit 29');
    expect(autosave.state()).toBe('saved');
  });

  it('saves what was edited during a save afterwards, on the new revision', async () => {
    const { server, autosave } = start();
    server.tookMs = 500;
    autosave.edit('one');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(autosave.state()).toBe('saving');
    autosave.edit('two');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.saved).toEqual(['one', 'two']);
  });

  it('stops at a conflict and never saves over it by itself', async () => {
    const { server, autosave } = start();
    server.revision = 9;
    autosave.edit('mine');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(autosave.state()).toBe('conflict');
    autosave.edit('mine too');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.saved).toEqual([]);
    autosave.settle(9, 'mine too');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(server.saved).toEqual(['mine too']);
  });

  it('does not flush over a conflict: leaving the page settles nothing', async () => {
    const { server, autosave } = start();
    server.revision = 9;
    autosave.edit('mine');
    await vi.advanceTimersByTimeAsync(1_100);
    server.revision = 4;
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(await flushed).toBeNull();
    expect(server.saved).toEqual([]);
  });

  it('lets theirs stand', async () => {
    const { server, autosave } = start();
    server.revision = 9;
    autosave.edit('mine');
    await vi.advanceTimersByTimeAsync(1_100);
    autosave.settle(9);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.saved).toEqual([]);
    expect(autosave.state()).toBe('saved');
  });

  it('keeps what could not be saved and tries again', async () => {
    const { server, autosave } = start();
    server.failure = new Error('offline');
    autosave.edit('kept');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(autosave.state()).toBe('failed');
    server.failure = null;
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(await flushed).toBe(5);
    expect(server.saved).toEqual(['kept']);
  });

  it('flushes at once, and says when it cannot', async () => {
    const { server, autosave } = start();
    server.failure = new Error('offline');
    autosave.edit('kept');
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(20);
    expect(await flushed).toBeNull();
  });
});
