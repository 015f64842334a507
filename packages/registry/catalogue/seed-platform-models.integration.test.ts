import { schema } from '@pipelines/database';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectPlatformModels } from '../models/model-rows.ts';
import { seedPlatformModels } from './seed-platform-models.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test?.close());

describe('seedPlatformModels', () => {
  it('brings the nine models in their order, with prices and limits, however many processes start', async () => {
    await Promise.all(Array.from({ length: 4 }, () => seedPlatformModels(test.database)));
    const rows = await selectPlatformModels(test.database.db);
    expect(rows.map(({ slug, displayName }) => [displayName, slug])).toEqual([
      ['GPT 5.4', 'openai/gpt-5.4'],
      ['GPT 5.2', 'openai/gpt-5.2'],
      ['GPT 5 Mini', 'openai/gpt-5-mini'],
      ['Claude Opus 4.6', 'anthropic/claude-opus-4.6'],
      ['Claude Sonnet 4.6', 'anthropic/claude-sonnet-4.6'],
      ['Gemini 3.1 Pro', 'google/gemini-3.1-pro-preview'],
      ['Gemini 3 Flash', 'google/gemini-3-flash-preview'],
      ['Grok 4', 'x-ai/grok-4'],
      ['Grok 4.1 Fast', 'x-ai/grok-4.1-fast'],
    ]);
    expect(rows.filter(({ isDefault }) => isDefault).map(({ slug }) => slug)).toEqual(['google/gemini-3.1-pro-preview']);
    for (const row of rows) {
      expect(Number(row.inputCostPerToken)).toBeGreaterThan(0);
      expect(Number(row.outputCostPerToken)).toBeGreaterThan(Number(row.inputCostPerToken));
      expect(row.contextTokens).toBeGreaterThan(row.maxTokens ?? 0);
    }
  });

  it('follows the release, and leaves a model deactivated', async () => {
    const { platformModels } = schema;
    const slug = 'x-ai/grok-4';
    await test.database.db.update(platformModels).set({ active: false, inputCostPerToken: '1' }).where(eq(platformModels.slug, slug));
    const before = await selectPlatformModels(test.database.db);
    await seedPlatformModels(test.database);
    const after = await selectPlatformModels(test.database.db);
    expect(after.find((row) => row.slug === slug)).toMatchObject({ active: false, inputCostPerToken: '0.000003' });
    const untouched = (rows: typeof after) => rows.filter((row) => row.slug !== slug);
    expect(untouched(after)).toEqual(untouched(before));
  });
});
