import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

type CredentialOperation = 'listCredentials' | 'getCredential' | 'updateCredential' | 'testCredential' | 'deleteCredential';

export function credentialHandlers({ registry }: RegistryDependencies): Handlers<CredentialOperation> {
  return {
    listCredentials: async ({ principal }) => ({ data: await registry.listCredentials(principal.organizationId) }),
    getCredential: ({ principal, params }) => registry.getCredential(principal.organizationId, params.id),
    updateCredential: ({ principal, params, body }) => registry.updateCredential(principal, params.id, body),
    testCredential: ({ principal, params, body, signal, requestId }) =>
      registry.testCredential(principal, params.id, body, signal, { requestId }),
    deleteCredential: ({ principal, params }) => registry.deleteCredential(principal, params.id),
  };
}
