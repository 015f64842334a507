import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; null where it is none. */
  readonly json: Record<string, unknown> | null;
  /** The `data` of each event of a stream. */
  readonly events: readonly string[];
}

/** Sends a chat, bytes as given, and opens its answer. */
export function openChat(url: string, body: object | string | Buffer): { request: ClientRequest; response: Promise<IncomingMessage> } {
  const outgoing = request(`${url}/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' } });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  return { request: outgoing, response };
}

export async function postChat(url: string, body: object | string | Buffer): Promise<Answer> {
  const response = await openChat(url, body).response;
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString('utf8');
  const events = [...text.matchAll(/^data: (.*)$/gm)].map((match) => match[1] as string);
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: parse(text), events };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
