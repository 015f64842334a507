import type { Identity } from '@pipelines/identity';
import type { Handlers } from './route-table.ts';

export interface ApiKeysDependencies {
  readonly identity: Pick<Identity, 'listApiKeys' | 'createApiKey' | 'revokeApiKey'>;
}

export function apiKeyHandlers({ identity }: ApiKeysDependencies): Handlers<'listApiKeys' | 'createApiKey' | 'revokeApiKey'> {
  return {
    listApiKeys: async ({ principal }) => ({ data: await identity.listApiKeys(principal.organizationId) }),
    createApiKey: ({ principal, body }) => identity.createApiKey(principal, body),
    revokeApiKey: ({ principal, params }) => identity.revokeApiKey(principal, params.id),
  };
}
