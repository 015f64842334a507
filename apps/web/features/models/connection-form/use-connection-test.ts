import type { ConnectionTest } from '@pipelines/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';

/** A test, as far as it has come. `key` names the configuration that was tested. */
export type TestState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly startedAtMs: number }
  | { readonly phase: 'done'; readonly test: ConnectionTest; readonly key: string }
  | { readonly phase: 'error'; readonly error: unknown };

export interface ConnectionTestRun {
  readonly state: TestState;
  /** Runs a test; one that is still under way is canceled, on the server and at the provider too. */
  run(key: string, call: (signal: AbortSignal) => Promise<ConnectionTest>): Promise<ConnectionTest | null>;
  cancel(): void;
  reset(): void;
}

export function useConnectionTest(): ConnectionTestRun {
  const [state, setState] = useState<TestState>({ phase: 'idle' });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const reset = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setState({ phase: 'idle' });
  }, []);

  const run = useCallback<ConnectionTestRun['run']>(async (key, call) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setState({ phase: 'running', startedAtMs: Date.now() });
    try {
      const test = await call(controller.signal);
      if (current.current !== controller) return null;
      setState({ phase: 'done', test, key });
      return test;
    } catch (error) {
      if (current.current === controller) setState({ phase: 'error', error });
      return null;
    }
  }, []);

  return { state, run, cancel: reset, reset };
}

/** Whether Save is open: the last test passed, speaks of exactly this configuration, and has not expired. */
function hasPassed(state: TestState, key: string, nowMs: number): boolean {
  if (state.phase !== 'done' || !state.test.passed || state.key !== key) return false;
  return state.test.expires_at === null || Date.parse(state.test.expires_at) > nowMs;
}

/** Why Save is closed; null when it is open. */
export function whySaveIsClosed(state: TestState, key: string, nowMs: number): string | null {
  if (hasPassed(state, key, nowMs)) return null;
  if (state.phase === 'running') return 'The connection test is running.';
  if (state.phase === 'done' && state.key !== key) return 'Settings changed since the last test. Test the connection again.';
  if (state.phase === 'done' && state.test.passed) return 'The test is older than ten minutes. Test the connection again.';
  if (state.phase === 'done') return 'The connection test failed. Repair the connection and test it again.';
  return 'Run a successful test to enable Save.';
}
