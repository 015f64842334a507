import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Egress } from '../create-egress.ts';
import { EgressError } from '../egress-error.ts';
import { cutAnswer, damagedAnswer, goodAnswer, type SentAnswer } from '../testing/answers.ts';
import { call, listenTcp, openEgress, until } from '../testing/loopback.ts';

type Understood =
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: string }
  | { readonly failure: string };

/** A server that says what the test wants said, piece by piece, and hangs up. Answers what both transports make of it. */
async function openSpeaker(): Promise<(answer: SentAnswer) => Promise<{ ours: Understood; undicis: Understood }>> {
  let answer: SentAnswer | null = null;
  const server = await listenTcp((socket) =>
    socket.once('data', async () => {
      for (const piece of cutAnswer(answer as SentAnswer)) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    }),
  );
  const url = `http://127.0.0.1:${server.port}/`;
  const wire = openEgress({ mode: 'local', transport: 'wire' });
  const undici = openEgress({ mode: 'local', transport: 'undici' });
  return async (next) => {
    answer = next;
    const [ours, undicis] = await Promise.all([listen(wire, url, next), listen(undici, url, next)]);
    return { ours, undicis };
  };
}

async function listen(egress: Egress, url: string, { method }: SentAnswer): Promise<Understood> {
  try {
    const response = await egress.request(call(url, { method, ...(method === 'POST' && { body: 'question' }) }));
    const body = Buffer.from(await response.bytes()).toString('latin1');
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, value.trim()]));
    return { status: response.status, headers, body };
  } catch (error) {
    if (error instanceof EgressError) return { failure: error.cause };
    throw error;
  }
}

/** What undici takes and we refuse, told by the bytes. */
const refusedByUsOnly: readonly RegExp[] = [
  // Empty lines, or parts of one, before a status line.
  /(?:^|\r\n\r\n)[\r\n]+HTTP/,
  // Chunks in an answer of HTTP/1.0, which has none.
  /HTTP\/1\.0[\s\S]*transfer-encoding/i,
  // A transfer coding besides chunked, or chunked twice.
  /transfer-encoding:[ \t]*(?!chunked\r\n)/i,
  /transfer-encoding[\s\S]*transfer-encoding/i,
  /HTTP\/(?:0\.9|2\.0) /,
];

/** What we take and undici refuses. */
const takenByUsOnly: readonly RegExp[] = [
  // Nobody has asked to continue, yet RFC 9110 has it passed over as any other informational answer.
  /HTTP\/1\.1 100 /,
  // A 204 has no body, whatever length it tells; its connection is not used again.
  /HTTP\/1\.[01] 204[\s\S]*content-length/i,
  // What stands in a chunk's extension is passed over whatever it is.
  /\n[0-9a-f]+;/i,
];

async function compare(speak: Awaited<ReturnType<typeof openSpeaker>>, answer: SentAnswer): Promise<void> {
  const { ours, undicis } = await speak(answer);
  const excuses = 'failure' in ours === 'failure' in undicis ? [] : 'failure' in ours ? refusedByUsOnly : takenByUsOnly;
  if (!excuses.some((excuse) => excuse.test(answer.text))) expect(ours).toEqual(undicis);
}

test('well-formed answers are understood as undici understands them, however they are cut', async () => {
  const speak = await openSpeaker();
  await fc.assert(
    fc.asyncProperty(goodAnswer, (answer) => compare(speak, answer)),
    { numRuns: 100 },
  );
}, 30_000);

test('damaged answers are understood as undici understands them, or refused', async () => {
  const speak = await openSpeaker();
  await fc.assert(
    fc.asyncProperty(damagedAnswer, (answer) => compare(speak, answer)),
    { numRuns: 150 },
  );
}, 30_000);

interface KeptAnswer {
  readonly stray: string;
  /** Only once the answer has been understood. */
  readonly isLate: boolean;
  readonly isChunked: boolean;
}

const keptAnswer: fc.Arbitrary<KeptAnswer> = fc.record({
  stray: fc.constantFrom('', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nstray', '\r\n', '0\r\n\r\n', 'x'),
  isLate: fc.boolean(),
  isChunked: fc.boolean(),
});

test('bytes after an answer are never the next call’s, in the same read or later', async () => {
  let answer: KeptAnswer = { stray: '', isLate: false, isChunked: false };
  let body = '';
  let latest: Socket | null = null;
  const server = await listenTcp((socket) =>
    socket.on('data', () => {
      latest = socket;
      const framed = answer.isChunked ? `transfer-encoding: chunked\r\n\r\n5\r\n${body}\r\n0\r\n\r\n` : `content-length: 5\r\n\r\n${body}`;
      socket.write(`HTTP/1.1 200 OK\r\n${framed}${answer.isLate ? '' : answer.stray}`);
    }),
  );
  const egress = openEgress({ mode: 'local', transport: 'wire' });
  await fc.assert(
    fc.asyncProperty(fc.array(keptAnswer, { minLength: 2, maxLength: 5 }), async (answers) => {
      for (const [index, next] of answers.entries()) {
        [answer, body] = [next, `own-${index}`];
        const response = await egress.request(call(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: 'x' }));
        expect(Buffer.from(await response.bytes()).toString()).toBe(body);
        if (!next.isLate || next.stray === '') continue;
        latest?.write(next.stray);
        // What has not arrived yet nobody can know of; once it has, the connection is gone.
        await until(() => latest?.destroyed === true, 2_000);
      }
    }),
    { numRuns: 30 },
  );
}, 30_000);
