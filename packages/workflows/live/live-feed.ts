import type { Database, Subscription } from '@pipelines/database';
import { type AnswerPart, type LiveNotice, liveChannel, sendNotice, watchEveryMs } from './live-notices.ts';

export interface LiveAnswer {
  readonly call: number;
  readonly text: string;
  readonly thinking: string;
}

export interface LiveListener {
  /** Something may have changed: read anew. */
  onChange(): void;
  /** More of an answer has come. */
  onAnswer(runId: string, answer: LiveAnswer): void;
}

/** The other side: hears from the workers, wherever they are, about what somebody watches through this process. */
export interface LiveFeed {
  /** Resolves once changes are heard. Answers that are under way are told from their beginning. */
  watch(id: string, listener: LiveListener): Promise<() => void>;
  close(): Promise<void>;
}

export function createLiveFeed(database: Pick<Database, 'pool' | 'listen'>): LiveFeed {
  const listeners = new Map<string, Set<LiveListener>>();
  /** By task, then by run; only of tasks that are watched. */
  const answers = new Map<string, Map<string, LiveAnswer>>();
  let subscribing: Promise<Subscription> | null = null;

  const remind = setInterval(() => {
    const ids = [...listeners.keys()];
    for (let at = 0; at < ids.length; at += 100) sendNotice(database, { kind: 'watch', ids: ids.slice(at, at + 100), fresh: false });
  }, watchEveryMs).unref();

  function hear(payload: string): void {
    const notice = JSON.parse(payload) as LiveNotice;
    if (notice.kind === 'changed') for (const { onChange } of listeners.get(notice.id) ?? []) onChange();
    if (notice.kind === 'answer' && listeners.has(notice.taskId)) take(notice);
  }

  function take(part: AnswerPart): void {
    const ofTask = answers.get(part.taskId) ?? new Map<string, LiveAnswer>();
    answers.set(part.taskId, ofTask);
    const answer = append(ofTask.get(part.runId), part);
    if (answer === null) return;
    ofTask.set(part.runId, answer);
    for (const { onAnswer } of listeners.get(part.taskId) ?? []) onAnswer(part.runId, answer);
  }

  function onReconnect(): void {
    for (const id of listeners.keys()) sendNotice(database, { kind: 'watch', ids: [id], fresh: true });
    for (const each of listeners.values()) for (const { onChange } of each) onChange();
  }

  return {
    async watch(id, listener) {
      subscribing ??= database.listen(liveChannel, { onNotify: hear, onReconnect });
      subscribing.catch(() => {
        subscribing = null;
      });
      listeners.set(id, (listeners.get(id) ?? new Set()).add(listener));
      const leave = () => {
        const all = listeners.get(id);
        all?.delete(listener);
        if (all?.size !== 0) return;
        listeners.delete(id);
        answers.delete(id);
      };
      try {
        await subscribing;
      } catch (error) {
        leave();
        throw error;
      }
      for (const [runId, answer] of answers.get(id) ?? []) listener.onAnswer(runId, answer);
      sendNotice(database, { kind: 'watch', ids: [id], fresh: !answers.has(id) });
      return leave;
    },
    async close() {
      clearInterval(remind);
      await (await subscribing?.catch(() => null))?.close();
    },
  };
}

/** The answer with the part put in; null where the part tells nothing new, or where something before it is missing. */
function append(known: LiveAnswer | undefined, { call, from, text, thinkingFrom, thinking }: AnswerPart): LiveAnswer | null {
  if (known !== undefined && call < known.call) return null;
  const before = known?.call === call ? known : { call, text: '', thinking: '' };
  if (from > before.text.length || thinkingFrom > before.thinking.length) return null;
  const whole = {
    call,
    text: from + text.length > before.text.length ? before.text.slice(0, from) + text : before.text,
    thinking: thinkingFrom + thinking.length > before.thinking.length ? before.thinking.slice(0, thinkingFrom) + thinking : before.thinking,
  };
  const isNew = whole.text !== before.text || whole.thinking !== before.thinking || known?.call !== call;
  return isNew ? whole : null;
}
