import type { ServerResponse } from 'node:http';

/** Answers with JSON, never to be cached. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  contentType = 'application/json',
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length, 'cache-control': 'no-store', ...headers });
  response.end(body);
}
