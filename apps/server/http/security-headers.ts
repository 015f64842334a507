import type { ServerResponse } from 'node:http';

const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const fixedHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const flatHeaders: readonly string[] = Object.entries(fixedHeaders).flat();

/** Of the page itself: styles that its scripts put in are taken with this nonce, which no other answer has. */
export function allowStyles(response: ServerResponse, nonce: string): void {
  response.setHeader('Content-Security-Policy', `${contentSecurityPolicy}; style-src 'self' 'nonce-${nonce}'`);
}

/** On every answer, whatever it holds. There are no CORS headers: other sites have nothing to do here. */
export function setSecurityHeaders(response: ServerResponse, requestId: string): void {
  response.setHeader('X-Request-Id', requestId);
  for (const name in fixedHeaders) response.setHeader(name, fixedHeaders[name] as string);
}

/** Writes a head with the security headers before `headers`, at once: setting them one by one costs more than the rest of it. */
export function writeHeadWithSecurity(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  const flat = [...flatHeaders];
  for (const name in headers) flat.push(name, headers[name] as string);
  response.writeHead(status, flat);
}
