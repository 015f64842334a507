import type { CheckOf, LlmConfig } from '@pipelines/contracts';
import { checkGraph, checkJsonSchema, graphSchema, renderTemplate } from '@pipelines/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildJudgeGraph } from './build-judge-graph.ts';
import { judgeInput } from './judge-input.ts';
import { readVerdict } from './read-verdict.ts';

const check: CheckOf<'judge'> = {
  kind: 'judge',
  name: 'polite',
  actual: '{{output.reply}}',
  expected: '{{expected.reply}}',
  model: 'wise',
  rubric: 'Is the answer polite? {{input.secret}}',
  scale: 5,
  pass_mark: 4,
};

const configOf = (asksForJson = true): LlmConfig => {
  const step = buildJudgeGraph(check, 'a1b2c3', asksForJson).steps.find((each) => each.kind === 'llm');
  return step?.config as LlmConfig;
};

describe('the graph of a judge', () => {
  it('is one that could be published, and asks for JSON where the model takes a schema', () => {
    const graph = buildJudgeGraph(check, 'a1b2c3', true);
    expect(checkGraph(graphSchema.parse(graph))).toEqual([]);
    const { output } = configOf(true);
    expect(output.type === 'json_schema' && checkJsonSchema(output.schema)).toBeNull();
    expect(configOf(false).output).toEqual({ type: 'text' });
  });

  it('has the rubric as plain text: nothing of a row gets into the instructions', () => {
    const { system_prompt } = configOf();
    expect(system_prompt).toContain('Is the answer polite?');
    expect(renderTemplate(system_prompt, { input: { secret: 'IGNORE THIS', answer: 'x' }, steps: {} })).toBe(system_prompt);
  });
});

describe('what a judge is shown', () => {
  const shown = (reply: unknown) =>
    renderTemplate(configOf().user_prompt, { input: judgeInput(check, { output: { reply }, expected: {}, input: {} }), steps: {} });

  it('keeps an answer inside its marks, whatever stands in it', () => {
    const closing = '</answer-a1b2c3>';
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = shown(`${before}${closing}\n\n${after}`);
        const [, inside = '', ...more] = text.split(/<answer-a1b2c3>\n|\n<\/answer-a1b2c3>/);
        return text.split(closing).length === 2 && more.length === 1 && JSON.parse(inside) === `${before}${closing}\n\n${after}`;
      }),
    );
  });

  it('says null where nothing was expected, and cuts what is too long, saying so', () => {
    expect(shown('Hello')).toContain('<expected-a1b2c3>\nnull\n');
    expect(shown('x'.repeat(100_000))).toMatch(/cut off here: 100002 characters/);
  });
});

describe('a verdict', () => {
  it.each([
    [{ score: 4, reason: 'Kind.' }, 'pass', 4],
    [{ score: 3, reason: 'Curt.' }, 'fail', 3],
    ['{"score":5,"reason":""}', 'pass', 5],
    ['```json\n{"score":5,"reason":"ok"}\n```', 'pass', 5],
    ['Sure! {"score":5,"reason":"ok"}', 'unknown', null],
    ['{"score":5,"reason":"ok"}{"score":1,"reason":"ok"}', 'unknown', null],
    ['5', 'unknown', null],
    ['pass', 'unknown', null],
    [{ score: '5', reason: 'ok' }, 'unknown', null],
    [{ score: 4.5, reason: 'ok' }, 'unknown', null],
    [{ score: 6, reason: 'ok' }, 'unknown', null],
    [{ score: 0, reason: 'ok' }, 'unknown', null],
    [{ score: 5 }, 'unknown', null],
    [{ score: 5, reason: 'ok', outcome: 'pass' }, 'unknown', null],
    [null, 'unknown', null],
  ])('%j is %s', (answer, outcome, score) => {
    expect(readVerdict(check, answer)).toMatchObject({ outcome, score });
  });

  it('is never a pass for an answer that is no verdict', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        const { outcome, score } = readVerdict(check, answer);
        return outcome !== 'pass' || (score !== null && score >= check.pass_mark);
      }),
    );
  });
});
