import { randomBytes } from 'node:crypto';
import { type ApiKey, type KeyRole, mayGrant, type OnUnsupported, PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { describeApiKey } from './describe-api-key.ts';
import type { AuthenticatedKey } from './load-api-keys.ts';

export interface CreateApiKeyBody {
  readonly name: string;
  readonly role: KeyRole;
  readonly allowed_models?: readonly string[] | null | undefined;
  readonly on_unsupported?: OnUnsupported | undefined;
  readonly expires_at?: string | null | undefined;
}

/**
 * Makes an API key. Nobody makes one that can do more, call more or live longer than they do themselves.
 *
 * @returns the key with its text, which is shown once
 * @throws PipelinesError `forbidden`, `invalid_request` for an end in the past
 */
export async function createApiKey(
  { database, keyIndex, now }: IdentityContext,
  principal: Principal,
  body: CreateApiKeyBody,
): Promise<ApiKey & { key: string }> {
  const { organizationId, actor } = principal;
  const parent = actor.type === 'api_key' ? keyIndex.find(actor.id) : null;
  const expiresAt = body.expires_at ? new Date(body.expires_at) : null;
  if (expiresAt !== null && expiresAt <= now()) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'expires_at', message: 'Must be in the future' }] });
  }
  refuseMoreThanOwn(principal, parent, body, expiresAt);

  const key = `ppl_${randomBytes(20).toString('hex')}`;
  const row = await database.db.transaction(async (tx) => {
    const [created] = await tx
      .insert(schema.apiKeys)
      .values({
        organizationId,
        id: uuidv7(),
        name: body.name,
        keyHash: keyIndex.hashKey(key),
        lastFour: key.slice(-4),
        role: body.role,
        allowedModels: body.allowed_models ? [...new Set(body.allowed_models)] : null,
        onUnsupported: body.on_unsupported ?? 'refuse',
        // A key that was made with a key belongs to the same person, and ends with them.
        createdBy: actor.type === 'member' ? actor.id : (parent?.createdBy ?? null),
        createdAt: now(),
        expiresAt,
      })
      .returning();
    if (!created) throw new PipelinesError('internal_error');
    await recordAudit(tx, principal, 'api_key.created', { type: 'api_key', id: created.id }, [
      'name',
      'role',
      'allowed_models',
      'on_unsupported',
      'expires_at',
    ]);
    await announceChange(tx, { topic: 'api_keys', organizationId });
    return created;
  });
  await keyIndex.reload(organizationId);
  return { ...describeApiKey(row), key };
}

function refuseMoreThanOwn(principal: Principal, parent: AuthenticatedKey | null, body: CreateApiKeyBody, expiresAt: Date | null): void {
  const refuse = (detail: string): never => {
    throw new PipelinesError('forbidden', { detail });
  };
  if (!mayGrant(principal.role, body.role)) refuse(`Your role is ${principal.role}; you cannot make a key with the role ${body.role}.`);
  if (principal.actor.type === 'api_key' && parent === null) throw new PipelinesError('unauthenticated');
  const own = principal.allowedModels;
  if (own !== null && !body.allowed_models?.every((slug) => own.has(slug))) {
    refuse('This API key is limited to some models; a key that it makes must be limited to the same or fewer.');
  }
  if (parent?.expiresAt && (expiresAt === null || expiresAt > parent.expiresAt)) {
    refuse('This API key expires; a key that it makes must not outlive it.');
  }
}
