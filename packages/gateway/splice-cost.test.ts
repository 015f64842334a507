import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCost, addStreamCost } from './splice-cost.ts';

const prices = { input: '0.000001', output: '0.000002', cacheRead: null, cacheWrite: null };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('addCost', () => {
  it('adds nothing but the cost, whatever else the answer holds', () => {
    const member = fc.record({ usage: fc.jsonValue(), note: fc.string({ unit: 'grapheme' }) });
    fc.assert(
      fc.property(member, member, fc.nat(), fc.nat(), (before, after, promptTokens, completionTokens) => {
        const usage = { prompt_tokens: promptTokens, completion_tokens: completionTokens, details: { note: '"usage":{}}' } };
        const answer = JSON.stringify({ before, choices: [{ message: { content: '"usage":{"prompt_tokens":1}' } }], usage, after });
        const priced = text(addCost(Buffer.from(answer), usage, '0.00012'));
        expect(JSON.parse(priced)).toEqual({ ...JSON.parse(answer), usage: { ...usage, cost: 0.00012 } });
        expect(priced.replace(',"cost":0.00012}', '}')).toBe(answer);
      }),
    );
  });

  it('keeps the digits and the spaces of the rest', () => {
    const answer = '{ "usage" : { "prompt_tokens":1.0 , "cost" : 9e-9 , "x":[1.50] } , "z":1E2}';
    const usage = (JSON.parse(answer) as { usage: object }).usage;
    expect(text(addCost(Buffer.from(answer), usage, '0.25'))).toBe(answer.replace('9e-9', '0.25'));
    expect(text(addCost(Buffer.from('{"usage":{}}'), {}, '1'))).toBe('{"usage":{"cost":1}}');
  });

  it('leaves an answer alone whose usage it cannot find', () => {
    const answer = Buffer.from('{"usage":null}');
    expect(addCost(answer, { prompt_tokens: 1 }, '1')).toBe(answer);
  });
});

describe('addStreamCost', () => {
  it('prices each usage among the events, and touches nothing else', () => {
    const events = [
      'data: {"choices":[{"delta":{"content":"\\"usage\\":{\\"prompt_tokens\\":5}"}}],"usage":null}\n\n',
      'data: {"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":10}}\n\n',
      'data: {"choices":[],"usage":{"prompt_tokens":200,"completion_tokens":20,"cost":7}}\n\n',
      'data: [DONE]\n\n',
    ].join('');
    const expected = events
      .replace('"completion_tokens":10', '"completion_tokens":10,"cost":0.00012')
      .replace('"cost":7', '"cost":0.00024');
    expect(text(addStreamCost(Buffer.from(events), prices))).toBe(expected);
  });

  it('leaves usage alone that tells its cost twice', () => {
    const usage = '{"prompt_tokens":1,"completion_tokens":1,"cost":1,"cost":2}';
    const events = `data: {"usage":${usage}}\n\n`;
    expect(text(addStreamCost(Buffer.from(events), prices))).toBe(events);
    const answer = `{"usage":${usage}}`;
    expect(text(addCost(Buffer.from(answer), JSON.parse(usage), '0.5'))).toBe(answer);
  });

  it.each(['{"prompt_tokens":-1,"completion_tokens":1}', '{"prompt_tokens":"1","completion_tokens":1}', '{}', '{"prompt_tokens":1', '[1]'])(
    'leaves %s alone',
    (usage) => {
      const events = `data: {"usage":${usage}}\n\n`;
      expect(text(addStreamCost(Buffer.from(events), prices))).toBe(events);
    },
  );
});
