import { type Log, toSafeError } from '@pipelines/contracts';

/** A new secret that real calls are trying, while the one before is kept. The same for every model that shares the credential. */
export interface SecretTrial {
  /** From now on calls use the secret before again. */
  readonly isReturned: boolean;
  /** A call has worked. With the new secret, it is proved, and the one before goes. */
  worked(): void;
  /** The provider has refused the new secret. From then on calls use the one before. */
  refused(): void;
}

/** The replacement of one secret: which credential, and the version that is tried. */
export interface TrialKey {
  readonly organizationId: string;
  readonly id: string;
  readonly version: number;
}

export type TrialOutcome = 'worked' | 'refused';

export interface SecretTrials {
  of(key: TrialKey): SecretTrial;
  close(): Promise<void>;
}

const tryAgainMs = 5_000;

/**
 * The trials that this process knows of. An outcome counts here at once, and is written down in the background.
 *
 * @param settle writes an outcome down, for all processes; repeated until it succeeds
 */
export function createSecretTrials(settle: (key: TrialKey, outcome: TrialOutcome) => Promise<void>, log: Log): SecretTrials {
  const trials = new Map<string, SecretTrial & { readonly version: number }>();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function write(key: TrialKey, outcome: TrialOutcome): void {
    const writing = settle(key, outcome)
      .catch((error: unknown) => {
        log({ event: 'task_failed', task: 'settle_secret_trial', error: toSafeError(error) });
        if (closed) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          write(key, outcome);
        }, tryAgainMs);
        timers.add(timer.unref());
      })
      .finally(() => running.delete(writing));
    running.add(writing);
  }

  function begin(key: TrialKey): SecretTrial & { readonly version: number } {
    let outcome: TrialOutcome | null = null;
    const end = (how: TrialOutcome) => {
      if (outcome !== null) return;
      outcome = how;
      write(key, how);
    };
    return {
      version: key.version,
      get isReturned() {
        return outcome === 'refused';
      },
      worked: () => end('worked'),
      refused: () => end('refused'),
    };
  }

  return {
    of(key) {
      const name = `${key.organizationId}/${key.id}`;
      const known = trials.get(name);
      if (known?.version === key.version) return known;
      const trial = begin(key);
      trials.set(name, trial);
      return trial;
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
