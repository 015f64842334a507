import type { ToolCallEntry, TryEvent } from '@pipelines/contracts';

type Attempt = Extract<TryEvent, { type: 'attempt' }>['attempt'];

/** What the model has said in one call of it, and the tools that it then asked for. */
export interface Round {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolCallEntry[];
}

/** One try of a step, as far as it has come. */
export interface Try {
  readonly status: 'running' | 'finished' | 'failed' | 'stopped';
  /** One without tools; with them, one more for each answer to what they said. */
  readonly rounds: readonly Round[];
  readonly attempts: readonly Attempt[];
  readonly request: unknown;
  /** Undefined until it has finished. */
  readonly output: unknown;
  readonly error: string | null;
  readonly cost: string | null;
  readonly latencyMs: number | null;
}

export const begun: Try = {
  status: 'running',
  rounds: [],
  attempts: [],
  request: null,
  output: undefined,
  error: null,
  cost: null,
  latencyMs: null,
};

export function putTryEvent(state: Try, event: TryEvent): Try {
  switch (event.type) {
    case 'call': {
      const { round, request } = event;
      return { ...state, rounds: [...state.rounds.slice(0, round - 1), silent(round)], request };
    }
    case 'piece': {
      const { text, thinking } = event;
      return changeRound(state, state.rounds.length, (round) => ({
        ...round,
        text: round.text + text,
        thinking: round.thinking + thinking,
      }));
    }
    case 'tool_call':
      return changeRound(state, event.call.round, (round) => ({ ...round, calls: putCall(round.calls, event.call) }));
    case 'attempt':
      return { ...state, attempts: [...state.attempts, event.attempt] };
    case 'finished': {
      const { request, output, cost, latency_ms } = event;
      return { ...state, status: 'finished', request, output, cost, latencyMs: latency_ms };
    }
    case 'failed':
      return { ...state, status: 'failed', error: event.error.message, cost: event.cost, latencyMs: event.latency_ms };
  }
}

/** A round in which nothing has been said yet. */
export const silent = (number: number): Round => ({ number, text: '', thinking: '', calls: [] });

function changeRound(state: Try, number: number, change: (round: Round) => Round): Try {
  return { ...state, rounds: state.rounds.map((round) => (round.number === number ? change(round) : round)) };
}

function putCall(calls: readonly ToolCallEntry[], call: ToolCallEntry): readonly ToolCallEntry[] {
  return calls.some(({ id }) => id === call.id) ? calls.map((each) => (each.id === call.id ? call : each)) : [...calls, call];
}

/** It ends without having come to its end. `error` is null where somebody has stopped it. */
export function stopTry(state: Try, error: string | null): Try {
  if (state.status !== 'running') return state;
  return { ...state, status: error === null ? 'stopped' : 'failed', error };
}
