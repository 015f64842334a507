import type { ResponseHeaders } from '../egress-call.ts';
import { EgressError } from '../egress-error.ts';
import { isToken } from './field-names.ts';

/** Control characters, half a line end. In one look, since a head is read with every call. */
const forbidden = /[^\t\n\r\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;

/** Spellings that have come by → lower case. Servers use few; the map starts anew beyond that. */
const knownNames = new Map<string, string>();
const maxKnownNames = 512;

/**
 * Reads field lines from a place in a head, latin1, the empty line excluded. Several values of a name are joined with `, `.
 * @throws EgressError `connection_lost` `not_http`: a name that is no token, a folded line, a control character, half a line end
 */
export function parseFields(text: string, from: number): ResponseHeaders {
  if (isDamaged(text)) throw notFields();
  // Without a prototype: a field may be called `constructor`.
  const fields: ResponseHeaders = Object.create(null);
  for (let at = from; at < text.length; ) {
    const found = text.indexOf('\r\n', at);
    const end = found === -1 ? text.length : found;
    const colon = text.indexOf(':', at);
    if (colon === -1 || colon > end) throw notFields();
    const name = readName(text.slice(at, colon));
    const value = trimBlanks(text, colon + 1, end);
    const before = fields[name];
    fields[name] = before === undefined ? value : `${before}, ${value}`;
    at = end + 2;
  }
  return fields;
}

/** Whether a text has what no head may have. */
export function isDamaged(text: string): boolean {
  return forbidden.test(text);
}

function readName(spelling: string): string {
  const known = knownNames.get(spelling);
  if (known !== undefined) return known;
  if (!isToken(spelling)) throw notFields();
  const name = spelling.toLowerCase();
  if (knownNames.size >= maxKnownNames) knownNames.clear();
  if (spelling.length <= 64) knownNames.set(spelling, name);
  return name;
}

function trimBlanks(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function notFields(): EgressError {
  return new EgressError('connection_lost', 'after_send', 'not_http');
}
