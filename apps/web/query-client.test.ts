import { QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { queryClient } from './query-client.ts';

afterEach(() => queryClient.clear());

it('reads again what has changed while it was read for the first time', async () => {
  const rows = ['before'];
  const reads: (() => void)[] = [];
  const queryKey = ['rows'];
  const queryFn = () => {
    const read = [...rows];
    return new Promise<string[]>((resolve) => reads.push(() => resolve(read)));
  };
  const stop = new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => {});
  rows.push('after');
  const settled = queryClient.invalidateQueries({ queryKey });
  reads[0]?.();
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.();
  await settled;
  expect(queryClient.getQueryData(queryKey)).toEqual(['before', 'after']);
  stop();
});

it('reads once what was not under way', async () => {
  let reads = 0;
  const observer = new QueryObserver(queryClient, { queryKey: ['count'], queryFn: () => Promise.resolve(++reads) });
  const stop = observer.subscribe(() => {});
  await expect.poll(() => observer.getCurrentResult().data).toBe(1);
  await queryClient.invalidateQueries({ queryKey: ['count'] });
  expect(observer.getCurrentResult().data).toBe(2);
  stop();
});
