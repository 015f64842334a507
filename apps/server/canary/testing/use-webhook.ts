import type { CreatedWebhook } from '@pipelines/contracts';
import type { ApiClient } from '../../testing/index.ts';
import type { EchoingFront } from './echoing-front.ts';

/** The life of a webhook whose receiver betrays what it was sent: made, tested, looked at, switched off, deleted. Answers its secret. */
export async function useWebhook(front: EchoingFront, admin: ApiClient): Promise<string> {
  const created = await admin.call('POST', '/api/webhooks', { body: { url: `${front.origin}/alerts` } });
  if (created.status !== 201) throw new Error(`The webhook was not saved: ${created.text}`);
  const { id, secret } = created.json<CreatedWebhook>();
  for (const mode of ['status 500', 'redirect', 'broken off', 'plain text'] as const) {
    front.echo(mode);
    await admin.call('POST', `/api/webhooks/${id}/tests`);
  }
  front.echo(null);
  await admin.call('PATCH', `/api/webhooks/${id}`, { body: { enabled: false } });
  for (const path of ['/api/webhooks', `/api/webhooks/${id}/deliveries`, '/api/audit-log']) await admin.call('GET', path);
  await admin.call('DELETE', `/api/webhooks/${id}`);
  return secret;
}
