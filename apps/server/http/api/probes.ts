import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

/** Live calls: they end when the caller goes away. */
export function probeHandlers({ registry }: RegistryDependencies): Handlers<'probeConnection' | 'probeModel' | 'listProbes'> {
  return {
    probeConnection: ({ principal, body, signal, requestId }) => registry.probeConnection(principal, body, signal, { requestId }),
    probeModel: ({ principal, params, signal, requestId }) => registry.probeModel(principal, params.slug, signal, { requestId }),
    listProbes: ({ principal, params }) => registry.listProbes(principal.organizationId, params.slug),
  };
}
