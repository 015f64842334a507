import type { TryEvent } from '@pipelines/contracts';

type Attempt = Extract<TryEvent, { type: 'attempt' }>['attempt'];

/** One try of a step, as far as it has come. */
export interface Try {
  readonly status: 'running' | 'finished' | 'failed' | 'stopped';
  readonly text: string;
  readonly thinking: string;
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
  text: '',
  thinking: '',
  attempts: [],
  request: null,
  output: undefined,
  error: null,
  cost: null,
  latencyMs: null,
};

export function putTryEvent(state: Try, event: TryEvent): Try {
  switch (event.type) {
    case 'call':
      return { ...state, text: '', thinking: '', request: event.request };
    case 'piece':
      return { ...state, text: state.text + event.text, thinking: state.thinking + event.thinking };
    case 'attempt':
      return { ...state, attempts: [...state.attempts, event.attempt] };
    case 'finished': {
      const { request, output, thinking, cost, latency_ms } = event;
      return { ...state, status: 'finished', request, output, thinking: thinking ?? '', cost, latencyMs: latency_ms };
    }
    case 'failed':
      return { ...state, status: 'failed', error: event.error.message, cost: event.cost, latencyMs: event.latency_ms };
  }
}

/** It ends without having come to its end. `error` is null where somebody has stopped it. */
export function stopTry(state: Try, error: string | null): Try {
  if (state.status !== 'running') return state;
  return { ...state, status: error === null ? 'stopped' : 'failed', error };
}
