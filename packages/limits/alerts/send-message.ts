import { EgressError } from '@pipelines/egress';
import type { LimitsContext } from '../limits-context.ts';

export interface SignedMessage {
  readonly organizationId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly sealed: Uint8Array;
  readonly dataKeyVersion: number;
  /** Of the delivery: the same each time that it is sent. */
  readonly id: string;
  readonly body: string;
}

export interface SendOutcome {
  readonly delivered: boolean;
  /** Null: it could not be reached. */
  readonly status: number | null;
  /** Of a closed list; null where there was an answer. */
  readonly cause: string | null;
}

const timeouts = { connectMs: 5_000, firstByteMs: 10_000, idleMs: 10_000, totalMs: 15_000 };
const maxResponseBytes = 64 * 1024;

/**
 * Posts a message as Standard Webhooks describe it: whoever knows the secret can tell that we have sent exactly this,
 * and when. What is answered is not read; a status from 200 to 299 means that it was taken.
 */
export async function sendMessage({ egress, webhookSecrets }: LimitsContext, message: SignedMessage): Promise<SendOutcome> {
  const { organizationId, webhookId, url, sealed, dataKeyVersion, id, body } = message;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  try {
    const place = { organizationId, id: webhookId, url };
    const signature = await webhookSecrets.sign(place, { sealed, dataKeyVersion }, `${id}.${timestamp}.${body}`);
    const response = await egress.request({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      timeouts,
      maxResponseBytes,
      purpose: 'webhook',
      organizationId,
    });
    response.discard();
    return { delivered: response.status >= 200 && response.status < 300, status: response.status, cause: null };
  } catch (error) {
    return { delivered: false, status: null, cause: error instanceof EgressError ? error.cause : 'unavailable' };
  }
}
