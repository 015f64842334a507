import fc from 'fast-check';

/** An answer as bytes in latin1, and where it is cut on its way. */
export interface SentAnswer {
  readonly text: string;
  /** Shares of its length, 0 to 1. */
  readonly cuts: readonly number[];
  readonly method: 'GET' | 'POST' | 'HEAD';
}

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,11}$/);
const value = fc.stringMatching(/^[ \t]{0,2}[!-~\xa1-\xff]{0,8}[ -~]{0,12}$/);
const payload = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

const field = fc.tuple(word, value).map(([name, text]) => `x-${name}:${text}\r\n`);
const keeping = fc.constantFrom('', 'Connection: keep-alive\r\n', 'connection: close\r\n', 'Keep-Alive: timeout=5\r\n');
const statusLine = fc
  .tuple(
    fc.constantFrom('1.1', '1.1', '1.1', '1.0'),
    fc.constantFrom('200', '200', '201', '404', '500', '204'),
    fc.constantFrom(' OK', ' ', ''),
  )
  .map(([version, status, reason]) => `HTTP/${version} ${status}${reason}\r\n`);
const informational = fc.constantFrom('', '', '', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n');

const chunk = fc
  .tuple(
    payload.filter((text) => text !== ''),
    fc.constantFrom('', ';a', ';a=b;c="d"'),
    fc.boolean(),
  )
  .map(([text, extension, upper]) => {
    const size = text.length.toString(16);
    return `${upper ? `0${size.toUpperCase()}` : size}${extension}\r\n${text}\r\n`;
  });
const chunked = fc
  .tuple(fc.array(chunk, { maxLength: 6 }), fc.constantFrom('', '', 'x-trailer: t\r\n'))
  .map(([chunks, trailer]) => ({ framing: 'Transfer-Encoding: chunked\r\n', body: `${chunks.join('')}0\r\n${trailer}\r\n` }));
const measured = payload.map((body) => ({ framing: `Content-Length: ${body.length}\r\n`, body }));
const untilClose = payload.map((body) => ({ framing: '', body }));

/** Answers that nobody can misunderstand, but for a body where none may be. */
const wellFormed = fc
  .tuple(informational, statusLine, fc.array(field, { maxLength: 4 }), keeping, fc.oneof(chunked, chunked, measured, untilClose))
  .map(([before, line, fields, keep, { framing, body }]) => `${before}${line}${fields.join('')}${keep}${framing}\r\n${body}`);

const place = fc.double({ min: 0, max: 1, noNaN: true });
/** What is put somewhere into an answer, over nothing or over one byte. */
const insertion = fc.constantFrom(
  ...['\n', '\r', '\r\n', '\0', ' ', '\t', ':', ';', '0', 'f', 'g', '-', '\x7f', '\xff', '\r\n '],
  ...[
    'Content-Length: 3\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nX',
  ],
);
const damage = fc.oneof(
  fc.tuple(place, insertion, fc.nat(2)).map(
    ([at, text, over]) =>
      (answer: string) =>
        splice(answer, at, text, over),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 6 })).map(
    ([at, size]) =>
      (answer: string) =>
        splice(answer, at, '', size),
  ),
  place.map((at) => (answer: string) => answer.slice(0, Math.floor(at * answer.length))),
  // At the beginning of a line, where fields and chunk sizes are.
  fc.tuple(place, insertion).map(
    ([at, text]) =>
      (answer: string) =>
        insertAtLine(answer, at, text),
  ),
);

function splice(text: string, at: number, inserted: string, over: number): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + over);
}

function insertAtLine(text: string, at: number, inserted: string): string {
  const lines = text.split('\r\n');
  lines[Math.floor(at * (lines.length - 1))] += `\r\n${inserted}`;
  return lines.join('\r\n');
}

const sending = { cuts: fc.array(place, { maxLength: 6 }), method: fc.constantFrom<SentAnswer['method']>('POST', 'POST', 'GET', 'HEAD') };

export const goodAnswer: fc.Arbitrary<SentAnswer> = fc.record({ text: wellFormed, ...sending });
export const damagedAnswer: fc.Arbitrary<SentAnswer> = fc.record({
  text: fc
    .tuple(wellFormed, fc.array(damage, { minLength: 1, maxLength: 2 }))
    .map(([text, damages]) => damages.reduce((all, one) => one(all), text)),
  ...sending,
});

/** The pieces that an answer is cut into. */
export function cutAnswer({ text, cuts }: SentAnswer): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  return places
    .slice(1)
    .map((end, index) => bytes.subarray(places[index], end))
    .filter((piece) => piece.length > 0);
}
