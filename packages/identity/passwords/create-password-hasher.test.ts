import { describe, expect, it } from 'vitest';
import { createPasswordHasher } from './create-password-hasher.ts';

describe('the password hasher', () => {
  const passwords = createPasswordHasher();

  it('uses argon2id with 19 MiB, two passes, one lane, and a new salt', async () => {
    const [first, second] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await passwords.verify(first, 'correct horse')).toBe(true);
    expect(await passwords.verify(first, 'correct horse ')).toBe(false);
  });

  it('works as hard for nobody as for somebody, and never lets nobody in', async () => {
    const hash = await passwords.hash('correct horse');
    await passwords.verify(null, 'warm up');
    const bestMs = { nobody: Number.POSITIVE_INFINITY, somebody: Number.POSITIVE_INFINITY };
    // By turns, and the best of each: the machine may be busy.
    for (let turn = 0; turn < 6; turn += 1) {
      for (const who of ['nobody', 'somebody'] as const) {
        const startedAtMs = performance.now();
        await passwords.verify(who === 'nobody' ? null : hash, 'nobody has this password');
        bestMs[who] = Math.min(bestMs[who], performance.now() - startedAtMs);
      }
    }
    expect(await passwords.verify(null, 'nobody has this password')).toBe(false);
    expect(bestMs.nobody / bestMs.somebody).toBeGreaterThan(0.3);
  });

  it('keeps few waiting, and recovers', async () => {
    const results = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash('x')));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(80 - 66);
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } });
    expect(await passwords.hash('x')).toMatch(/^\$argon2id/);
  });
});
