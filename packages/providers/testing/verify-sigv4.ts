import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RecordedRequest } from './fake-upstream.ts';

export interface IamIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsRefusal {
  readonly type: string;
  readonly message: string;
}

const MAX_SKEW_MS = 5 * 60 * 1000;

/** Recomputes the signature of a request as AWS does; null when it holds. */
export function verifySigV4(request: RecordedRequest, identities: readonly IamIdentity[], region: string): AwsRefusal | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (match === null) return { type: 'IncompleteSignatureException', message: 'Authorization header is not complete.' };
  const [, accessKeyId = '', date = '', scopeRegion = '', service = '', signedHeaders = '', signature = ''] = match;
  const identity = identities.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (identity === undefined || (request.headers['x-amz-security-token'] ?? undefined) !== identity.sessionToken) {
    return { type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' };
  }
  if (scopeRegion !== region) return invalid(`Credential should be scoped to a valid region, not '${scopeRegion}'. `);
  if (service !== 'bedrock') return invalid(`Credential should be scoped to correct service: 'bedrock'. `);
  const amzDate = request.headers['x-amz-date'] ?? '';
  if (!amzDate.startsWith(date) || isSkewed(amzDate)) return invalid(`Signature expired: ${amzDate} is now earlier than allowed.`);
  for (const needed of ['host', 'x-amz-date']) {
    if (!signedHeaders.split(';').includes(needed)) return invalid(`'${needed}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const bodyHash = sha256(request.bytes);
  const claimed = request.headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== bodyHash) return invalid('The provided x-amz-content-sha256 does not match what was computed.');
  const canonical = canonicalRequest(request, signedHeaders, bodyHash);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const expected = sign(
    identity.secretAccessKey,
    [date, region, service],
    ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonical)].join('\n'),
  );
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return null;
  return invalid(
    `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.\n\nThe Canonical String for this request should have been\n'${canonical}'`,
  );
}

function canonicalRequest({ method, path, headers }: RecordedRequest, signedHeaders: string, bodyHash: string): string {
  const [rawPath = '/', query = ''] = path.split('?');
  // The path on the wire is encoded once; AWS signs it encoded twice.
  const encodedPath = rawPath.split('/').map(encode).join('/');
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signedHeaders.split(';').map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [method, encodedPath, pairs.join('&'), lines.join(''), signedHeaders, bodyHash].join('\n');
}

function sign(secret: string, scope: readonly string[], text: string): string {
  const key = [...scope, 'aws4_request'].reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

function isSkewed(amzDate: string): boolean {
  const time = Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(time) || Math.abs(Date.now() - time) > MAX_SKEW_MS;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function invalid(message: string): AwsRefusal {
  return { type: 'InvalidSignatureException', message };
}
