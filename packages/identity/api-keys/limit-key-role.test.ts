import { isAllowed, keyRoles, memberRoles, permissions } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { limitKeyRole } from './limit-key-role.ts';

describe('limitKeyRole', () => {
  it('never leaves a permission that the creator has not', () => {
    for (const keyRole of keyRoles) {
      for (const creatorRole of memberRoles) {
        const limited = limitKeyRole(keyRole, creatorRole);
        if (limited === null) continue;
        const excess = permissions.filter((permission) => isAllowed(limited, permission) && !isAllowed(creatorRole, permission));
        expect(excess, `${keyRole} of a ${creatorRole}`).toEqual([]);
      }
    }
  });

  it('never raises a key', () => {
    for (const keyRole of keyRoles) {
      for (const creatorRole of memberRoles) {
        const limited = limitKeyRole(keyRole, creatorRole);
        if (limited === null) continue;
        expect(permissions.filter((permission) => isAllowed(limited, permission) && !isAllowed(keyRole, permission))).toEqual([]);
      }
    }
  });

  it("leaves the operator's keys alone", () => {
    for (const keyRole of keyRoles) expect(limitKeyRole(keyRole, null)).toBe(keyRole);
  });
});
