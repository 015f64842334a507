import type { InputField } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { readForm, readTasks } from './read-tasks.ts';

describe('readTasks', () => {
  const ticket = { ticket: 'It broke' };
  it.each([
    ['one input', ticket],
    ['an array of inputs', [ticket]],
    ['the body of the API', { tasks: [{ input: ticket }] }],
    ['a task', { input: ticket }],
  ])('takes %s', (_, value) => {
    expect(readTasks(JSON.stringify(value)).tasks).toEqual([{ input: ticket }]);
  });

  it('keeps the names of the caller', () => {
    expect(readTasks('[{"input":{"a":1},"external_id":"x"}]').tasks).toEqual([{ input: { a: 1 }, external_id: 'x' }]);
  });

  it.each([
    ['{', /Not JSON/],
    ['[]', /tasks/],
    ['[1]', /tasks\.0\.input/],
    [JSON.stringify(Array.from({ length: 5_001 }, () => ({ a: 1 }))), /tasks/],
  ])('refuses %.20s', (text, message) => {
    expect(readTasks(text).error).toMatch(message);
  });
});

describe('readForm', () => {
  const field = (name: string, type: InputField['type'], required = true): InputField => ({ name, type, required, description: '' });
  const fields = [field('ticket', 'text'), field('count', 'number'), field('urgent', 'boolean'), field('extra', 'json', false)];

  it('gives each value its type', () => {
    expect(readForm(fields, { ticket: 'Hi', count: '2.5', urgent: 'true', extra: '{"a":1}' })).toEqual({
      input: { ticket: 'Hi', count: 2.5, urgent: true, extra: { a: 1 } },
      errors: {},
    });
  });

  it('names what is missing or wrong, and leaves out what is optional', () => {
    expect(readForm(fields, { count: 'many' })).toEqual({ input: { urgent: false }, errors: { ticket: 'Required', count: 'A number' } });
    expect(readForm(fields, { ticket: 'a', count: '1', extra: '{' }).errors).toEqual({ extra: 'Not JSON' });
  });
});
