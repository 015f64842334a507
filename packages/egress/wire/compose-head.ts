import { EgressError } from '../egress-error.ts';
import type { TransportRequest } from '../transport.ts';
import { isToken } from './field-names.ts';

type NameVerdict = 'plain' | 'length' | 'refused';

/** They frame the request or belong to the connection: the transport's own. */
const ownNames = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect']);
const methods = new Set<string>(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
const methodsWithBody = new Set<string>(['POST', 'PUT', 'PATCH']);

/** Names that have been judged; callers use few. The map starts anew beyond that. */
const verdicts = new Map<string, NameVerdict>();
const maxVerdicts = 512;

/**
 * The head of a request, as latin1, its empty line included. Nothing in it can end a line early.
 * @throws EgressError `bad_request`
 */
export function composeHead({ method, path, host, headers }: TransportRequest, bodyBytes: number): string {
  // The same set as undici's: a path has come out of a parsed URL, so this is the second look.
  if (!methods.has(method) || !path.startsWith('/') || /[^\x21-\xff]/.test(path) || /[^\x21-\x7e]/.test(host)) throw badRequest();
  const connection = method === 'HEAD' ? 'close' : 'keep-alive';
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: ${connection}\r\n`;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] as string;
    const value = headers[at + 1] as string;
    const verdict = judgeName(name);
    if (verdict === 'refused' || /[^\t\x20-\x7e\x80-\xff]/.test(value)) throw badRequest();
    if (verdict === 'plain') head += `${name}: ${value}\r\n`;
    else if (value !== String(bodyBytes)) throw badRequest();
  }
  if (bodyBytes > 0 || methodsWithBody.has(method)) head += `content-length: ${bodyBytes}\r\n`;
  return `${head}\r\n`;
}

function judgeName(name: string): NameVerdict {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const verdict = lower === 'content-length' ? 'length' : ownNames.has(lower) || !isToken(name) ? 'refused' : 'plain';
  if (verdicts.size >= maxVerdicts) verdicts.clear();
  if (name.length <= 64) verdicts.set(name, verdict);
  return verdict;
}

function badRequest(): EgressError {
  return new EgressError('bad_request', 'before_send');
}
