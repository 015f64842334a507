import type { ApplyFix } from '@pipelines/contracts';
import { useEffect, useState } from 'react';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import type { TestState } from './use-connection-test.ts';

export interface TestResultProps {
  readonly state: TestState;
  /** The configuration that the form shows now. */
  readonly currentKey: string;
  /** What stands here before any test. */
  readonly idleText: string;
  /** A sentence that follows a passed test, such as where prices were filled in. */
  readonly passedText: string | null;
  readonly onApply: (fix: ApplyFix) => void;
  readonly onCancel: () => void;
}

/** The one place where a test speaks: in the fixed footer, and read out. */
export function TestResult(props: TestResultProps) {
  return (
    <div aria-live="polite" className="min-h-5">
      <Outcome {...props} />
    </div>
  );
}

function Outcome({ state, currentKey, idleText, passedText, onApply, onCancel }: TestResultProps) {
  if (state.phase === 'idle') return <p className="text-[13px] text-muted">{idleText}</p>;
  if (state.phase === 'running') return <Running startedAtMs={state.startedAtMs} onCancel={onCancel} />;
  if (state.phase === 'error') return <ProblemAlert error={state.error} />;
  const { test } = state;
  if (state.key !== currentKey) {
    return (
      <Alert live={false} tone="info" title="Settings changed since the last test">
        Test the connection again to enable Save.
      </Alert>
    );
  }
  if (test.passed) {
    return (
      <Alert live={false} tone="ok" title={`Connected in ${test.latency_ms} ms`}>
        {test.reply_preview && <span className="block">The model answered “{test.reply_preview}”.</span>}
        {passedText}
      </Alert>
    );
  }
  const { apply } = test;
  return (
    <Alert
      live={false}
      tone="bad"
      title={test.message}
      action={
        apply && (
          <Button size="small" onClick={() => onApply(apply)}>
            {apply.label}
          </Button>
        )
      }
    >
      {test.fix}
    </Alert>
  );
}

function Running({ startedAtMs, onCancel }: { readonly startedAtMs: number; readonly onCancel: () => void }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((nowMs - startedAtMs) / 1_000));
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line bg-accent/40 px-3 py-2.5">
      <span aria-hidden className="size-4 animate-spin rounded-full border-2 border-primary border-t-transparent" />
      <div className="flex-1 text-[13px]">
        <span className="font-medium">Testing the connection…</span>
        <span aria-hidden className="ml-2 text-muted tabular-nums">
          {seconds > 0 ? `${seconds} s` : ''}
        </span>
        {seconds >= 8 && <span className="block text-muted">Some endpoints take a minute to wake up.</span>}
      </div>
      <Button size="small" variant="ghost" onClick={onCancel}>
        Cancel test
      </Button>
    </div>
  );
}
