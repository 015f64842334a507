import type { RegistryDependencies } from './models.ts';
import type { Handlers } from './route-table.ts';

export function settingsHandlers({ registry }: RegistryDependencies): Handlers<'getSettings' | 'updateSettings'> {
  return {
    getSettings: ({ principal }) => registry.getSettings(principal.organizationId),
    updateSettings: ({ principal, body }) => registry.updateSettings(principal, body),
  };
}
