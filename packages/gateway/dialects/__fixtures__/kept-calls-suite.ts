import type { Protocol } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, protocols } from '../../__fixtures__/open-protocol-stand.ts';
import { readKeptCall } from '../../kept-calls/read-kept-call.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } } };
const request = { messages: [{ role: 'user', content: 'How is Rome?' }], max_tokens: 100 };
const tools = [{ type: 'function', function: { name: 'weather', description: 'The weather.', parameters: schema } }];
/** The same question in each dialect. */
const asked: Readonly<Record<string, object>> = {
  '/chat/completions': { ...request, tools },
  '/messages': { ...request, tools: [{ name: 'weather', description: 'The weather.', input_schema: schema }] },
  '/responses': {
    input: 'How is Rome?',
    max_output_tokens: 100,
    store: false,
    tools: [{ type: 'function', name: 'weather', description: 'The weather.', parameters: schema }],
  },
};

/** Calls whose contents are kept: what was asked and answered is the same, whoever asked in which words. */
export function describeKeptCalls(openStand: () => ProtocolStand): void {
  describe('a kept call', () => {
    let stand: ProtocolStand;
    beforeAll(async () => {
      stand = openStand();
      await stand.gateway.keepContents(1);
    });
    afterAll(() => stand.gateway.keepContents(null));

    async function readNewest(slug: string) {
      const [row] = await stand.gateway.attemptsOf(slug);
      await stand.gateway.contents.flush();
      const { request: sent, answer } = await stand.gateway.contents.read(stand.gateway.principal, row?.id ?? '');
      return readKeptCall(sent.text, answer?.text ?? '');
    }

    const post = async (path: string, body: object) => {
      const answer = await fetch(`${stand.gateway.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
      await answer.arrayBuffer();
      return answer.status;
    };

    const kinds = Object.keys(asked).flatMap((path) => [false, true].map((stream) => ({ path, stream })));
    it.each(kinds)('by $path, streamed: $stream, is read as a chat', async ({ path, stream }) => {
      for (const slug of [...protocols.map((protocol) => stand.slugs[protocol]), stand.openai.slug]) {
        const protocol = protocols.find((one) => stand.slugs[one] === slug);
        const script = { toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }] };
        if (protocol === undefined) stand.openai.fake.answerOnce(script, { chunks: ['All ', 'is well.'] });
        else stand.answerOnce(protocol, script, { chunks: ['All ', 'is well.'] });
        const body = { model: slug, ...asked[path], stream };
        expect(await post(path, body)).toBe(200);
        const called = await readNewest(slug);
        expect(called?.answer, slug).toEqual({ text: '', toolCalls: [{ name: 'weather', arguments: '{"city":"Rome"}' }] });
        expect(called?.request, slug).toMatchObject({ model: slug, ...request, tools });
        expect(await post(path, body)).toBe(200);
        expect((await readNewest(slug))?.answer, slug).toEqual({ text: 'All is well.', toolCalls: [] });
      }
    });

    it.each(['/chat/completions', '/messages', '/responses'])('by %s that broke off is none', async (path) => {
      const slug = stand.slugs['anthropic-messages'];
      stand.answerOnce('anthropic-messages', { chunks: ['One ', 'two ', 'three'], breakAfterChunks: 2, chunkDelayMs: 5 });
      expect(await post(path, { model: slug, ...asked[path], stream: true })).toBe(200);
      expect(await readNewest(slug)).toBeNull();
    });

    it('that only its own provider understands is none', async () => {
      const slug = stand.slugs['anthropic-messages' satisfies Protocol];
      const search = [{ type: 'web_search_20250305', name: 'web_search' }];
      expect(await post('/messages', { model: slug, ...request, tools: search })).toBe(200);
      expect(await readNewest(slug)).toBeNull();
    });

    it.each(['', '{}', '[]', 'data: {}', '{"object":"list","data":[]}', '{"type":"message"}', 'event: x\ndata: {\n\n'])(
      'with the answer %j is none',
      (answer) => {
        expect(readKeptCall(JSON.stringify({ model: 'a', ...request }), answer)).toBeNull();
      },
    );
  });
}
