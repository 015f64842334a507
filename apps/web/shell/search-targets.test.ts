import { expect, it } from 'vitest';
import { findTargets, keepFitting } from './search-targets.ts';

const nothing = { models: [], workflows: [] };
const workflow = { id: '01a2', name: 'Sort tickets' };
const model = { slug: 'acme-llama', display_name: 'Acme Llama' };

it('offers only the pages that the member may open', () => {
  const names = findTargets('', ['models:read', 'usage:read'], nothing).flatMap((group) => group.items.map((item) => item.name));
  expect(names).toEqual(['Models', 'Log', 'Usage']);
});

it('matches pages by name, and keeps what the server found', () => {
  const groups = findTargets('us', ['models:read', 'usage:read'], { models: [model], workflows: [workflow] });
  expect(groups.map((group) => [group.label, group.items.map((item) => item.name)])).toEqual([
    ['Pages', ['Usage']],
    ['Models', ['Acme Llama']],
    ['Pipelines', ['Sort tickets']],
  ]);
});

it('keeps of what was found for the text before only what fits the present one', () => {
  const found = { models: [model, { slug: 'fast', display_name: 'Small Qwen' }], workflows: [workflow] };
  expect(keepFitting(found, ' Qwen ')).toEqual({ models: [{ slug: 'fast', display_name: 'Small Qwen' }], workflows: [] });
  expect(keepFitting(found, 'acme-')).toEqual({ models: [model], workflows: [] });
  expect(keepFitting(found, 'tickets')).toEqual({ models: [], workflows: [workflow] });
});

it('has no empty groups', () => {
  expect(findTargets('zzz', ['models:read'], nothing)).toEqual([]);
});
