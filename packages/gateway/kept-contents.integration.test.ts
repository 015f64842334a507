import { schema } from '@pipelines/database';
import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeKey, hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { openChat, postChat } from './__fixtures__/post-chat.ts';

const { attemptContents, auditLog } = schema;
let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand?.close());

async function ask(more: object = {}) {
  const body = { model: stand.slug, messages: hello, ...more };
  const answer = await postChat(stand.gateway.url, body);
  return { sent: JSON.stringify(body), answer, attempt: await newest() };
}

async function newest() {
  const [row] = await stand.gateway.attemptsOf(stand.slug);
  await stand.gateway.contents.flush();
  return stand.gateway.attemptDetail(row?.id ?? '');
}

const rowsKept = () => stand.gateway.database.db.$count(attemptContents);
const read = (id: string, principal = stand.gateway.principal) => stand.gateway.contents.read(principal, id);
const nothingKept = expect.objectContaining({ code: 'not_found', message: 'Nothing is kept of what was said in this call.' });

describe('a row of the log', () => {
  it('tells where the time went, what was changed on the way, and which credential served it', async () => {
    stand.upstream.answerOnce({ delayMs: 60, text: 'one two', chunkDelayMs: 30 });
    const { attempt } = await ask({ stream: true });
    const { queue_ms, connect_ms, first_byte_ms, latency_ms } = attempt;
    expect([queue_ms, connect_ms]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(first_byte_ms).toBeGreaterThanOrEqual((connect_ms ?? 0) + 50);
    expect(latency_ms).toBeGreaterThanOrEqual((first_byte_ms ?? 0) + 20);
    expect(attempt.changes).toEqual(['stream_options: usage asked for, and taken out of the answer again']);
    const credential = await stand.gateway.credentialOf(stand.slug);
    expect(attempt.credential).toEqual({ id: credential.id, preview: credential.preview, deleted: false });
  });

  it('does not count the wait before a retry as waiting in the gateway', async () => {
    stand.upstream.answerOnce({ status: 503, headers: { 'retry-after': '2' }, body: { error: { message: 'busy' } } });
    const { attempt } = await ask();
    expect(attempt.status).toBe('succeeded');
    expect(attempt.queue_ms).toBeLessThan(2_000);
  });
});

describe('while content logging is off, as it is by default', () => {
  it('keeps nothing', async () => {
    const { attempt } = await ask();
    expect(attempt.content_kept).toBe(false);
    expect(await rowsKept()).toBe(0);
    await expect(read(attempt.id)).rejects.toEqual(nothingKept);
    await expect(read('no-id')).rejects.toEqual(nothingKept);
  });
});

describe('while content logging is on', () => {
  beforeAll(() => stand.gateway.keepContents(7));

  it('keeps what the caller sent, what went to the provider, and the answer, byte for byte', async () => {
    const { sent, answer, attempt } = await ask({ temperature: 0.25, own_field: { kept: true } });
    expect(attempt.content_kept).toBe(true);
    const content = await read(attempt.id);
    expect(content.request).toEqual({ text: sent, bytes: Buffer.byteLength(sent), truncated: false });
    expect(content.upstream_request?.text).toBe(stand.upstream.requests.at(-1)?.bytes.toString());
    expect(JSON.parse(content.upstream_request?.text ?? '')).toEqual({ ...JSON.parse(sent), model: 'llama-3' });
    expect(content.answer?.text).toBe(answer.text);
    expect(Date.parse(content.deleted_at) - Date.parse(content.kept_at)).toBe(7 * 24 * 60 * 60 * 1000);
  });

  it('seals it for this one call, and never keeps it as it is', async () => {
    const [first, second] = [await ask({ user: 'canary-of-a-prompt' }), await ask()];
    const { rows } = await stand.gateway.database.db.execute<{ found: boolean }>(
      sql`select position('canary-of-a-prompt'::bytea in sealed) > 0 as found from attempt_contents`,
    );
    expect(rows.every(({ found }) => !found)).toBe(true);
    expect((await read(first.attempt.id)).request.text).toContain('canary-of-a-prompt');
    await stand.gateway.database.db.execute(sql`
      update attempt_contents set sealed = (select sealed from attempt_contents where attempt_id = ${first.attempt.id})
      where attempt_id = ${second.attempt.id}`);
    await expect(read(second.attempt.id)).rejects.toMatchObject({ code: 'content_unreadable' });
  });

  it('writes down each reading, and shows nothing to another organization', async () => {
    const { attempt } = await ask();
    const ofThis = eq(auditLog.objectId, attempt.id);
    await expect(read(attempt.id, { ...stand.gateway.principal, organizationId: uuidv7() })).rejects.toEqual(nothingKept);
    expect(await stand.gateway.database.db.$count(auditLog, ofThis)).toBe(0);
    await read(attempt.id);
    await read(attempt.id);
    const entries = await stand.gateway.database.db.select().from(auditLog).where(ofThis);
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual(
      Array(2).fill(['content.read', stand.gateway.principal.actor.id]),
    );
  });

  it('gathers a stream as the caller gets it, without holding it back', async () => {
    stand.upstream.answerOnce({ chunks: ['early ', 'late'], chunkDelayMs: 150 });
    const response = await openChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true }).response;
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece as Buffer);
    expect(pieces.length).toBeGreaterThan(1);
    const content = await read((await newest()).id);
    expect(content.answer?.text).toBe(Buffer.concat(pieces).toString());
    expect(content.answer?.text).toContain('[DONE]');
  });

  it('hides the credential, whoever says it', async () => {
    const message = { role: 'assistant', content: `Your key is ${fakeKey}, in base64 ${Buffer.from(fakeKey).toString('base64')}` };
    stand.upstream.answerOnce({ status: 200, body: { id: 'x', object: 'chat.completion', choices: [{ index: 0, message }] } });
    const { attempt } = await ask({ user: fakeKey });
    const kept = JSON.stringify(await read(attempt.id));
    expect(kept).toContain('Your key is [secret], in base64 [secret]');
    expect(kept).not.toContain(fakeKey.slice(0, 12));
  });

  it('keeps no answer of a call that failed: what a provider says then is shown to nobody', async () => {
    stand.upstream.answerOnce({ status: 400, body: { error: { message: `words about ${fakeKey}` } } });
    const { attempt } = await ask();
    expect(attempt.status).toBe('failed');
    const content = await read(attempt.id);
    expect([content.answer, content.request.truncated]).toEqual([null, false]);
  });

  it('keeps the beginning of a body that is too long', async () => {
    const { sent, attempt } = await ask({ user: 'é'.repeat(400_000) });
    const { request } = await read(attempt.id);
    expect(request).toMatchObject({ truncated: true, bytes: Buffer.byteLength(sent) });
    expect(sent.startsWith(request.text)).toBe(true);
    expect(Buffer.byteLength(request.text)).toBeGreaterThan(500_000);
  });

  it('is known in every process', async () => {
    const replica = await stand.gateway.startReplica();
    const { organizationId } = stand.gateway.principal;
    expect(replica.keepsContent(organizationId)).toBe(true);
    expect(replica.keepsContent(uuidv7())).toBe(false);
    await stand.gateway.keepContents(null);
    await expect.poll(() => replica.keepsContent(organizationId), { timeout: 10_000 }).toBe(false);
    await stand.gateway.keepContents(7);
    await expect.poll(() => replica.keepsContent(organizationId), { timeout: 10_000 }).toBe(true);
  });
});

