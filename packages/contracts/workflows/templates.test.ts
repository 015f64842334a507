import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookUp, placeVariables, renderTemplate, renderValue, type TemplateScope, variablesOf } from './templates.ts';

const scope: TemplateScope = {
  input: { ticket: 'It {{input.secret}} broke', count: 3, secret: 'hidden' },
  steps: { classify: { output: { label: 'bug', tags: ['a', 'b'] } } },
};

describe('templates', () => {
  it('puts values in, text as it is and everything else as JSON', () => {
    expect(renderTemplate('{{ input.count }}: {{steps.classify.output.label}} {{steps.classify.output.tags}}', scope)).toBe(
      '3: bug ["a","b"]',
    );
  });

  it('never looks for variables in what was put in', () => {
    expect(renderTemplate('{{input.ticket}}', scope)).toBe('It {{input.secret}} broke');
  });

  it('puts nothing in for what is absent', () => {
    expect(renderTemplate('<{{input.none}}{{steps.gone.output}}>', scope)).toBe('<>');
  });

  it('keeps the type of one variable alone', () => {
    expect(renderValue(' {{input.count}} ', scope)).toBe(3);
    expect(renderValue('{{steps.classify.output}}', scope)).toEqual({ label: 'bug', tags: ['a', 'b'] });
    expect(renderValue('n={{input.count}}', scope)).toBe('n=3');
    expect(renderValue('{{input.none}}', scope)).toBeNull();
  });

  it.each(['constructor', '__proto__', 'input.__proto__.x', 'steps.classify.output.tags.length.constructor', 'input.ticket.length'])(
    'sees own properties only: %s',
    (path) => {
      expect(lookUp(scope, path.split('.'))).toBeUndefined();
    },
  );

  it('places each variable, braces included', () => {
    const template = 'Hi {{input.a}}, {{ input.a }}{{steps.b.output}} {{not a variable}}';
    const placed = placeVariables(template);
    expect(placed.map(({ from, to }) => template.slice(from, to))).toEqual(['{{input.a}}', '{{ input.a }}', '{{steps.b.output}}']);
    expect(placed.map(({ variable }) => variable)).toEqual(['input.a', 'input.a', 'steps.b.output']);
  });

  it('names each variable once', () => {
    expect(variablesOf('{{input.a}} {{ input.a }} {{steps.b.output.c}} {{not a variable}} {{}}')).toEqual(['input.a', 'steps.b.output.c']);
  });

  it('leaves text without variables as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => renderTemplate(text, scope) === text,
      ),
    );
  });
});
