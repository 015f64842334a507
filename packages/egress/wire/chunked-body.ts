import { EgressError } from '../egress-error.ts';
import { parseFields } from './parse-fields.ts';

type Stage = 'size' | 'extension' | 'size_end' | 'data' | 'data_end' | 'data_ended' | 'trailers' | 'over';

const [lineFeed, carriageReturn, semicolon] = [0x0a, 0x0d, 0x3b];
/** As many as a safe integer has. */
const maxSizeDigits = 13;
const maxExtensionBytes = 1_024;
const maxTrailerBytes = 16 * 1_024;

/**
 * Takes the framing of chunks off a body (RFC 9112, 7.1), read by read: what several chunks carry is moved
 * together where it was read, so that a read is one piece for whoever receives it.
 */
export class ChunkedBody {
  #stage: Stage = 'size';
  #left = 0;
  #sizeDigits = 0;
  #extensionBytes = 0;
  #trailerBytes = 0;
  #line = '';
  /** Where the payload of the last read is, in the bytes that were given. */
  payloadStart = 0;
  payloadEnd = 0;

  get isOver(): boolean {
    return this.#stage === 'over';
  }

  reset(): void {
    this.#stage = 'size';
    this.#left = 0;
    this.#sizeDigits = 0;
    this.#extensionBytes = 0;
    this.#trailerBytes = 0;
    this.#line = '';
  }

  /**
   * Reads on. Answers where it stopped: before `to` only where the body is over.
   * @throws EgressError `connection_lost` `not_http`; the payload until there stays told
   */
  read(bytes: Buffer, from: number, to: number): number {
    this.payloadStart = from;
    this.payloadEnd = from;
    let at = from;
    while (at < to && this.#stage !== 'over') {
      if (this.#stage === 'data') {
        const size = Math.min(this.#left, to - at);
        this.#keep(bytes, at, size);
        at += size;
        this.#left -= size;
        if (this.#left === 0) this.#stage = 'data_end';
      } else {
        this.#step(bytes[at] as number);
        at += 1;
      }
    }
    return at;
  }

  #keep(bytes: Buffer, at: number, size: number): void {
    if (this.payloadEnd === this.payloadStart) {
      this.payloadStart = at;
      this.payloadEnd = at + size;
    } else {
      bytes.copyWithin(this.payloadEnd, at, at + size);
      this.payloadEnd += size;
    }
  }

  #step(byte: number): void {
    const stage = this.#stage;
    if (stage === 'size') this.#readSize(byte);
    else if (stage === 'size_end') this.#stage = byte === lineFeed ? (this.#left === 0 ? 'trailers' : 'data') : refuse();
    else if (stage === 'data_end') this.#stage = byte === carriageReturn ? 'data_ended' : refuse();
    else if (stage === 'data_ended') this.#beginSize(byte);
    else if (stage === 'extension') this.#skipExtension(byte);
    else this.#readTrailer(byte);
  }

  #beginSize(byte: number): void {
    this.#stage = byte === lineFeed ? 'size' : refuse();
    this.#sizeDigits = 0;
  }

  #readSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit !== -1) {
      this.#sizeDigits += 1;
      if (this.#sizeDigits > maxSizeDigits) refuse();
      this.#left = this.#left * 16 + digit;
      return;
    }
    if (this.#sizeDigits === 0) refuse();
    this.#extensionBytes = 0;
    this.#stage = byte === carriageReturn ? 'size_end' : byte === semicolon ? 'extension' : refuse();
  }

  #skipExtension(byte: number): void {
    this.#extensionBytes += 1;
    if (byte === carriageReturn) this.#stage = 'size_end';
    else if (this.#extensionBytes > maxExtensionBytes || (byte < 0x20 && byte !== 0x09) || byte === 0x7f) refuse();
  }

  /** Trailers are checked as fields are, then dropped: nobody here has asked for any. */
  #readTrailer(byte: number): void {
    this.#trailerBytes += 1;
    if (this.#trailerBytes > maxTrailerBytes) refuse();
    this.#line += String.fromCharCode(byte);
    if (byte !== lineFeed) return;
    if (this.#line === '\r\n') this.#stage = 'over';
    else parseFields(this.#line, 0);
    this.#line = '';
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function refuse(): never {
  throw new EgressError('connection_lost', 'after_send', 'not_http');
}
