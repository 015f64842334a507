import { describe, expect, it } from 'vitest';
import { isAllowed, keyRoles, mayGrant, permissions } from './roles.ts';

describe('roles', () => {
  it('lets admins do everything', () => {
    expect(permissions.filter((permission) => !isAllowed('admin', permission))).toEqual([]);
  });

  it('lets viewers only look', () => {
    expect(permissions.filter((permission) => isAllowed('viewer', permission) && /write|call/.test(permission))).toEqual([]);
  });

  it('keeps inference keys out of the management API', () => {
    expect(permissions.filter((permission) => isAllowed('inference', permission))).toEqual(['public', 'models:call']);
  });

  it('lets nobody hand out more than they have', () => {
    const grants = (own: (typeof keyRoles)[number]) => keyRoles.filter((wanted) => mayGrant(own, wanted));
    expect(grants('admin')).toEqual(['admin', 'builder', 'viewer', 'inference']);
    expect(grants('builder')).toEqual(['builder', 'viewer', 'inference']);
    expect(grants('viewer')).toEqual([]);
    expect(grants('inference')).toEqual([]);
  });
});
