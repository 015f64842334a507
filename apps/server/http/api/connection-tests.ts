import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

/** Live calls: they end when the caller goes away. */
export function connectionTestHandlers({ registry }: RegistryDependencies): Handlers<'createConnectionTest' | 'testModel'> {
  return {
    createConnectionTest: ({ principal, body, signal, requestId }) => registry.testConnection(principal, body, signal, { requestId }),
    testModel: ({ principal, params, body, signal, requestId }) => registry.testModel(principal, params.slug, body, signal, { requestId }),
  };
}
