import type { TokenUsage, UnitPrices } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { getTableColumns } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { endOf, startOf } from './__fixtures__/sample-calls.ts';
import { endColumns, startColumns } from './attempt-row.ts';

const rowOf = (usage: TokenUsage, prices: UnitPrices): Record<string, unknown> =>
  JSON.parse(`{${startColumns('id', new Date(), startOf('organization', { prices }))},${endColumns(endOf(), usage, '1')}}`);
const plainUsage = endOf().usage as TokenUsage;
const { prices: plainPrices } = startOf('organization');

it('names every column of the table but those of kept answers', () => {
  const ofKept = ['from_cache', 'saved_cost'];
  const names = Object.values(getTableColumns(schema.attempts)).flatMap(({ name }) => (ofKept.includes(name) ? [] : [name]));
  const usage = { ...plainUsage, audioInputTokens: 4, cachedAudioTokens: 1, audioOutputTokens: 2, webSearches: 3, serviceTier: 'flex' };
  const row = rowOf(usage, { ...plainPrices, audioInput: '0.1', audioOutput: '0.2', audioCacheRead: '0.3', webSearch: '0.4' });
  expect(Object.keys(row).sort()).toEqual(names.sort());
  expect(row).toMatchObject({
    audio_input_tokens: 4,
    cached_audio_tokens: 1,
    audio_output_tokens: 2,
    web_searches: 3,
    service_tier: 'flex',
    audio_input_cost_per_token: '0.1',
    audio_output_cost_per_token: '0.2',
    audio_cache_read_cost_per_token: '0.3',
    cost_per_web_search: '0.4',
  });
});

it('leaves out what few calls have, and takes no word that is none', () => {
  const row = rowOf({ ...plainUsage, serviceTier: 'Fle"x,' }, plainPrices);
  expect(Object.keys(row).filter((name) => /audio|search|service_tier/.test(name))).toEqual([]);
  expect(row).toMatchObject({ prompt_tokens: 100, cached_tokens: null, cost_per_image: null });
});
