export { findKeysInForce, findKeysLimitedTo, type LimitedKey, lockLimitedKeys, setAllowedModels } from './api-keys/allowed-models.ts';
export type { AuthenticatedKey } from './api-keys/load-api-keys.ts';
export { type AuditObject, recordAudit } from './audit/record-audit.ts';
export { createIdentity, type Identity, type IdentityOptions } from './create-identity.ts';
export type { OpenedSession, SignedInMember } from './sessions/describe-session.ts';
export type { ClientOrigin } from './sessions/sign-in.ts';
export type { Bootstrap } from './setup/bootstrap-organization.ts';
