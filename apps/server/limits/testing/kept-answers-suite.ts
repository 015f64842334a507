import type { FakeOpenAi } from '@pipelines/providers/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../faults/testing/wait-until.ts';
import type { ApiClient, ApiResponse } from '../../testing/index.ts';

/** Servers with limits, and a model whose calls cost a cent. */
export interface LimitsStand {
  readonly upstream: FakeOpenAi;
  readonly slug: string;
  /** A program with a key of its own, at each of the servers. */
  addProgram(by?: ApiClient): Promise<{ readonly id: string; readonly at: readonly [ApiClient, ApiClient] }>;
  addModel(name: string): Promise<string>;
  setBudget(body: object, at: readonly ApiClient[]): Promise<unknown>;
  setLimit(body: object): Promise<void>;
  /** The admin in person. */
  signIn(): Promise<{ readonly person: ApiClient; readonly memberId: string }>;
}

const tenTokens = { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 };

/** Which limits hold for an answer that is given again. */
export function describeKeptAnswers(openStand: () => LimitsStand): void {
  describe('kept answers', () => {
    let stand: LimitsStand;
    beforeAll(() => {
      stand = openStand();
    });
    const cacheFor = { 'x-pipelines-cache': 'max-age=600' };
    const ask = (client: ApiClient, content: string, model = stand.slug) =>
      client.call('POST', '/v1/chat/completions', {
        body: { model, messages: [{ role: 'user', content }], max_tokens: 10 },
        headers: cacheFor,
      });

    it.each(['api_key', 'member', 'model', 'organization'] as const)('are calls of the minute of the %s', async (type) => {
      const { person, memberId } = await stand.signIn();
      const { id, at } = await stand.addProgram(person);
      const kept = await stand.addModel(`Kept ${type}`);
      const subject_id = { api_key: id, member: memberId, model: kept, organization: null }[type];
      await stand.setLimit({ subject_type: type, subject_id, requests_per_minute: 1_000 });
      const before = stand.upstream.requests.length;
      const miss = await ask(at[0], type, kept);
      expect([miss.status, miss.headers.get('x-pipelines-cache')]).toEqual([200, 'miss']);
      const limit = 1_003 - Number(miss.headers.get('x-ratelimit-remaining-requests'));
      await stand.setLimit({ subject_type: type, subject_id, requests_per_minute: limit });
      const answers: ApiResponse[] = [];
      // What others have called before fades meanwhile, so that a few more fit.
      while (answers.length < 100 && answers.at(-1)?.status !== 429) answers.push(await ask(at[0], type, kept));
      const refused = answers.pop();
      expect([refused?.status, refused?.code]).toEqual([429, 'rate_limited']);
      expect(refused?.text).toContain(`may make ${limit} calls a minute`);
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answers.length).toBeGreaterThanOrEqual(3);
      for (const { headers } of answers) expect(headers.get('x-pipelines-cache')).toBe('hit');
      expect(answers[0]?.headers.get('x-ratelimit-limit-requests')).toBe(String(limit));
      expect(stand.upstream.requests.length - before).toBe(1);
      await stand.setLimit({ subject_type: type, subject_id, requests_per_minute: null });
    });

    it('cost nothing: no budget, no tokens and no calls at a time stand before them', async () => {
      const { id, at } = await stand.addProgram();
      const expectHit = async () => expect((await ask(at[0], 'dear')).headers.get('x-pipelines-cache')).toBe('hit');
      await stand.setLimit({ subject_type: 'api_key', subject_id: id, tokens_per_minute: 1_000 });
      expect((await ask(at[0], 'dear')).headers.get('x-pipelines-cache')).toBe('miss');
      await stand.setLimit({ subject_type: 'api_key', subject_id: id, tokens_per_minute: 10 });
      await expectHit();
      expect((await ask(at[0], 'another')).status).toBe(429);

      await stand.setLimit({ subject_type: 'api_key', subject_id: id, tokens_per_minute: null, concurrent_calls: 1 });
      stand.upstream.answerOnce({ delayMs: 700, usage: tenTokens });
      const before = stand.upstream.requests.length;
      const running = ask(at[0], 'slow');
      await waitUntil('running call', () => stand.upstream.requests.length > before);
      await expectHit();
      expect((await running).status).toBe(200);

      await stand.setBudget({ subject_type: 'api_key', subject_id: id, period: 'total', amount: '0.001' }, [at[0]]);
      expect((await ask(at[0], 'another')).status).toBe(402);
      await expectHit();
    });
  });
}
