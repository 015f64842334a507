import { PipelinesError } from '@pipelines/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const windowSeconds = 15 * 60;
/** Per account, wherever the tries come from; a lock that anybody can cause must be short. */
const triesPerAccount = 10;
/** Per address, whatever account is tried; offices share one. */
const triesPerAddress = 50;

/** Counts tries to sign in. A try counts before the password is looked at, so that parallel ones count too. */
export interface SignInLimiter {
  /** @throws PipelinesError `rate_limited` */
  countTry(account: string, address: string): Promise<void>;
  /** Only a full success takes tries back. */
  forgiveTry(account: string, address: string): Promise<void>;
}

export function createSignInLimiter(): SignInLimiter {
  const accounts = new RateLimiterMemory({ points: triesPerAccount, duration: windowSeconds });
  const addresses = new RateLimiterMemory({ points: triesPerAddress, duration: windowSeconds });
  return {
    async countTry(account, address) {
      await consume(addresses, address);
      await consume(accounts, account);
    },
    async forgiveTry(account, address) {
      await accounts.delete(account);
      // One point only: an account of one's own must not clear the count of tries at others.
      await addresses.reward(address);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    throw new PipelinesError('rate_limited', {
      detail: 'Too many attempts to sign in.',
      retryAfterSeconds: Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)),
    });
  }
}
