import type { CheckOutcome, Evaluation } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../../ui/status.tsx';

const states: Record<Evaluation['state'], { readonly word: string; readonly tone: StatusTone }> = {
  running: { word: 'Running', tone: 'busy' },
  finished: { word: 'Finished', tone: 'ok' },
  canceled: { word: 'Canceled', tone: 'off' },
};

export function EvaluationStateWord({ state }: { readonly state: Evaluation['state'] }) {
  const { word, tone } = states[state];
  return <Status tone={tone}>{word}</Status>;
}

const outcomes: Record<CheckOutcome, { readonly word: string; readonly tone: StatusTone }> = {
  pass: { word: 'Passed', tone: 'ok' },
  fail: { word: 'Failed', tone: 'bad' },
  unknown: { word: 'Unknown', tone: 'warn' },
};

/** What checks say; null while they have not. */
export function OutcomeWord({ outcome }: { readonly outcome: CheckOutcome | null }) {
  if (outcome === null) return <Status tone="busy">Open</Status>;
  const { word, tone } = outcomes[outcome];
  return <Status tone={tone}>{word}</Status>;
}
