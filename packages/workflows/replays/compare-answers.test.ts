import type { ReplayAnswer } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { fitsSchema, sameText, sameToolCalls } from './compare-answers.ts';

const said = (text: string): ReplayAnswer => ({ text, tool_calls: [] });
const called = (...calls: readonly (readonly [name: string, given: string])[]): ReplayAnswer => ({
  text: '',
  tool_calls: calls.map(([name, given]) => ({ name, arguments: given })),
});
const messages = [{ role: 'user' as const, content: 'Hi' }];
const schema = { type: 'object', properties: { label: { enum: ['bug', 'idea'] } }, required: ['label'] };
const asked = { messages, response_format: { type: 'json_schema', json_schema: { name: 'label', schema } } };

describe('an answer is the JSON that was asked for', () => {
  it.each([
    ['{"label":"bug"}', true],
    ['{"label":"chore"}', false],
    ['{}', false],
    ['```json\n{"label":"bug"}\n```', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(fitsSchema(asked, said(text))).toBe(expected);
  });

  it('any object where only JSON was asked for; nothing where it was not, or where a tool is called', () => {
    const json = { messages, response_format: { type: 'json_object' } };
    expect([fitsSchema(json, said('{"a":1}')), fitsSchema(json, said('7')), fitsSchema(json, said('no'))]).toEqual([true, false, false]);
    expect(fitsSchema({ messages }, said('{}'))).toBe(null);
    expect(fitsSchema({ messages, response_format: { type: 'text' } }, said('{}'))).toBe(null);
    expect(fitsSchema(asked, called(['look', '{}']))).toBe(null);
  });
});

describe('calls of tools', () => {
  it('are the same by name, order and value of the arguments', () => {
    const one = called(['find', '{"city":"Rome","days":2}'], ['book', '{}']);
    expect(sameToolCalls(one, called(['find', '{ "days": 2, "city": "Rome" }'], ['book', '{}']))).toBe(true);
    expect(sameToolCalls(one, called(['book', '{}'], ['find', '{"city":"Rome","days":2}']))).toBe(false);
    expect(sameToolCalls(one, called(['find', '{"city":"Rom","days":2}'], ['book', '{}']))).toBe(false);
    expect(sameToolCalls(called(['find', 'broken']), called(['find', 'broken']))).toBe(true);
    expect(sameToolCalls(one, said('No tool'))).toBe(false);
    expect(sameToolCalls(said('a'), said('b'))).toBe(null);
  });
});

describe('texts', () => {
  it('are the same but for white space around them, and for the spelling of JSON', () => {
    expect(sameText(said(' yes\n'), said('yes'))).toBe(true);
    expect(sameText(said('yes'), said('Yes'))).toBe(false);
    expect(sameText(said('{"a":1,"b":[2]}'), said('{ "b": [2], "a": 1 }'))).toBe(true);
    expect(sameText(said('{"a":1}'), said('{"a":2}'))).toBe(false);
  });
});
