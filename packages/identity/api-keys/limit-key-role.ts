import { type KeyRole, type MemberRole, mayGrant } from '@pipelines/contracts';

const fromHighest: readonly KeyRole[] = ['admin', 'builder', 'viewer'];

/**
 * What a key may be today: its own role, but never more than its creator is now. A key of the operator
 * (no creator) keeps its role.
 *
 * @returns null when nothing is left, such as calling models for somebody who became a viewer
 */
export function limitKeyRole(keyRole: KeyRole, creatorRole: MemberRole | null): KeyRole | null {
  if (creatorRole === null || mayGrant(creatorRole, keyRole)) return keyRole;
  if (keyRole === 'inference') return null;
  const limited = fromHighest.slice(fromHighest.indexOf(keyRole)).find((role) => role === creatorRole || mayGrant(creatorRole, role));
  return limited ?? null;
}
