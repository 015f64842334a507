import { expect, it } from 'vitest';
import { findTargets } from './search-targets.ts';

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

it('has no empty groups', () => {
  expect(findTargets('zzz', ['models:read'], nothing)).toEqual([]);
});
