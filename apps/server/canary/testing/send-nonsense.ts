import { contractRoutes } from '../../http/api/route-table.ts';
import type { ApiClient } from '../../testing/index.ts';

const nobody = '01890000-0000-7000-8000-000000000000';

export interface Nonsense {
  readonly inBody: string;
  readonly inAddress: string;
}

/** Secrets in the wrong places of every route: in fields that do not exist, in broken JSON, in addresses, in names of fields. */
export async function sendNonsense(client: ApiClient, { inBody: secret, inAddress }: Nonsense): Promise<void> {
  for (const { method, path, body } of Object.values(contractRoutes())) {
    const address = path.replace('{provider}', 'fireworks').replace(/\{\w+\}/g, nobody);
    const send = (text?: string, suffix = '') => client.call(method.toUpperCase(), address + suffix, text === undefined ? {} : { text });
    if (method === 'get')
      await send(undefined, `?limit=${encodeURIComponent(inAddress)}&search=x&no_such_field=${encodeURIComponent(inAddress)}`);
    if (path.includes('{')) {
      await client.call(method.toUpperCase(), path.replace(/\{\w+\}/g, encodeURIComponent(inAddress)), body ? { text: '{}' } : {});
    }
    if (body === undefined) continue;
    const wrong = { api_key: secret, access_key_id: [secret], secret_access_key: { secret }, session_token: secret, headers: secret };
    for (const value of [
      { no_such_field: secret, password: [secret], token: { secret }, key: secret, email: secret, role: secret, provider: secret },
      {
        provider: 'openai-compatible',
        auth_kind: 'api_key',
        base_url: `http://user:${encodeURIComponent(secret)}@127.0.0.1:9/v1`,
        credential: wrong,
      },
      { provider: 'bedrock', auth_kind: 'iam', region: secret, provider_model_id: 'x', credential: wrong },
      {
        provider: 'fireworks',
        auth_kind: 'api_key',
        provider_model_id: 'x',
        credential: { api_key: `${secret}\n${secret}` },
        [secret]: secret,
      },
      {
        provider: 'openai-compatible',
        auth_kind: 'api_key',
        base_url: 'http://127.0.0.1:9',
        credential: { headers: { [secret]: secret } },
      },
      [secret],
      secret,
    ]) {
      await send(JSON.stringify(value));
    }
    await send(`{"credential":{"api_key":${JSON.stringify(secret)}`);
    await send(`{"__proto__":{"api_key":${JSON.stringify(secret)}}}`);
    await send(JSON.stringify({ password: secret, filler: secret.repeat(25_000) })).catch(unlessCut);
  }
}

/** A body that is too large is answered, and its connection closed, before all of it was written. */
function unlessCut(error: unknown): void {
  if (!(error instanceof TypeError)) throw error;
}

/** Secrets of callers where they do not belong, and keys that are none. */
export async function presentNonsense(client: ApiClient, secret: string): Promise<void> {
  const inUrl = encodeURIComponent(secret);
  for (const path of ['/v1/models', '/v1/chat/completions', '/api/models', '/metrics', '/', '/no/such/page', '/v1/nothing']) {
    const attempts: readonly Readonly<Record<string, string>>[] = [
      { authorization: `Bearer ${secret}` },
      { authorization: `Basic ${Buffer.from(`admin:${secret}`).toString('base64')}` },
      { 'x-api-key': secret },
      { authorization: `Bearer ${secret}`, 'x-api-key': `${secret}2` },
      { cookie: `pipelines_session=${inUrl}; api_key=${inUrl}` },
      { 'user-agent': 'Mozilla/5.0', referer: `http://x.example/?key=${inUrl}`, 'x-forwarded-for': secret, 'x-request-id': secret },
    ];
    for (const headers of attempts) {
      await client.call('GET', `${path}?api_key=${inUrl}`, { headers });
      await client.call('POST', `${path}?api_key=${inUrl}`, { headers, body: { model: 'x', api_key: secret, messages: [] } });
    }
  }
}