describe('the end of what is kept', () => {
  beforeEach(() => stand.gateway.keepContents(2));

  const age = (id: string, days: number) =>
    stand.gateway.database.db.execute(
      sql`update attempt_contents set kept_at = now() - make_interval(days => ${days}) where attempt_id = ${id}`,
    );

  it('comes after the days that were chosen, and at once where fewer are chosen', async () => {
    const [old, young] = [await ask(), await ask()];
    await age(old.attempt.id, 3);
    await age(young.attempt.id, 1);
    await expect(read(old.attempt.id)).rejects.toEqual(nothingKept);
    await read(young.attempt.id);
    expect(await stand.gateway.contents.purge()).toBe(1);
    await age(young.attempt.id, 2);
    await stand.gateway.keepContents(1);
    expect(await rowsKept()).toBe(0);
  });

  it('comes at once when it is switched off, for calls too that are not over yet', async () => {
    const { attempt } = await ask();
    stand.upstream.answerOnce({ chunks: ['a', 'b'], hang: 'stream' });
    const { request, response } = openChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    const answer = await response;
    answer.on('error', () => {});
    await new Promise((resolve) => answer.once('data', resolve));
    await stand.gateway.keepContents(null);
    expect(await rowsKept()).toBe(0);
    request.destroy();
    await expect.poll(async () => (await newest()).status).toBe('canceled');
    expect(await rowsKept()).toBe(0);
    await expect(read(attempt.id)).rejects.toEqual(nothingKept);
  });
});
