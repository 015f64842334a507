import { type Log, toSafeError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { asc, isNull } from 'drizzle-orm';
import { type AdvanceDoors, advanceEvaluation } from './advance-evaluation.ts';

const { evaluations } = schema;
const lookEveryMs = 500;
const evaluationsAtOnce = 100;

export interface EvaluationKeeper {
  start(): void;
  /** Resolves when what it was at is done. */
  stop(): Promise<void>;
}

/** Looks after the evaluations that have not ended, for as long as it runs. Several processes may. */
export function createEvaluationKeeper({ database, engine, log }: AdvanceDoors & { readonly log: Log }): EvaluationKeeper {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    const { organizationId, id } = evaluations;
    const open = await database.db
      .select({ organizationId, id })
      .from(evaluations)
      .where(isNull(evaluations.finishedAt))
      .orderBy(asc(evaluations.createdAt))
      .limit(evaluationsAtOnce);
    for (const key of open) {
      if (stopped) return;
      // One that cannot go on does not hold up the others.
      await advanceEvaluation({ database, engine }, key).catch(report);
    }
  }

  const report = (error: unknown) => log({ event: 'task_failed', task: 'evaluations', error: toSafeError(error) });

  function next(): void {
    timer = setTimeout(() => {
      looking = look()
        .catch(report)
        .finally(() => {
          if (!stopped) next();
        });
    }, lookEveryMs);
  }

  return {
    start() {
      stopped = false;
      next();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}
