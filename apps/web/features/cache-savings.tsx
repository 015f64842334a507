import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../api-client.ts';
import { formatUsd } from '../ui/decimal-text.ts';
import { type Period, periodFirstMidnight } from './period.ts';

export interface CacheSavingsProps {
  readonly period: Period;
  /** Of one model; undefined: of all. */
  readonly slug: string | undefined;
}

/** What kept answers have saved; nothing where there were none. */
export function CacheSavings({ period, slug }: CacheSavingsProps) {
  const from = periodFirstMidnight(period, Date.now());
  const savings = useQuery({
    queryKey: ['cache-savings', slug, from],
    queryFn: ({ signal }) => callApi(routes.getCacheSavings, { query: { from, ...(slug !== undefined && { slug }) }, signal }),
  });
  if (!savings.data || savings.data.hits === 0) return null;
  const { hits, saved_cost, unknown_cost_hits } = savings.data;
  return (
    <p className="text-[13px] text-muted">
      {hits.toLocaleString('en')} {hits === 1 ? 'request' : 'requests'} got a kept answer, which saved{' '}
      <span className="text-fg tabular-nums">{formatUsd(saved_cost)}</span>
      {unknown_cost_hits > 0 && ` without ${unknown_cost_hits.toLocaleString('en')} of unknown cost`}.
    </p>
  );
}
