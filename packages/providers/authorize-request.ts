import { PipelinesError, type Secret } from '@pipelines/contracts';
import { AwsV4Signer } from 'aws4fetch';
import type { PreparedRequest } from './adapter.ts';
import type { AuthScheme, OpenCredential } from './credential.ts';

/** A request that is ready to be sent. Its headers hold the secret: never log or store it. */
export interface AuthorizedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
}

/**
 * Puts the credential on a prepared request, where its scheme wants it. Synchronous unless the
 * request must be signed. Throws `credential_unreadable` when the credential lacks what the scheme needs.
 */
export function authorizeRequest(prepared: PreparedRequest, credential: OpenCredential): AuthorizedRequest | Promise<AuthorizedRequest> {
  if (prepared.auth === 'sigv4-bedrock') return signRequest(prepared, credential);
  const headers = authorizeHeaders(prepared.headers, prepared.auth, credential);
  return { method: prepared.method, url: prepared.url, headers, body: prepared.body };
}

/** Headers with the credential's own; a name that is taken already stays as it is. They hold the secret: never log or store them. */
export function authorizeHeaders(
  given: Readonly<Record<string, string>>,
  auth: Exclude<AuthScheme, 'sigv4-bedrock'>,
  credential: OpenCredential,
): Record<string, string> {
  const headers = { ...given };
  const key = keyHeaders[auth];
  if (key !== undefined && credential.apiKey !== undefined) headers[key.name] = `${key.prefix}${credential.apiKey.expose()}`;
  addExtraHeaders(headers, credential.headers ?? {});
  return headers;
}

/** The header that carries an API key, by scheme. */
const keyHeaders: Readonly<Partial<Record<AuthScheme, { readonly name: string; readonly prefix: string }>>> = {
  bearer: { name: 'authorization', prefix: 'Bearer ' },
  'x-api-key': { name: 'x-api-key', prefix: '' },
  'x-goog-api-key': { name: 'x-goog-api-key', prefix: '' },
};

async function signRequest(prepared: PreparedRequest, credential: OpenCredential): Promise<AuthorizedRequest> {
  const { accessKeyId, secretAccessKey, sessionToken } = credential;
  if (accessKeyId === undefined || secretAccessKey === undefined || prepared.region === null) {
    throw new PipelinesError('credential_unreadable', { detail: 'The stored credential has no IAM key pair.' });
  }
  const signer = new AwsV4Signer({
    method: prepared.method,
    url: prepared.url,
    headers: prepared.headers,
    ...(prepared.body === null ? {} : { body: new Uint8Array(prepared.body) }),
    accessKeyId: accessKeyId.expose(),
    secretAccessKey: secretAccessKey.expose(),
    ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.expose() }),
    service: 'bedrock',
    region: prepared.region,
  });
  const signed = await signer.sign();
  return { method: prepared.method, url: prepared.url, headers: Object.fromEntries(signed.headers), body: prepared.body };
}

/** Headers that frame or route the request: theirs are set by the transport and by nobody else. */
const transportHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

function addExtraHeaders(headers: Record<string, string>, extra: Readonly<Record<string, Secret>>): void {
  for (const [name, value] of Object.entries(extra)) {
    const key = name.toLowerCase();
    if (transportHeaders.has(key) || key.startsWith('proxy-') || Object.hasOwn(headers, key)) continue;
    headers[key] = value.expose();
  }
}
