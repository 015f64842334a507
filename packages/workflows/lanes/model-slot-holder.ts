import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, toSafeError } from '@pipelines/contracts';
import type { ClaimedTask } from './claimed-task.ts';
import type { LimitedModels } from './limited-models.ts';
import type { AskedSlot, ModelSlots } from './model-slots.ts';

export interface SlotDoors {
  readonly limitedModels: Pick<LimitedModels, 'has'>;
  readonly modelSlots: ModelSlots;
  /** Told when a model with a limit has room again. */
  readonly onSlotFreed: () => void;
  readonly log: Log;
}

const askAgainMs = 500;

/** What one task holds of models with a limit while a lane drives it. Of the others nothing is asked. */
export class ModelSlotHolder {
  readonly #task: ClaimedTask;
  readonly #lane: string;
  readonly #signal: AbortSignal;
  readonly #doors: SlotDoors;
  readonly #held = new Set<string>();

  /** `signal`: aborted when the task is let go of; until then a database that is away is waited for. */
  constructor(task: ClaimedTask, lane: string, signal: AbortSignal, doors: SlotDoors) {
    this.#task = task;
    this.#lane = lane;
    this.#signal = signal;
    this.#doors = doors;
  }

  /** False where the model has reached its limit. */
  async take(stepRunId: string, slug: string): Promise<boolean> {
    const { organization_id, id } = this.#task;
    if (!this.#doors.limitedModels.has(organization_id, slug)) return true;
    const taken = await this.#ask({ organization_id, step_run_id: stepRunId, task_id: id, slug, lane: this.#lane });
    if (taken) this.#held.add(stepRunId);
    return taken;
  }

  /** Gives up the model that the run has called, and waits for room on another: two that waited for each other's would wait for ever. */
  async turnTo(stepRunId: string, slug: string): Promise<void> {
    await this.#giveUp(stepRunId);
    while (!(await this.take(stepRunId, slug))) await sleep(askAgainMs, undefined, { signal: this.#signal });
  }

  free(stepRunId: string): void {
    void this.#giveUp(stepRunId);
  }

  async freeAll(): Promise<void> {
    await Promise.all([...this.#held].map((stepRunId) => this.#giveUp(stepRunId)));
  }

  async #ask(slot: AskedSlot): Promise<boolean> {
    for (;;) {
      this.#signal.throwIfAborted();
      try {
        return await this.#doors.modelSlots.take(slot);
      } catch (error) {
        this.#doors.log({ event: 'task_failed', task: 'workflow_slots', error: toSafeError(error) });
        await sleep(askAgainMs, undefined, { signal: this.#signal });
      }
    }
  }

  /** Never rejects: what could not be freed counts until the lane lets go of the task. */
  async #giveUp(stepRunId: string): Promise<void> {
    if (!this.#held.delete(stepRunId)) return;
    const { log, modelSlots, onSlotFreed } = this.#doors;
    await modelSlots.free({ organization_id: this.#task.organization_id, step_run_id: stepRunId }).catch((error: unknown) => {
      log({ event: 'task_failed', task: 'workflow_slots', error: toSafeError(error) });
    });
    onSlotFreed();
  }
}
