import type { ReplayEstimate } from '@pipelines/contracts';
import { formatUsd, roundDecimal } from '../../../ui/decimal-text.ts';

/** What a replay takes, told before it runs. */
export function ReplayCost({ estimate, pending }: { readonly estimate: ReplayEstimate | undefined; readonly pending: boolean }) {
  if (!estimate) {
    return (
      <p role="status" className="text-[13px] text-muted">
        {pending ? 'Counting …' : 'The cost is told here before it runs.'}
      </p>
    );
  }
  const { inputs, calls, prompt_tokens, completion_tokens, cost } = estimate;
  return (
    <p role="status" className="text-[13px]">
      <span className="font-medium">{cost === null ? 'Cost unknown: a price is missing' : `About ${formatUsd(readable(cost))}`}</span>
      <span className="text-muted">
        {' '}
        · {inputs} {inputs === 1 ? 'input' : 'inputs'}, {calls} {calls === 1 ? 'call' : 'calls'}, about {prompt_tokens.toLocaleString('en')}{' '}
        tokens in and {completion_tokens.toLocaleString('en')} out
      </span>
    </p>
  );
}

/** An estimate needs no more digits than these. */
function readable(cost: string): string {
  const rounded = roundDecimal(cost, 4);
  return /[1-9]/.test(rounded) ? rounded : cost;
}
