/** A provider that answers at once: 600 bytes, or 100 chunks in one burst. A process of its own; prints its URL. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const usage = { prompt_tokens: 210, completion_tokens: 100, total_tokens: 310 };
const base = { id: 'chatcmpl-bench', created: 1_760_000_000, model: 'bench-model' };
const answer = Buffer.from(
  JSON.stringify({
    ...base,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: 'x'.repeat(330) }, logprobs: null, finish_reason: 'stop' }],
    usage,
  }),
);

const toEvent = (fields: object) => Buffer.from(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...fields })}\n\n`);
const word = toEvent({ choices: [{ index: 0, delta: { content: 'token ' }, finish_reason: null }] });
const finish = toEvent({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const lastUsage = toEvent({ choices: [], usage });
const done = Buffer.from('data: [DONE]\n\n');
const chunks = [...Array.from({ length: 97 }, () => word), finish, lastUsage, done];

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    if (Buffer.concat(pieces).includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    } else {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4_096, () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`));
