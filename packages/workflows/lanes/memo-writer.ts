import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, toSafeError } from '@pipelines/contracts';
import { type Database, databaseErrorCode } from '@pipelines/database';
import type { StepRun } from '../path/step-run.ts';
import { type TaskEnd, TaskReleased } from '../task-memo.ts';
import { storable, toRow } from './step-run-row.ts';
import { type MemoEntry, type WrittenTask, writeMemo } from './write-memo.ts';

interface Asked {
  readonly organizationId: string;
  readonly taskId: string;
  readonly run: StepRun | null;
  readonly end: TaskEnd | null;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const retryDelayMs = 250;
const statementsAtOnce = 2;

/**
 * Writes what the tasks of a lane have to say, many at once. While one statement is under way the rest waits for the next; only
 * runs that are to begin have a second one, for their calls wait for it. What one task says is written in its order.
 */
export class MemoWriter {
  readonly #database: Pick<Database, 'pool'>;
  readonly #lane: string;
  readonly #log: Log;
  readonly #given: AbortSignal;
  readonly #tasksUnderWay = new Set<string>();
  #waiting: Asked[] = [];
  #underWay = 0;
  #gathering = false;

  /** `given`: aborted when the lane is given up; until then a database that is away is waited for. */
  constructor(database: Pick<Database, 'pool'>, lane: string, log: Log, given: AbortSignal) {
    this.#database = database;
    this.#lane = lane;
    this.#log = log;
    this.#given = given;
  }

  write(organizationId: string, taskId: string, run: StepRun | null, end: TaskEnd | null = null): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ organizationId, taskId, run, end, resolve, reject });
      this.#writeSoon();
    });
  }

  /** What is said in the same turn of the event loop goes together. */
  #writeSoon(): void {
    if (this.#gathering || this.#underWay >= statementsAtOnce) return;
    this.#gathering = true;
    setImmediate(() => {
      this.#gathering = false;
      void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    const asked = this.#waiting.filter(({ taskId }) => !this.#tasksUnderWay.has(taskId));
    const isUrgent = this.#underWay === 0 || asked.some(({ run }) => run?.state === 'running');
    if (asked.length === 0 || !isUrgent) return;
    this.#waiting = this.#waiting.filter(({ taskId }) => this.#tasksUnderWay.has(taskId));
    this.#underWay += 1;
    for (const { taskId } of asked) this.#tasksUnderWay.add(taskId);
    await this.#writeTogether(asked);
    for (const { taskId } of asked) this.#tasksUnderWay.delete(taskId);
    this.#underWay -= 1;
    if (this.#waiting.length > 0) this.#writeSoon();
  }

  async #writeTogether(asked: readonly Asked[]): Promise<void> {
    for (;;) {
      try {
        return settle(asked, await writeMemo(this.#database, this.#lane, toEntries(asked)));
      } catch (error) {
        if (this.#given.aborted) return rejectAll(asked, new TaskReleased());
        if (isRowsFault(error)) return this.#writeApart(asked, error);
        this.#log({ event: 'task_failed', task: 'workflow_memo', error: toSafeError(error) });
        await sleep(retryDelayMs);
      }
    }
  }

  /** One task has a value that the database does not take: the others must not suffer for it. */
  async #writeApart(asked: readonly Asked[], error: unknown): Promise<void> {
    const tasks = [...byTask(asked).values()];
    if (tasks.length === 1) return rejectAll(asked, error);
    for (const ofOne of tasks) await this.#writeTogether(ofOne);
  }
}

function byTask(asked: readonly Asked[]): ReadonlyMap<string, readonly Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const each of asked) groups.set(each.taskId, [...(groups.get(each.taskId) ?? []), each]);
  return groups;
}

function toEntries(asked: readonly Asked[]): MemoEntry[] {
  return [...byTask(asked)].map(([taskId, each]) => {
    const organizationId = (each[0] as Asked).organizationId;
    const runs = new Map(each.flatMap(({ run }) => (run === null ? [] : [[run.id, run] as const])));
    const end = each.findLast((one) => one.end !== null)?.end ?? null;
    return {
      organizationId,
      taskId,
      rows: [...runs.values()].map((run) => toRow(organizationId, taskId, run)),
      end: end && { state: end.state, output: storable(end.output), error: storable(end.error) },
    };
  });
}

function settle(asked: readonly Asked[], written: ReadonlyMap<string, WrittenTask>): void {
  for (const { taskId, run, resolve, reject } of asked) {
    const task = written.get(taskId);
    const refused = task === undefined || (run?.state === 'running' && !task.goes_on);
    if (refused) reject(new TaskReleased());
    else resolve();
  }
}

function rejectAll(asked: readonly Asked[], error: unknown): void {
  for (const { reject } of asked) reject(error);
}

/** SQLSTATE classes 22 (bad value) and 23 (constraint): no later attempt can mend them. */
function isRowsFault(error: unknown): boolean {
  return /^2[23]/.test(databaseErrorCode(error) ?? '');
}
