import { describe, expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

interface Read {
  status: number | null;
  body: string;
  ending: string;
  keepMs: number;
}

/** Reads the pieces as they come off one connection, in a buffer that is written over after each. */
function readPieces(pieces: readonly string[], isAnswerToHead = false): Read {
  const reader = new ResponseReader();
  const buffer = Buffer.allocUnsafe(64 * 1_024);
  const read: Read = { status: null, body: '', ending: 'waits', keepMs: 0 };
  const kept: Buffer[] = [];
  reader.begin(isAnswerToHead);
  for (const piece of pieces) {
    buffer.write(piece, 0, 'latin1');
    reader.read(buffer, piece.length);
    buffer.fill('#', 0, piece.length);
    read.status ??= reader.head?.status ?? null;
    if (reader.data !== null) kept.push(reader.data);
    if (reader.fault !== null || reader.isComplete) break;
  }
  read.body = Buffer.concat(kept).toString('latin1');
  read.keepMs = reader.keepMs;
  if (reader.fault !== null) read.ending = reader.fault.hint ?? reader.fault.cause;
  else if (reader.isComplete) read.ending = reader.hasExcess ? 'end and more' : 'end';
  return read;
}

const head = (...fields: string[]) => `HTTP/1.1 200 OK\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`;
const chunks = (body: string) => `${head('Transfer-Encoding: chunked')}${body}`;

test.each([
  [`${head('Content-Length: 5')}hello`],
  [chunks('3;a="b"\r\nhel\r\n2\r\nlo\r\n0\r\nx-sum: 1\r\ny: 2\r\n\r\n')],
  [`HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${head('content-length:\t5 ')}hello`],
])('an answer is the same wherever it is cut: %j', (answer) => {
  const whole = { status: 200, body: 'hello', ending: 'end', keepMs: 4_000 };
  expect(readPieces([answer])).toEqual(whole);
  expect(readPieces([...answer])).toEqual(whole);
  for (let cut = 1; cut < answer.length; cut += 1) expect(readPieces([answer.slice(0, cut), answer.slice(cut)])).toEqual(whole);
});

test('what several chunks of a read carry is one piece, the receiver’s to keep', () => {
  const reader = new ResponseReader();
  reader.begin(false);
  const bytes = Buffer.from(chunks('1\r\na\r\n2\r\nbc\r\n3\r\nde'));
  reader.read(bytes, bytes.length);
  bytes.fill('#');
  expect(String(reader.data)).toBe('abcde');
});

describe('refused', () => {
  test.each<[string, string]>([
    ['both framings', head('content-length: 1', 'transfer-encoding: chunked')],
    ['two lengths', head('content-length: 1', 'content-length: 2')],
    ['twice the same length', head('content-length: 1', 'content-length: 1')],
    ['a signed length', head('content-length: +1')],
    ['a length that no number holds', head('content-length: 9999999999999999')],
    ['another coding', head('transfer-encoding: gzip, chunked')],
    ['a blank before the colon', head('content-length : 1')],
    ['a folded line', head('x: 1', ' 2')],
    ['a bare line feed', 'HTTP/1.1 200 OK\nx: 1\n\n'],
    ['a bare line feed between fields', 'HTTP/1.1 200 OK\r\nx: 1\ny: 2\r\n\r\n'],
    ['a bare carriage return', head('x: a\rcontent-length: 1')],
    ['NUL', head('x: a\0')],
    ['a field without a name', head(': 1')],
    ['a field without a colon', head('abc')],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['chunks in an old answer', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'],
    ['no size', chunks('\r\n')],
    ['a size that is no number', chunks('g\r\n')],
    ['a size with a sign', chunks('-1\r\n')],
    ['a size with a prefix', chunks('0x1\r\n')],
    ['a blank after a size', chunks('1 \r\na')],
    ['a size beyond all numbers', chunks('fffffffffffffff\r\n')],
    ['a size ended by a bare line feed', chunks('1\na')],
    ['a chunk longer than its size', chunks('1\r\nab\r\n')],
    ['a chunk ended by a bare line feed', chunks('1\r\na\n0\r\n\r\n')],
    ['a chunk ended by another byte', chunks('1\r\naX\n0\r\n\r\n')],
    ['half a line end after a size', chunks('1\rXa\r\n0\r\n\r\n')],
    ['a bare line feed in an extension', chunks('1;a\nb\r\na')],
    ['a folded trailer', chunks('0\r\n x\r\n\r\n')],
    ['an endless extension', chunks(`1;${'a'.repeat(2_000)}`)],
    ['endless trailers', chunks(`0\r\n${'x: y\r\n'.repeat(3_000)}`)],
    ['endless informational answers', 'HTTP/1.1 103 Early\r\n\r\n'.repeat(17)],
  ])('%s', (_name, answer) => {
    expect(readPieces([answer])).toMatchObject({ ending: 'not_http' });
    expect(readPieces([...answer])).toMatchObject({ ending: 'not_http' });
  });

  test.each<[string, string]>([
    ['a head of 17 KB', head(`x: ${'y'.repeat(17_000)}`)],
    ['a head that never ends', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(4_000)}`],
    ['informational answers of 17 KB', `HTTP/1.1 103 Early\r\nx: ${'y'.repeat(4_000)}\r\n\r\n`.repeat(5)],
  ])('%s', (_name, answer) => {
    expect(readPieces([answer])).toMatchObject({ ending: 'headers_too_large' });
    expect(readPieces(answer.match(/[\s\S]{1,1000}/g) ?? [])).toMatchObject({ ending: 'headers_too_large' });
  });
});

test.each<[string, string, boolean, Partial<Read>]>([
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', false, { ending: 'end', keepMs: 4_000 }],
  ['204 that tells a length', 'HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\n', false, { ending: 'end', keepMs: 0 }],
  ['an answer to HEAD', head('content-length: 3'), true, { ending: 'end', keepMs: 0 }],
  ['until the end of the connection', `${head()}abc`, false, { ending: 'waits', body: 'abc', keepMs: 0 }],
  ['more than the answer', `${head('content-length: 1')}ab`, false, { ending: 'end and more', body: 'a' }],
  ['more than the last chunk', chunks('0\r\n\r\nHTTP'), false, { ending: 'end and more', body: '' }],
  ['kept for as long as the server says', head('content-length: 0', 'keep-alive: timeout=30, max=9'), false, { keepMs: 28_000 }],
  ['a field called constructor', head('content-length: 0', 'constructor: x', '__proto__: y'), false, { ending: 'end' }],
])('%s', (_name, answer, isAnswerToHead, expected) => {
  expect(readPieces([answer], isAnswerToHead)).toMatchObject(expected);
});
