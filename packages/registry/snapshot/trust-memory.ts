import { PipelinesError } from '@pipelines/contracts';
import type { Replica } from '../replicas/keep-replica.ts';

/** Without the database, known models are called so long; then nobody could have changed one for too long. */
const maxSilentMs = 15 * 60_000;

/**
 * What is in memory, where it may be trusted: always while the database answers; while it is away, what is known, for
 * fifteen minutes. Whether something unknown exists cannot be told then.
 * @throws PipelinesError `unavailable`
 */
export function trustMemory<Known>(known: Known | null, replica: Pick<Replica, 'isConnected' | 'silentMs'>): Known | null {
  if (replica.isConnected || (known !== null && replica.silentMs() <= maxSilentMs)) return known;
  throw new PipelinesError('unavailable', { retryAfterSeconds: 5 });
}
