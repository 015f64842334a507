import { formatUsd, pricePerMillion } from './decimal-text.ts';

/** An exact amount in USD. Null is unknown, and says so: it is never shown as zero. */
export function Money({ amount }: { readonly amount: string | null }) {
  if (amount === null) return <span className="text-muted">unknown</span>;
  return <span className="tabular-nums">{formatUsd(amount)}</span>;
}

export interface PricePairProps {
  readonly input: string | null;
  readonly output: string | null;
}

/** Input and output price per 1M tokens, from prices per token. */
export function PricePair({ input, output }: PricePairProps) {
  if (input === null && output === null) return <span className="text-muted">unknown</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      {input === null ? '—' : `$${pricePerMillion(input)}`}
      <span className="text-muted"> / </span>
      {output === null ? '—' : `$${pricePerMillion(output)}`}
    </span>
  );
}
