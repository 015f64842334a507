import { PipelinesError, type Principal } from '@pipelines/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Connection tests are a door into the network and an oracle for keys: few at a time, and not many a minute. */
export interface TestLimiter {
  /** Runs one test of this caller. @throws PipelinesError `rate_limited` */
  run<Result>(principal: Principal, work: () => Promise<Result>): Promise<Result>;
  /** Counts one look into a provider's model list. @throws PipelinesError `rate_limited` */
  countModelList(principal: Principal): Promise<void>;
}

export interface TestLimits {
  readonly testsPerMinute?: number;
  readonly modelListsPerMinute?: number;
  /** What is limited, as a refusal calls it. */
  readonly names?: { readonly one: string; readonly many: string };
}

const connectionTestNames = { one: 'connection test', many: 'connection tests' };

export function createTestLimiter({
  testsPerMinute = 20,
  modelListsPerMinute = 60,
  names = connectionTestNames,
}: TestLimits = {}): TestLimiter {
  const tests = new RateLimiterMemory({ points: testsPerMinute, duration: 60 });
  const lists = new RateLimiterMemory({ points: modelListsPerMinute, duration: 60 });
  const running = new Set<string>();

  return {
    async run(principal, work) {
      const caller = callerOf(principal);
      if (running.has(caller)) {
        throw new PipelinesError('rate_limited', { detail: `A ${names.one} of yours is still running.`, retryAfterSeconds: 1 });
      }
      running.add(caller);
      try {
        await consume(tests, caller, names.many);
        return await work();
      } finally {
        running.delete(caller);
      }
    },
    countModelList: (principal) => consume(lists, callerOf(principal), names.many),
  };
}

async function consume(limiter: RateLimiterMemory, caller: string, many: string): Promise<void> {
  try {
    await limiter.consume(caller);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new PipelinesError('rate_limited', {
      detail: `Too many ${many} within a minute.`,
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}

function callerOf({ organizationId, actor }: Principal): string {
  return `${organizationId}/${actor.type}/${actor.id}`;
}
