import { expect, it } from 'vitest';
import { readExport } from './read-export.ts';
import { ticketGraph } from './starters/sort-tickets.ts';

const graph = ticketGraph('tiny');

it('reads an export with its name, and a graph alone', () => {
  expect(readExport(JSON.stringify({ name: 'Triage', graph }))).toEqual({ name: 'Triage', graph, error: null });
  expect(readExport(JSON.stringify(graph))).toEqual({ name: null, graph, error: null });
});

it('says what is wrong with anything else', () => {
  expect(readExport('hello').error).toBe('The file is not JSON.');
  const broken = { name: 'Triage', graph: { ...graph, steps: [{ ...graph.steps[0], title: '' }] } };
  expect(readExport(JSON.stringify(broken)).error).toContain('graph.steps.0.title');
});
