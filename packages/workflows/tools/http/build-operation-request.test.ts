import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/start-weather-service.ts';
import { ArgumentError, buildOperationRequest } from './build-operation-request.ts';
import { listOperations } from './list-operations.ts';
import { type Operation, operationSchema } from './operation.ts';
import { readDocument } from './read-document.ts';

const base = 'https://api.acme.test/v1';
const found = listOperations(readDocument(JSON.stringify(documentOf(base))));
function operationOf(name: string): Operation {
  return operationSchema.parse(found.tools.find((tool) => tool.name === name)?.operation);
}
const parameter = { argument: 'x', name: 'x', in: 'query', explode: true, deep: false } as const;
const withParameter = (part: Partial<Operation['parameters'][number]>): Operation => ({
  method: 'GET',
  path: '/a',
  parameters: [{ ...parameter, ...part }],
  body: null,
});

describe('buildOperationRequest', () => {
  it('puts every argument where its parameter stands', () => {
    expect(buildOperationRequest(base, operationOf('getWeather'), { city: 'São Paulo/Sé', days: 3, 'X-Unit': 'C', extra: 1 })).toEqual({
      method: 'GET',
      url: `${base}/weather/S%C3%A3o%20Paulo%2FS%C3%A9?days=3`,
      headers: { accept: expect.any(String), 'x-unit': 'C' },
    });
    expect(buildOperationRequest(base, operationOf('send_report'), { body: { text: 'Hi' } })).toMatchObject({
      method: 'POST',
      url: `${base}/reports`,
      headers: { 'content-type': 'application/json' },
      body: '{"text":"Hi"}',
    });
  });

  it.each([
    [{}, [1, 2], '?x=1&x=2'],
    [{ explode: false }, [1, 2], '?x=1%2C2'],
    [{ deep: true }, { a: 1, b: { c: 2 } }, '?x%5Ba%5D=1&x%5Bb%5D=%7B%22c%22%3A2%7D'],
    [{}, { a: 1 }, '?a=1'],
    [{}, true, '?x=true'],
    [{}, null, ''],
  ] as const)('writes a query as the document says: %j %j', (part, value, search) => {
    expect(buildOperationRequest(base, withParameter(part), { x: value }).url).toBe(`${base}/a${search}`);
  });

  it.each([
    [{ city: '..' }, 'cannot be'],
    [{ city: '' }, 'required'],
    [{}, 'required'],
  ])('goes nowhere else: %j', (args, words) => {
    const build = () => buildOperationRequest(base, operationOf('getWeather'), args);
    expect(build).toThrow(ArgumentError);
    expect(build).toThrow(words);
  });

  it('keeps to the service though the document does not', () => {
    const outside = { ...withParameter({}), path: '/../../admin' };
    expect(() => buildOperationRequest(base, outside, {})).toThrow('lead out of the service');
  });

  it('takes no line breaks into a header', () => {
    expect(() => buildOperationRequest(base, withParameter({ in: 'header' }), { x: 'a\r\nx-evil: 1' })).toThrow(ArgumentError);
  });
});
