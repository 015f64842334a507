import type { Model } from '@pipelines/contracts';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { TargetSelect } from './target-select.tsx';
import { describeRepoint, useRepoint } from './use-repoint.ts';

/** Points every workflow to another model at once, where it can take over. */
export function RepointAll({ model }: { readonly model: Model }) {
  const [to, setTo] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const repoint = useRepoint(model.slug, (result) => setDone(describeRepoint(result)));
  return (
    <div className="grid gap-2">
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <TargetSelect from={model} value={to} onChange={setTo} />
        </div>
        <Button
          pending={repoint.isPending}
          unavailable={to === null ? 'Choose the model that takes over.' : null}
          onClick={() => to !== null && repoint.mutate({ to })}
        >
          Repoint all
        </Button>
      </div>
      <ProblemAlert error={repoint.error} />
      <p role="status" className="text-[13px]">
        {done}
      </p>
    </div>
  );
}
