import { hash, verify } from '@node-rs/argon2';
import { PipelinesError } from '@pipelines/contracts';

// OWASP's minimum for argon2id, which is the library's default algorithm.
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and a thread of Node's pool, so few run at a time and few may wait. */
const maxRunning = 2;
const maxWaiting = 64;

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes the same time for a missing hash (nobody has this address) as for a wrong password. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

export function createPasswordHasher(): PasswordHasher {
  const runLimited = createLimit();
  let dummy: Promise<string> | null = null;
  return {
    hash: (password) => runLimited(() => hash(password, cost)),
    verify: (passwordHash, password) =>
      runLimited(async () => {
        dummy ??= hash('nobody has this password', cost);
        const matches = await verify(passwordHash ?? (await dummy), password);
        return matches && passwordHash !== null;
      }),
  };
}

/** Runs at most two at a time. @throws PipelinesError `unavailable` when too many wait already */
function createLimit(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting) throw new PipelinesError('unavailable', { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so `running` stays as it is while somebody waits.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
