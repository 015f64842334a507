/**
 * A provider that answers at once: 600 bytes, or 100 chunks in one burst. `tokens=N every=MS` in the message asks for a
 * paced stream instead, `wait=MS` for an answer that is not streamed after that time. A process of its own; prints its URL.
 */
import { createServer, type ServerResponse } from 'node:http';
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
const toWord = (fields: object) => toEvent({ choices: [{ index: 0, delta: { content: 'token ' }, finish_reason: null }], ...fields });
const word = toWord({});
const ending = [
  toEvent({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  toEvent({ choices: [], usage }),
  Buffer.from('data: [DONE]\n\n'),
];
const burst = [...Array.from({ length: 97 }, () => word), ...ending];

function streamPaced(response: ServerResponse, tokens: number, everyMs: number): void {
  let left = tokens;
  const timer = setInterval(() => {
    left -= 1;
    response.write(toWord({ sent_at: performance.timeOrigin + performance.now() }));
    if (left > 0) return;
    clearInterval(timer);
    for (const chunk of ending) response.write(chunk);
    response.end();
  }, everyMs);
  response.on('close', () => clearInterval(timer));
}

function answerWhole(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  response.end(answer);
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces).toString('latin1');
    if (!body.includes('"stream":true')) {
      const wait = /wait=(\d+)/.exec(body);
      if (wait !== null) setTimeout(answerWhole, Number(wait[1]), response);
      else answerWhole(response);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const pace = /tokens=(\d+) every=(\d+)/.exec(body);
    if (pace !== null) return streamPaced(response, Number(pace[1]), Number(pace[2]));
    for (const chunk of burst) response.write(chunk);
    response.end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4_096, () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`));
