import { startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeKey, hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { postChat } from './__fixtures__/post-chat.ts';

let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand.close());

describe('a new secret', () => {
  it.each([false, true])('that is refused makes room for the old one before the caller notices (stream: %s)', async (stream) => {
    const slug = await stand.addModel(`Refused ${stream}`);
    await stand.gateway.replaceSecret(slug, 'sk-nobody-knows-this-one');
    const answer = await postChat(stand.gateway.url, { model: slug, messages: hello, stream });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-pipelines-attempts']).toBe('2');
    const attempts = await stand.gateway.attemptsOf(slug);
    expect(attempts.map(({ status, cause }) => [status, cause])).toEqual([
      ['succeeded', null],
      ['failed', 'bad_key'],
    ]);
    await expect.poll(async () => (await stand.gateway.credentialOf(slug)).status).toBe('returned');
    const next = await postChat(stand.gateway.url, { model: slug, messages: hello, stream });
    expect(next.headers['x-pipelines-attempts']).toBe('1');
  });

  it('that works stays, and the old one goes', async () => {
    const open = await startFakeOpenAi({ variant: 'vllm', apiKey: null });
    const connection = {
      provider: 'openai-compatible',
      auth_kind: 'api_key',
      base_url: open.baseUrl,
      provider_model_id: 'llama-3',
    } as const;
    const slug = await stand.gateway.addModel({ ...connection, credential: { api_key: fakeKey } }, 'Works');
    await stand.gateway.replaceSecret(slug, 'sk-the-next-one-0123456789');
    expect((await stand.gateway.credentialOf(slug)).status).toBe('trying');
    expect((await postChat(stand.gateway.url, { model: slug, messages: hello })).status).toBe(200);
    expect(open.requests.at(-1)?.headers.authorization).toBe('Bearer sk-the-next-one-0123456789');
    await expect.poll(async () => (await stand.gateway.credentialOf(slug)).trial).toBeNull();
    await open.close();
  });

  it('is not blamed for another failure', async () => {
    const open = await startFakeOpenAi({ variant: 'vllm', apiKey: null, state: 'running' });
    const connection = {
      provider: 'openai-compatible',
      auth_kind: 'api_key',
      base_url: open.baseUrl,
      provider_model_id: 'llama-3',
    } as const;
    const slug = await stand.gateway.addModel({ ...connection, credential: { api_key: fakeKey } }, 'Paused');
    await stand.gateway.replaceSecret(slug, 'sk-not-to-blame-0123456789');
    open.setState('paused');
    expect((await postChat(stand.gateway.url, { model: slug, messages: hello })).status).toBeGreaterThan(399);
    expect((await stand.gateway.attemptsOf(slug))[0]).toMatchObject({ status: 'failed' });
    expect((await stand.gateway.credentialOf(slug)).status).toBe('trying');
    await open.close();
  });
});
