import type { OpenCredential } from '@pipelines/providers';
import type { Vault } from '../credential-vault/create-credential-vault.ts';
import type { CredentialPlace } from '../credential-vault/credential-place.ts';
import type { SealedCredential } from '../credential-vault/seal-credential.ts';

const sweepEveryMs = 15_000;
const keepUnusedMs = 45_000;

interface Slot {
  opened: OpenCredential | null;
  lastUsedMs: number;
}

/** Credentials that calls have opened: held while they are used, dropped at most a minute after. */
export interface OpenedCredentials {
  /** How to get at one credential; nothing is opened before the first call of it. */
  prepare(place: CredentialPlace, sealed: SealedCredential): () => OpenCredential | Promise<OpenCredential>;
  /** Drops all of them. */
  close(): void;
}

export function createOpenedCredentials(vault: Pick<Vault, 'open'>, now: () => number = () => performance.now()): OpenedCredentials {
  const held = new Set<Slot>();
  const timer = setInterval(() => drop((slot) => now() - slot.lastUsedMs >= keepUnusedMs), sweepEveryMs);
  timer.unref();

  function drop(which: (slot: Slot) => boolean): void {
    for (const slot of held) {
      if (!which(slot)) continue;
      slot.opened = null;
      held.delete(slot);
    }
  }

  return {
    prepare(place, sealed) {
      const slot: Slot = { opened: null, lastUsedMs: 0 };
      const hold = (opened: OpenCredential): OpenCredential => {
        slot.opened = opened;
        held.add(slot);
        return opened;
      };
      return () => {
        slot.lastUsedMs = now();
        if (slot.opened) return slot.opened;
        const opened = vault.open(place, sealed);
        return opened instanceof Promise ? opened.then(hold) : hold(opened);
      };
    },
    close() {
      clearInterval(timer);
      drop(() => true);
    },
  };
}
