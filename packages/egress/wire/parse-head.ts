import type { ResponseHeaders } from '../egress-call.ts';
import { EgressError } from '../egress-error.ts';
import { parseFields } from './parse-fields.ts';
import { refuseAnswer } from './refuse-answer.ts';

/** How the end of a body is told: by its length in bytes, by the last chunk, or by the end of the connection. */
export type BodyFraming = number | 'chunked' | 'until_close';

export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly framing: BodyFraming;
  /** How long the connection may be kept after this answer; 0: not at all. */
  readonly keepMs: number;
}

/** Where the server does not say how long it keeps an idle connection. */
const defaultKeepMs = 4_000;
const longestKeepMs = 600_000;
/** Left to the request that is on its way while the server's clock runs out. */
const keepMarginMs = 2_000;

/**
 * Reads a status line and its fields, the empty line excluded.
 * @throws EgressError `connection_lost` `not_http` for whatever could be read in two ways
 */
export function parseHead(text: string, isAnswerToHead: boolean): ResponseHead {
  const lineEnd = text.indexOf('\r\n');
  const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/.exec(lineEnd === -1 ? text : text.slice(0, lineEnd));
  if (statusLine === null) throw refuseAnswer(text);
  const status = Number(statusLine[2]);
  const isOld = statusLine[1] === '0';
  const headers = parseFields(text, lineEnd === -1 ? text.length : lineEnd + 2);
  if (status === 101) throw refuseAnswer(text);
  const framing = readFraming(status, headers, isOld, isAnswerToHead);
  const isEndSure = framing === 'chunked' || String(framing) === (headers['content-length'] ?? '0');
  return { status, headers, framing, keepMs: isEndSure && !isAnswerToHead ? readKeepMs(headers, isOld) : 0 };
}

/** Both ways to frame at once, or one of them said badly, is how requests and answers are smuggled. */
function readFraming(status: number, headers: ResponseHeaders, isOld: boolean, isAnswerToHead: boolean): BodyFraming {
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (coding !== undefined && (length !== undefined || isOld || coding.toLowerCase() !== 'chunked')) throw notHttp();
  // Twice the same is one field `5, 5` by now.
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw notHttp();
  if (isAnswerToHead || status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) return 'chunked';
  return length === undefined ? 'until_close' : Number(length);
}

function readKeepMs(headers: ResponseHeaders, isOld: boolean): number {
  const options = headers.connection?.toLowerCase().split(/[\t ]*,[\t ]*/) ?? [];
  if (options.includes('close') || (isOld && !options.includes('keep-alive'))) return 0;
  const hint = headers['keep-alive'];
  const told = hint === undefined ? null : /timeout=(\d{1,9})/.exec(hint);
  return told === null ? defaultKeepMs : Math.min(Math.max(Number(told[1]) * 1_000 - keepMarginMs, 0), longestKeepMs);
}

function notHttp(): EgressError {
  return new EgressError('connection_lost', 'after_send', 'not_http');
}
