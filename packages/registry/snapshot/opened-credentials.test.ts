import { PipelinesError, Secret } from '@pipelines/contracts';
import type { OpenCredential } from '@pipelines/providers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CredentialPlace } from '../credential-vault/credential-place.ts';
import { createOpenedCredentials } from './opened-credentials.ts';

const destination = { provider: 'openai', authKind: 'api_key', baseUrl: 'https://api.example.com/v1', region: null } as const;
const place: CredentialPlace = { kind: 'credential', organizationId: 'o', id: 'c', version: 1, destination };
const sealed = { sealed: Buffer.of(1), dataKeyVersion: 1 };
const credential: OpenCredential = { apiKey: new Secret('sk') };

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

describe('createOpenedCredentials', () => {
  it('opens on first use, holds what is in use, and drops it within a minute after', () => {
    const open = vi.fn(() => credential);
    const opened = createOpenedCredentials({ open });
    const use = opened.prepare(place, sealed);
    expect(open).not.toHaveBeenCalled();
    for (let second = 0; second < 300; second += 10) {
      expect(use()).toBe(credential);
      vi.advanceTimersByTime(10_000);
    }
    expect(open).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    use();
    expect(open).toHaveBeenCalledTimes(2);
    opened.close();
    use();
    expect(open).toHaveBeenCalledTimes(3);
  });

  it('answers at once after the first time, even where opening had to wait', async () => {
    const opened = createOpenedCredentials({ open: async () => credential });
    const use = opened.prepare(place, sealed);
    expect(use()).toBeInstanceOf(Promise);
    await use();
    expect(use()).toBe(credential);
    opened.close();
  });

  it('keeps no failure', () => {
    const open = vi.fn((): OpenCredential => {
      throw new PipelinesError('credential_unreadable');
    });
    const opened = createOpenedCredentials({ open });
    const use = opened.prepare(place, sealed);
    expect(use).toThrow(PipelinesError);
    open.mockReturnValue(credential);
    expect(use()).toBe(credential);
    opened.close();
  });
});
