import { routes } from '@pipelines/contracts';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem, callApi, fillAddress } from './api-client.ts';

afterEach(() => vi.unstubAllGlobals());

function answerWith(response: Response) {
  const fetch = vi.fn(async (_address: string, _init: RequestInit) => response);
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

it('encodes the slash of a platform slug', () => {
  expect(fillAddress('/api/models/{slug}', { slug: 'openai/gpt-5.4' })).toBe('/api/models/openai%2Fgpt-5.4');
});

it('leaves absent and empty filters out of the address', () => {
  expect(fillAddress('/api/models', {}, { kind: 'custom', search: '', status: undefined, limit: 50 })).toBe(
    '/api/models?kind=custom&limit=50',
  );
});

it('sends the body as JSON and gives the checked answer', async () => {
  const known = { organization_name: 'Acme', default_model: null, content_retention_days: null };
  const fetch = answerWith(Response.json({ ...known, unknown_field: 1 }));
  const settings = await callApi(routes.updateSettings, { body: { organization_name: 'Acme' } });
  expect(settings).toEqual(known);
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'PATCH', body: '{"organization_name":"Acme"}' });
});

it('gives nothing for an empty answer', async () => {
  answerWith(new Response(null, { status: 204 }));
  expect(await callApi(routes.signOut)).toBeUndefined();
});

it('throws the problem in the words of the server', async () => {
  const problem = {
    type: 'about:blank',
    title: 'The request is not valid.',
    status: 400,
    detail: 'Two fields are wrong.',
    code: 'invalid_request',
    fix: 'Correct them.',
    errors: [{ field: 'email', message: 'Not an email address' }],
    request_id: 'req_1',
  };
  answerWith(Response.json(problem, { status: 400 }));
  const error = await callApi(routes.signIn, { body: { email: 'x', password: 'y' } }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({
    code: 'invalid_request',
    status: 400,
    detail: 'Two fields are wrong.',
    fix: 'Correct them.',
    request_id: 'req_1',
  });
  expect((error as ApiProblem).errors).toEqual([{ field: 'email', message: 'Not an email address' }]);
});

it('never shows the words of a proxy in between', async () => {
  answerWith(new Response('<html>upstream secret</html>', { status: 502, headers: { 'x-request-id': 'req_2' } }));
  const error = await callApi(routes.getSession).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unreadable_answer', status: 502, request_id: 'req_2' });
  expect((error as ApiProblem).message).not.toContain('upstream');
});

it('says so when an answer has another shape than the contract', async () => {
  answerWith(Response.json({ needed: 'yes' }));
  await expect(callApi(routes.getSetup)).rejects.toMatchObject({ code: 'unreadable_answer' });
});

it('tells an unreachable server from a canceled call', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')));
  await expect(callApi(routes.getSetup)).rejects.toMatchObject({ code: 'network', status: 0 });
  const canceled = AbortSignal.abort();
  await expect(callApi(routes.getSetup, { signal: canceled })).rejects.toBeInstanceOf(TypeError);
});
