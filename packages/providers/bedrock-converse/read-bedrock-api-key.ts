const SHORT_TERM_PREFIX = 'bedrock-api-key-';

/** What a short-term Bedrock API key tells of itself: it is a presigned URL in base64. */
export interface BedrockApiKeyFacts {
  readonly region: string;
  readonly expiresAt: Date;
}

/** Null for a long-term key, and for one that cannot be read: the provider then says what it thinks of it. */
export function readBedrockApiKey(apiKey: string): BedrockApiKeyFacts | null {
  if (!apiKey.startsWith(SHORT_TERM_PREFIX)) return null;
  const text = Buffer.from(apiKey.slice(SHORT_TERM_PREFIX.length), 'base64').toString('latin1');
  const address = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const query = new URL(address).searchParams;
  const region = query.get('X-Amz-Credential')?.split('/')[2] ?? '';
  const signedAt = parseAmzDate(query.get('X-Amz-Date') ?? '');
  const lifeSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  if (!/^[a-z0-9-]{1,32}$/.test(region) || signedAt === null || !Number.isSafeInteger(lifeSeconds) || lifeSeconds < 0) return null;
  const expiresAt = new Date(signedAt + lifeSeconds * 1000);
  return Number.isNaN(expiresAt.getTime()) ? null : { region, expiresAt };
}

/** `20260923T101500Z` as milliseconds. */
function parseAmzDate(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}
