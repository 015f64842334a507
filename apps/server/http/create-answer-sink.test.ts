import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnswerSink } from './create-answer-sink.ts';

const stalledMs = 300;
/** More than the buffers of two sockets hold. */
const piece = Buffer.alloc(1024 * 1024, 120);
const pieces = 24;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A caller's connection, and the response at its other end. */
async function openCall(): Promise<{ readonly caller: Socket; readonly response: ServerResponse }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closing.push(() => {
    caller.destroy();
    server.close();
  });
  caller.on('error', () => {});
  caller.pause();
  caller.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { caller, response };
}

describe('a caller', () => {
  it.each([
    ['a stream', (sink: ReturnType<typeof createAnswerSink>) => void Array.from({ length: pieces }, () => sink.write(piece))],
    ['a whole answer', (sink: ReturnType<typeof createAnswerSink>) => sink.end(Buffer.concat(Array.from({ length: pieces }, () => piece)))],
  ])('that reads nothing of %s is let go of', async (_, answer) => {
    const { response } = await openCall();
    const sink = createAnswerSink(response, stalledMs);
    const closed = once(response, 'close');
    const { socket } = response;
    sink.start(200, { 'content-type': 'text/plain' });
    answer(sink);
    await closed;
    expect(socket?.destroyed).toBe(true);
  });

  it('that reads again in time has the whole answer, and may be silent afterwards', async () => {
    const { caller, response } = await openCall();
    const sink = createAnswerSink(response, stalledMs);
    sink.start(200, { 'content-type': 'text/plain' });
    const drained = new Promise<void>((resolve) => sink.onDrain(resolve));
    sink.write(Buffer.concat(Array.from({ length: pieces }, () => piece)));
    caller.resume();
    await drained;
    await new Promise((resolve) => setTimeout(resolve, 2 * stalledMs));
    sink.end(Buffer.from('the end'));
    await once(response, 'finish');
    expect(response.writableFinished).toBe(true);
  });
});
