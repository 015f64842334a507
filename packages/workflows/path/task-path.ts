import type { Edge, Step, TemplateScope } from '@pipelines/contracts';
import type { CompiledGraph } from './compile-graph.ts';
import type { StepRun } from './step-run.ts';

type Arrival = 'open' | 'fired' | 'dead';

/**
 * Where a task is in its graph. Everything follows from the graph and the runs, so that a task that is
 * taken up by another worker goes on exactly where it was.
 */
export class TaskPath {
  readonly #graph: CompiledGraph;
  readonly #input: Readonly<Record<string, unknown>>;
  /** Every run of each step, first to last. */
  readonly #runs = new Map<string, StepRun[]>();

  constructor(graph: CompiledGraph, input: Readonly<Record<string, unknown>>, runs: readonly StepRun[]) {
    this.#graph = graph;
    this.#input = input;
    for (const run of [...runs].sort((one, other) => one.generation - other.generation)) this.note(run);
  }

  /** Takes in a new run, or what became of one. */
  note(run: StepRun): void {
    const runs = this.#runs.get(run.step) ?? [];
    const at = runs.findIndex((each) => each.id === run.id);
    if (at >= 0) runs[at] = run;
    else runs.push(run);
    this.#runs.set(run.step, runs);
  }

  /** How many failed reviews have led back over this step. */
  roundOf(step: string): number {
    let round = 0;
    for (const [review, repeated] of this.#graph.repeats) if (repeated.has(step)) round += this.failedReviews(review);
    return round;
  }

  failedReviews(review: string): number {
    return (this.#runs.get(review) ?? []).filter((run) => !run.superseded && run.state === 'finished' && run.port === 'fail').length;
  }

  lastRun(step: string): StepRun | null {
    return this.#runs.get(step)?.at(-1) ?? null;
  }

  /** The run that counts: the last one, unless a failed review has led back over it or a regeneration has overtaken it. */
  currentRun(step: string): StepRun | null {
    const last = this.#runs.get(step)?.findLast((run) => !run.superseded);
    return last !== undefined && last.round === this.roundOf(step) ? last : null;
  }

  /** Steps whose every way in has come or can come no more, one of them having come, and that have not run. */
  readySteps(): readonly Step[] {
    const seen = new Map<string, Arrival>();
    return [...this.#graph.steps.values()].filter((step) => {
      const run = this.currentRun(step.name);
      if (run !== null && run.state !== 'running' && run.state !== 'failed') return false;
      return this.#arrival(step.name, seen) === 'fired';
    });
  }

  waitingRuns(): readonly StepRun[] {
    return [...this.#graph.steps.keys()].flatMap((name) => {
      const run = this.currentRun(name);
      return run?.state === 'waiting' ? [run] : [];
    });
  }

  /** What templates see: the output of each step's last finished run. */
  scope(): TemplateScope {
    const steps: Record<string, { output: unknown }> = {};
    for (const [name, runs] of this.#runs) {
      const finished = runs.findLast((run) => run.state === 'finished' && !run.superseded);
      if (finished) steps[name] = { output: finished.output };
    }
    return { input: this.#input, steps };
  }

  /** Of a step: `open` while a way in may still come. A step with no way in is the start. */
  #arrival(name: string, seen: Map<string, Arrival>): Arrival {
    const known = seen.get(name);
    if (known !== undefined) return known;
    // Only a cycle, which no published graph has, would ask for a step again before it is known.
    seen.set(name, 'open');
    const edges = this.#graph.incoming.get(name) ?? [];
    const arrivals = [...edges.map((edge) => this.#firing(edge, seen)), ...this.#returnsInto(name)];
    const arrival =
      arrivals.length === 0
        ? this.#graph.steps.get(name)?.kind === 'start'
          ? 'fired'
          : 'dead'
        : arrivals.includes('open')
          ? 'open'
          : arrivals.includes('fired')
            ? 'fired'
            : 'dead';
    seen.set(name, arrival);
    return arrival;
  }

  /** A failed review leads to the step, whatever else does. */
  #returnsInto(name: string): Arrival[] {
    const returns = this.#graph.returns.get(name) ?? [];
    return returns.some(({ from }) => this.failedReviews(from) > 0) ? ['fired'] : [];
  }

  #firing(edge: Edge, seen: Map<string, Arrival>): Arrival {
    const from = this.#arrival(edge.from, seen);
    if (from !== 'fired') return from;
    const run = this.currentRun(edge.from);
    if (run?.state !== 'finished') return 'open';
    return run.port === edge.port ? 'fired' : 'dead';
  }
}
