import { EgressError } from '../egress-error.ts';
import { ChunkedBody } from './chunked-body.ts';
import { isDamaged, parseFields } from './parse-fields.ts';
import { type BodyFraming, parseHead, type ResponseHead } from './parse-head.ts';
import { refuseAnswer } from './refuse-answer.ts';

/** Of a head, informational ones before it included. */
const maxHeadBytes = 16 * 1_024;
const maxInformational = 16;

/**
 * Reads answers off a connection, one read after the other. What a read has brought stands in the fields
 * until the next one; a fault can come after good data in the same read. Strict: what could be understood in
 * two ways is a fault, since another program between us and the server may have understood it in the other.
 */
export class ResponseReader {
  /** The final head, in the read that completes it. */
  head: ResponseHead | null = null;
  /** What the read held of the body, copied: the receiver may keep it. */
  data: Buffer | null = null;
  /** The answer is there wholly. */
  isComplete = false;
  /** The read held more than the answer. */
  hasExcess = false;
  fault: EgressError | null = null;
  keepMs = 0;

  #isAnswerToHead = false;
  #inBody = false;
  #framing: BodyFraming = 0;
  #left = 0;
  #chunked: ChunkedBody | null = null;
  #pending: Buffer | null = null;
  #headBytes = 0;
  #informational = 0;

  /** Makes ready for the next answer. */
  begin(isAnswerToHead: boolean): void {
    this.#isAnswerToHead = isAnswerToHead;
    this.#inBody = false;
    this.#headBytes = 0;
    this.#informational = 0;
    this.isComplete = false;
    this.hasExcess = false;
    this.keepMs = 0;
  }

  /** Reads the first bytes of a buffer, which may be read into again once this has returned. */
  read(buffer: Buffer, length: number): void {
    this.head = null;
    this.data = null;
    try {
      if (this.#inBody) this.#readBody(buffer, 0, length);
      else if (this.#pending === null) this.#readHead(buffer, length);
      else {
        const both = Buffer.concat([this.#pending, buffer.subarray(0, length)]);
        this.#pending = null;
        this.#readHead(both, both.length);
      }
    } catch (error) {
      this.fault = error instanceof EgressError ? error : new EgressError('connection_lost', 'after_send');
    }
  }

  /** The server has closed its side: the end of an answer, or a fault. */
  readEnd(): void {
    this.head = null;
    this.data = null;
    if (this.#inBody && this.#framing === 'until_close') this.isComplete = true;
    else this.fault = new EgressError('connection_lost', 'after_send');
  }

  #readHead(bytes: Buffer, length: number): void {
    for (let at = 0; ; ) {
      const end = findHeadEnd(bytes, at, Math.min(length, at + maxHeadBytes - this.#headBytes));
      if (end === -1) {
        this.#keepPending(bytes, at, length);
        return;
      }
      const head = parseHead(bytes.toString('latin1', at, end), this.#isAnswerToHead);
      this.#headBytes += end + 4 - at;
      at = end + 4;
      if (head.status >= 200) {
        this.#beginBody(head);
        this.#readBody(bytes, at, length);
        return;
      }
      this.#informational += 1;
      if (this.#informational > maxInformational) throw new EgressError('connection_lost', 'after_send', 'not_http');
    }
  }

  /** Half a head is looked at as well: who will never send the other half is not to be waited for. */
  #keepPending(bytes: Buffer, at: number, length: number): void {
    const text = bytes.toString('latin1', at, Math.min(length, at + maxHeadBytes)).replace(/\r$/, '');
    const lineEnd = text.indexOf('\r\n');
    if (!isBeginning(lineEnd === -1 ? text : text.slice(0, lineEnd)) || isDamaged(text)) throw refuseAnswer(text);
    if (lineEnd !== -1) parseFields(text.slice(0, text.lastIndexOf('\r\n')), lineEnd + 2);
    if (this.#headBytes + length - at >= maxHeadBytes) throw new EgressError('response_too_large', 'after_send', 'headers_too_large');
    this.#pending = length === at ? null : Buffer.from(bytes.subarray(at, length));
  }

  #beginBody(head: ResponseHead): void {
    this.head = head;
    this.keepMs = head.keepMs;
    this.#inBody = true;
    this.#framing = head.framing;
    if (typeof head.framing === 'number') this.#left = head.framing;
    else if (head.framing === 'chunked') {
      this.#chunked ??= new ChunkedBody();
      this.#chunked.reset();
    }
  }

  #readBody(bytes: Buffer, from: number, to: number): void {
    if (this.#framing === 'until_close') this.#take(bytes, from, to);
    else if (this.#framing === 'chunked') this.#readChunks(this.#chunked as ChunkedBody, bytes, from, to);
    else {
      const end = Math.min(from + this.#left, to);
      this.#take(bytes, from, end);
      this.#left -= end - from;
      this.isComplete = this.#left === 0;
      this.hasExcess = end < to;
    }
  }

  #readChunks(chunked: ChunkedBody, bytes: Buffer, from: number, to: number): void {
    try {
      this.hasExcess = chunked.read(bytes, from, to) < to;
      this.isComplete = chunked.isOver;
    } finally {
      this.#take(bytes, chunked.payloadStart, chunked.payloadEnd);
    }
  }

  #take(bytes: Buffer, from: number, to: number): void {
    if (from === to) return;
    const data = Buffer.allocUnsafe(to - from);
    bytes.copy(data, 0, from, to);
    this.data = data;
  }
}

/** Where the empty line after a head begins its line end, within the given bytes; -1: not there. */
function findHeadEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = from + 3; at < to; at += 1) {
    if (bytes[at] === 0x0a && bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a && bytes[at - 3] === 0x0d) return at - 3;
  }
  return -1;
}

/** Whether a status line can begin like this. */
function isBeginning(text: string): boolean {
  if (text.length >= 'HTTP/1.1 200'.length) return /^HTTP\/1\.[01] [1-9]\d\d(?: |$)/.test(text);
  return /^(?:H(?:T(?:T(?:P(?:\/(?:1(?:\.(?:[01](?: (?:[1-9]\d?)?)?)?)?)?)?)?)?)?)?$/.test(text);
}
