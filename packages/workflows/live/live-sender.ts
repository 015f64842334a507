import type { Database } from '@pipelines/database';
import type { AnswerPiece } from '@pipelines/gateway';
import { type LiveNotice, sendNotice, watchLapsesMs } from './live-notices.ts';

export interface LiveTask {
  readonly id: string;
  readonly batch_id: string | null;
}

/** The worker's side: tells what becomes of tasks, to those who watch them and to nobody else. */
export interface LiveSender {
  hear(notice: LiveNotice): void;
  /** Something of the task has been written down. */
  changed(task: LiveTask): void;
  /** Where the pieces of a call's answer go; null where nobody would see them. */
  watchAnswer(task: LiveTask, runId: string): ((piece: AnswerPiece) => void) | null;
  /** The run has ended: its answer is in the table. */
  endAnswer(runId: string): void;
  /** The task is driven here no more. */
  endTask(taskId: string): void;
  close(): void;
}

interface Answer {
  readonly taskId: string;
  call: number;
  text: string;
  thinking: string;
  sentText: number;
  sentThinking: number;
}

const tickMs = 100;
/** PostgreSQL takes 8,000 bytes; a character may become six of them in JSON. */
const maxPart = 1_200;
/** What is longer is seen when it is whole. */
const maxKept = 200_000;

/** `isQuiet`: so little is under way that answers are streamed although nobody watches yet; who comes then sees them from their beginning. */
export function createLiveSender(database: Pick<Database, 'pool'>, isQuiet: () => boolean): LiveSender {
  const watchedUntilMs = new Map<string, number>();
  const answers = new Map<string, Answer>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  function isWatched(id: string | null): id is string {
    return id !== null && (watchedUntilMs.get(id) ?? 0) > performance.now();
  }

  function wake(): void {
    timer ??= setInterval(tick, tickMs).unref();
  }

  function tick(): void {
    for (const id of changed) sendNotice(database, { kind: 'changed', id });
    let busy = changed.size > 0;
    changed.clear();
    for (const [runId, answer] of answers) if (isWatched(answer.taskId) && sendPart(runId, answer)) busy = true;
    if (busy || timer === null) return;
    clearInterval(timer);
    timer = null;
    for (const [id, untilMs] of watchedUntilMs) if (untilMs < performance.now()) watchedUntilMs.delete(id);
  }

  function sendPart(runId: string, answer: Answer): boolean {
    const { taskId, call, sentText: from, sentThinking: thinkingFrom } = answer;
    const thinking = answer.thinking.slice(thinkingFrom, thinkingFrom + maxPart);
    const text = answer.text.slice(from, from + maxPart - thinking.length);
    if (text === '' && thinking === '') return false;
    answer.sentText += text.length;
    answer.sentThinking += thinking.length;
    sendNotice(database, { kind: 'answer', taskId, runId, call, from, text, thinkingFrom, thinking });
    return true;
  }

  function begin(taskId: string, runId: string): Answer {
    const call = (answers.get(runId)?.call ?? 0) + 1;
    const answer = { taskId, call, text: '', thinking: '', sentText: 0, sentThinking: 0 };
    answers.set(runId, answer);
    return answer;
  }

  return {
    hear(notice) {
      if (notice.kind !== 'watch') return;
      for (const id of notice.ids) watchedUntilMs.set(id, performance.now() + watchLapsesMs);
      if (!notice.fresh) return;
      for (const answer of answers.values()) {
        if (!notice.ids.includes(answer.taskId)) continue;
        answer.sentText = 0;
        answer.sentThinking = 0;
        wake();
      }
    },
    changed({ id, batch_id }) {
      for (const each of [id, batch_id]) if (isWatched(each)) changed.add(each);
      if (changed.size > 0) wake();
    },
    watchAnswer({ id }, runId) {
      if (!isWatched(id) && !isQuiet()) return null;
      const answer = begin(id, runId);
      return ({ text, thinking }) => {
        if (answer.text.length + answer.thinking.length > maxKept) return;
        answer.text += text;
        answer.thinking += thinking;
        if (isWatched(id)) wake();
      };
    },
    endAnswer: (runId) => void answers.delete(runId),
    endTask(taskId) {
      for (const [runId, answer] of answers) if (answer.taskId === taskId) answers.delete(runId);
    },
    close() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      answers.clear();
    },
  };
}
