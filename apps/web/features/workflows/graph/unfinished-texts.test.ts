import type { Graph, Step } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { emptyGraph } from '../list/starters/empty-graph.ts';
import { renameStep, replaceStep } from './edit-graph.ts';
import { newStep } from './new-step.ts';
import { dropText, followRename, keepText, noTexts, standingTexts } from './unfinished-texts.ts';

const made = newStep('gate', emptyGraph(), null);
if (made.kind !== 'gate') throw new Error('No gate');
const condition = { value: '', json_path: '', operator: 'equals', operand: '' } as const;
const routed = (name: string): Step => ({ ...made, config: { routes: [{ name, match: 'all', conditions: [condition] }] } });
const gate = routed('route');
const graph: Graph = { ...emptyGraph(), steps: [...emptyGraph().steps, gate] };
const text = { step: gate.name, field: 'routes.0.name', text: 'Not a name', fault: 'Route: letters only' };
const kept = keepText(noTexts, graph, text);
const textsIn = (texts: typeof kept, where: Graph) => standingTexts(texts, where).map((each) => `${each.step} ${each.text}`);

it('keeps what is no value yet until it is one', () => {
  expect(textsIn(kept, graph)).toEqual([`${gate.name} Not a name`]);
  expect(textsIn(keepText(kept, graph, { ...text, text: 'Nor this' }), graph)).toEqual([`${gate.name} Nor this`]);
  expect(textsIn(dropText(kept, text), graph)).toEqual([]);
});

it('counts less than another value from outside, and is there again when that is taken back', () => {
  expect(textsIn(kept, replaceStep(graph, routed('elsewhere')))).toEqual([]);
  expect(textsIn(kept, emptyGraph())).toEqual([]);
  expect(textsIn(kept, graph)).toHaveLength(1);
});

it('goes along with a step that is named anew, and back again', () => {
  const renamed = followRename(kept, gate.name, 'chooser');
  expect(textsIn(renamed, renameStep(graph, gate.name, 'chooser'))).toEqual(['chooser Not a name']);
  expect(textsIn(renamed, graph)).toEqual([`${gate.name} Not a name`]);
});

it('stands for a field that is left out, too', () => {
  const cost = { ...text, field: 'max_tool_cost', text: '1,5 cents' };
  expect(textsIn(keepText(noTexts, graph, cost), graph)).toEqual([`${gate.name} 1,5 cents`]);
});
