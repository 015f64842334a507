import { randomBytes } from 'node:crypto';

/** A secret that exists once in the world: wherever it turns up, it has come from the field that it is named for. */
export interface Canary {
  /** The field, as a finding names it; never the secret itself. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Sixteen characters of its random part, by which a cut-off copy is known; empty where it has no text. */
  readonly head: string;
}

const headLength = 16;

/** `publicPart`: how many characters everybody knows, such as the prefix of a kind of key. */
export function watch(name: string, secret: string | Buffer, publicPart = 0): Canary {
  if (typeof secret !== 'string') return { name, bytes: secret, head: '' };
  return { name, bytes: Buffer.from(secret), head: secret.slice(publicPart, publicPart + headLength) };
}

/** A secret of visible ASCII that looks different in each spelling. `tag` is short, so that its first 16 characters hold random ones. */
export function makeSecret(tag: string): string {
  return `CNRY-${tag}-${randomBytes(16).toString('hex')}/"+`;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A pair as AWS gives it for a session. */
export function makeIamPair() {
  const random = [...randomBytes(12)].map((byte) => base32[byte % 32]).join('');
  return { access_key_id: `ASIACNRY${random}`, secret_access_key: makeSecret('sk'), session_token: makeSecret('st') };
}

/** A short-term Bedrock API key: a presigned URL in base64, which carries a session token. */
export function makeShortTermKey(region: string) {
  const sessionToken = makeSecret('bt');
  const date = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const query = new URLSearchParams({
    Action: 'CallWithBearerToken',
    'X-Amz-Credential': `ASIAEXAMPLE/${date.slice(0, 8)}/${region}/bedrock/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '43200',
    'X-Amz-Signature': randomBytes(32).toString('hex'),
    'X-Amz-Security-Token': sessionToken,
  });
  const encoded = Buffer.from(`bedrock.amazonaws.com/?${query}`).toString('base64');
  const apiKey = `bedrock-api-key-${encoded}`;
  // Everything before is the same in every key of that day.
  const publicPart = apiKey.length - 48;
  return {
    apiKey,
    canaries: [watch('bedrock short-term key', apiKey, publicPart), watch('session token in the short-term key', sessionToken)],
  };
}
