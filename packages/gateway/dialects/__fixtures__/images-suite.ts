import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAdmission, PipelinesError, unlimitedCall } from '@pipelines/contracts';
import { createEgress, createEgressPolicy } from '@pipelines/egress';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, pixel } from '../../__fixtures__/open-protocol-stand.ts';
import { fetchImage } from '../../images/fetch-image.ts';

const png = Buffer.from(pixel, 'base64');

/** Images at addresses, before providers that want their bytes. */
export function describeImages(openStand: () => ProtocolStand): void {
  describe('images at addresses', () => {
    let server: Server;
    let origin: string;
    /** Paths that were asked for, and how many of them were not waited for. */
    let asked: string[] = [];
    let left = 0;
    beforeAll(async () => {
      server = createServer(({ url = '' }, response) => {
        asked.push(url);
        if (url === '/slow') response.on('close', () => (left += 1));
        else if (url === '/large') response.end(Buffer.alloc(6 * 1024 * 1024));
        else if (url === '/page') response.writeHead(200, { 'content-type': 'image/png' }).end('<html>canary</html>');
        else if (url === '/moved') response.writeHead(302, { location: '/cat.png' }).end();
        else response.writeHead(url === '/cat.png' ? 200 : 404).end(png);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => void server.close());

    const ask = (slug: string, path: string, signal?: AbortSignal) => {
      const content = [
        { type: 'image_url', image_url: { url: `${origin}${path}` } },
        { type: 'text', text: 'What is it?' },
      ];
      const body = JSON.stringify({ model: slug, messages: [{ role: 'user', content }] });
      return fetch(`${openStand().gateway.url}/chat/completions`, { method: 'POST', body, ...(signal && { signal }) });
    };
    const count = (slug: string, path: string) => {
      const content = [{ type: 'image', source: { type: 'url', url: `${origin}${path}` } }];
      const body = JSON.stringify({ model: slug, messages: [{ role: 'user', content }] });
      return fetch(`${openStand().gateway.url}/messages/count_tokens`, { method: 'POST', body });
    };

    it.each(['bedrock-converse', 'gemini-generate', 'anthropic-messages'] as const)('are fetched for a model of %s', async (protocol) => {
      const answer = await ask(openStand().slugs[protocol], '/cat.png');
      expect(answer.status).toBe(200);
      expect(JSON.stringify(openStand().lastRequest(protocol)?.body)).toContain(pixel);
    });

    it('are fetched for a model that stands in, and for nobody where one of them cannot be had', async () => {
      const stand = openStand();
      const askFading = async (name: string, path: string) => {
        const fading = await stand.addModel('openai-chat', name);
        stand.answerOnce('openai-chat', { status: 401, body: '{}' });
        stand.gateway.fallBackTo([stand.slugs['bedrock-converse']]);
        return ask(fading, path).finally(() => stand.gateway.fallBackTo(undefined));
      };
      const answer = await askFading('Fading', '/cat.png');
      expect([answer.status, answer.headers.get('x-pipelines-model')]).toEqual([200, stand.slugs['bedrock-converse']]);
      expect(JSON.stringify(stand.lastRequest('bedrock-converse')?.body)).toContain(pixel);
      const refused = await askFading('Faded', '/gone');
      expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([502, 'upstream_error']);
    });

    it('are fetched only for a call that the limits let out, and what is held for it is let go of where they cannot be had', async () => {
      const { gateway, slugs } = openStand();
      const held: string[] = [];
      const admitted = { ...unlimitedCall, settle: () => held.push('settled'), end: () => held.push('ended') };
      const admit = () => {
        held.push(`admitted after ${asked.length}`);
        return admitted;
      };
      asked = [];
      gateway.admitBy({
        admit: () => {
          throw new PipelinesError('rate_limited', { retryAfterSeconds: 9 });
        },
      });
      expect((await ask(slugs['bedrock-converse'], '/cat.png')).status).toBe(429);
      expect((await ask(slugs['bedrock-converse'], '/gone')).status).toBe(429);
      expect((await count(slugs['anthropic-messages'], '/cat.png')).status).toBe(429);
      expect(asked).toEqual([]);
      gateway.admitBy({ admit });
      expect((await ask(slugs['bedrock-converse'], '/gone')).status).toBe(400);
      expect([held, asked]).toEqual([['admitted after 0', 'ended'], ['/gone']]);
      gateway.admitBy(openAdmission);
    });

    it('are fetched once for all attempts of a call', async () => {
      const { gateway, slugs, answerOnce } = openStand();
      asked = [];
      answerOnce('bedrock-converse', { status: 503, body: '{}' });
      gateway.fallBackTo([slugs['gemini-generate']]);
      expect((await ask(slugs['bedrock-converse'], '/cat.png')).status).toBe(200);
      gateway.fallBackTo(undefined);
      expect(asked).toEqual(['/cat.png']);
    });

    it('are not waited for once the caller has gone', async () => {
      const { gateway, slugs } = openStand();
      asked = [];
      const gone = new AbortController();
      const answer = ask(slugs['bedrock-converse'], '/slow', gone.signal).catch(() => 'gone');
      await expect.poll(() => asked).toEqual(['/slow']);
      const before = await gateway.attemptsOf(slugs['bedrock-converse']);
      gone.abort();
      expect(await answer).toBe('gone');
      await expect.poll(() => left, { timeout: 5_000 }).toBe(1);
      expect(await gateway.attemptsOf(slugs['bedrock-converse'])).toEqual(before);
    });

    it('are left to a provider that opens them itself', async () => {
      expect((await ask(openStand().slugs['openai-chat'], '/cat.png')).status).toBe(200);
      expect(JSON.stringify(openStand().lastRequest('openai-chat')?.body)).toContain(`${origin}/cat.png`);
    });

    it.each([
      ['/gone', 'is not there'],
      ['/page', 'is no PNG, JPEG, GIF or WebP'],
      ['/large', 'is larger than 5 MB'],
      ['/moved', 'could not be fetched'],
    ])('that cannot be had are told clearly: %s', async (path, why) => {
      const answer = await ask(openStand().slugs['bedrock-converse'], path);
      expect(answer.status).toBe(400);
      const { error } = (await answer.json()) as { error: { message: string; param: string } };
      expect(error).toMatchObject({ code: 'invalid_request', param: 'messages[0].content[0]' });
      expect(error.message).toContain(why);
      expect(error.message).not.toMatch(/canary|127/);
    });

    it('are fetched from public hosts only', async () => {
      const policy = createEgressPolicy({ mode: 'server', allow: [], operatorTargets: [] });
      const imageEgress = createEgress({ policy, log: () => {} });
      const where = { field: 'messages[0].content[0]', organizationId: 'o', signal: AbortSignal.timeout(10_000) };
      for (const url of [
        `${origin}/cat.png`,
        'http://169.254.169.254/latest',
        'https://10.0.0.1/x.png',
        'https://[::1]/x.png',
        'http://example.com/x.png',
      ]) {
        await expect(fetchImage({ imageEgress }, url, where)).rejects.toThrow('at an address that this server fetches nothing from');
      }
      await imageEgress.close();
    });
  });
}
