import { z } from 'zod';

export const memberRoles = ['admin', 'builder', 'viewer'] as const;
/** What an API key may be. `inference` reaches only `/v1/*`. */
export const keyRoles = ['admin', 'builder', 'viewer', 'inference'] as const;

export const memberRoleSchema = z.enum(memberRoles);
export const keyRoleSchema = z.enum(keyRoles);
export type MemberRole = (typeof memberRoles)[number];
export type KeyRole = (typeof keyRoles)[number];

/** What a route can ask for. `public` needs nobody, `signed_in` needs anybody of an organization. */
export const permissions = [
  'public',
  'signed_in',
  'models:read',
  'models:write',
  'models:call',
  'credentials:read',
  'credentials:write',
  'keys:read',
  'keys:write',
  'members:read',
  'members:write',
  'limits:read',
  'limits:write',
  'webhooks:read',
  'webhooks:write',
  'settings:read',
  'settings:write',
  'usage:read',
  'contents:read',
  'audit:read',
  'workflows:read',
  'workflows:write',
  'tools:read',
  'tools:write',
] as const;
export type Permission = (typeof permissions)[number];

const viewer: readonly Permission[] = [
  'public',
  'signed_in',
  'models:read',
  'limits:read',
  'settings:read',
  'usage:read',
  'workflows:read',
  'tools:read',
];
const builder: readonly Permission[] = [...viewer, 'workflows:write', 'models:call', 'keys:read', 'keys:write', 'members:read'];

const granted: Record<KeyRole, ReadonlySet<Permission>> = {
  admin: new Set(permissions),
  builder: new Set(builder),
  viewer: new Set(viewer),
  inference: new Set<Permission>(['public', 'models:call']),
};

export function isAllowed(role: KeyRole, permission: Permission): boolean {
  return granted[role].has(permission);
}

const rank: Record<KeyRole, number> = { inference: 0, viewer: 0, builder: 1, admin: 2 };

/**
 * Whether somebody of `own` role may hand out `wanted`: nobody grants more than they have. A viewer
 * grants nothing, since a key that calls models can do more than look.
 */
export function mayGrant(own: KeyRole, wanted: KeyRole): boolean {
  return rank[own] > 0 && rank[wanted] <= rank[own];
}
