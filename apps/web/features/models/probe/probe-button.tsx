import { probeBudget } from '@pipelines/contracts';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { formatUsd } from '../../../ui/decimal-text.ts';
import { probePrice } from './probe-price.ts';

export interface ProbeButtonProps {
  readonly running: boolean;
  /** Why it cannot be run; null where it can. */
  readonly unavailable: string | null;
  /** USD per token; null: unknown. */
  readonly inputPrice: string | null;
  readonly outputPrice: string | null;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** Tells what a probe costs before it runs. */
export function ProbeButton({ running, unavailable, inputPrice, outputPrice, onRun, onCancel }: ProbeButtonProps) {
  const [asking, setAsking] = useState(false);
  const price = probePrice(inputPrice, outputPrice);
  return (
    <>
      {running ? (
        <span className="inline-flex items-center gap-2">
          <Button pending>Measuring…</Button>
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        </span>
      ) : (
        <Button icon={<FlaskConical aria-hidden className="size-4" />} unavailable={unavailable} onClick={() => setAsking(true)}>
          Measure capabilities
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title="Measure what the model can do?"
        action="Measure"
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onRun();
        }}
      >
        Up to {probeBudget.calls} small live calls, one after another: JSON mode, an image, tools, thinking, and how the wire is spoken.
        They take at most {probeBudget.promptTokens.toLocaleString()} tokens in and {probeBudget.completionTokens.toLocaleString()} out
        {price === null ? '; their cost is unknown, because a price is.' : `, which is at most ${formatUsd(price)}.`}
      </ConfirmDialog>
    </>
  );
}
