import { checkGraph, type Graph, graphSchema } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { emptyGraph } from '../list/starters/empty-graph.ts';
import { ticketGraph } from '../list/starters/sort-tickets.ts';
import { starters } from '../list/starters/starters.ts';
import { copySteps, pasteSteps, readGraph } from './clipboard.ts';
import { addStep, connect, disconnect, removeSteps, renameInputField, renameRoute, renameStep, replaceStep } from './edit-graph.ts';
import { newStep } from './new-step.ts';

const edges = (graph: Graph) => graph.edges.map((edge) => `${edge.from}.${edge.port}>${edge.to}`);
const ticket = ticketGraph('tiny');

describe('the graphs to start from', () => {
  it.each(starters)('$title is whole and has no problem', ({ make }) => {
    const graph = make('any');
    expect(graphSchema.safeParse(graph).success).toBe(true);
    expect(checkGraph(graph)).toEqual([]);
  });
});

describe('addStep', () => {
  it('comes between a step and what follows it', () => {
    const graph = addStep(emptyGraph(), newStep('llm', emptyGraph(), 'tiny'), 'start');
    expect(edges(graph)).toEqual(['start.next>llm', 'llm.next>end']);
  });

  it('leads on by the default of a gate, by the pass of a review', () => {
    expect(edges(addStep(emptyGraph(), newStep('gate', emptyGraph(), null), 'start'))).toContain('gate.default>end');
    expect(edges(addStep(emptyGraph(), newStep('review', emptyGraph(), null), 'start'))).toContain('review.pass>end');
  });

  it('comes after what has passed a review, on the free route of a gate, else on its default', () => {
    const add = (graph: Graph, after: string) => edges(addStep(graph, newStep('llm', graph, null), after));
    expect(add(disconnect(ticket, { from: 'review', port: 'fail', to: 'reply' }), 'review')).toContain('review.pass>llm');
    expect(add(disconnect(ticket, { from: 'kind', port: 'needs_reply', to: 'reply' }), 'kind')).toContain('kind.needs_reply>llm');
    expect(add(ticket, 'kind')).toContain('kind.default>llm');
  });

  it('leads a new review back to what it reviews', () => {
    expect(edges(addStep(ticket, newStep('review', ticket, null), 'classify'))).toContain('review_2.fail>classify');
    expect(edges(addStep(emptyGraph(), newStep('review', emptyGraph(), null), 'start'))).not.toContain('review.fail>start');
  });

  it('stands alone after nothing and after the end, and never takes a name twice', () => {
    const alone = addStep(emptyGraph(), newStep('llm', emptyGraph(), null), 'end');
    expect(edges(alone)).toEqual(['start.next>end']);
    expect(newStep('llm', alone, null).name).toBe('llm_2');
  });
});

describe('removeSteps', () => {
  it('heals over a step with one way out', () => {
    expect(edges(removeSteps(ticket, ['classify']))).toContain('start.next>kind');
  });

  it('keeps the one start and the one end', () => {
    expect(removeSteps(ticket, ['start', 'end'])).toEqual(ticket);
  });

  it('leaves no connection of a removed gate', () => {
    expect(edges(removeSteps(ticket, ['kind'])).some((edge) => edge.includes('kind'))).toBe(false);
  });
});

describe('connections', () => {
  it('are made once, never into the start nor to oneself', () => {
    const edge = { from: 'classify', port: 'next', to: 'review' };
    const once = connect(ticket, edge);
    expect(once.edges).toHaveLength(ticket.edges.length + 1);
    expect(connect(once, edge)).toBe(once);
    expect(connect(ticket, { ...edge, to: 'start' })).toBe(ticket);
    expect(connect(ticket, { ...edge, to: 'classify' })).toBe(ticket);
  });

  it('go with the route that they leave by', () => {
    const gate = ticket.steps.find((step) => step.kind === 'gate');
    if (gate?.kind !== 'gate') throw new Error('no gate');
    expect(edges(replaceStep(ticket, { ...gate, config: { routes: [] } }))).not.toContain('kind.needs_reply>reply');
  });
});

describe('names', () => {
  it('change in connections and templates alike, and nothing breaks', () => {
    const renamed = renameRoute(
      renameInputField(renameStep(ticket, 'classify', 'sort'), 'ticket', 'mail'),
      'kind',
      'needs_reply',
      'answer',
    );
    expect(checkGraph(renamed)).toEqual([]);
    expect(JSON.stringify(renamed)).not.toMatch(/classify\.|input\.ticket|needs_reply/);
  });

  it('of a longer name stay', () => {
    const other = renameStep(renameStep(ticket, 'reply', 'classify_2'), 'classify', 'sort');
    expect(JSON.stringify(other)).toContain('{{steps.classify_2.output}}');
  });
});

describe('copy and paste', () => {
  it('brings steps in under free names that speak of each other', () => {
    const { graph, names } = pasteSteps(ticket, copySteps(ticket, ['start', 'classify', 'reply']));
    expect(names).toEqual(['classify_2', 'reply_2']);
    const reply = graph.steps.find((step) => step.name === 'reply_2');
    expect(reply?.kind === 'llm' && reply.config.user_prompt).toContain('{{steps.classify_2.output}} ticket');
    expect(graphSchema.safeParse(graph).success).toBe(true);
  });

  it('keeps the connections among them', () => {
    const { graph } = pasteSteps(ticket, copySteps(ticket, ['reply', 'review']));
    expect(edges(graph)).toContain('review_2.fail>reply_2');
  });

  it('reads nothing out of other text', () => {
    expect(readGraph('hello')).toBeNull();
    expect(readGraph('{"steps":1}')).toBeNull();
    expect(readGraph(JSON.stringify(ticket))).toEqual(ticket);
  });
});
