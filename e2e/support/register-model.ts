import type { Connection, ConnectionTest, CreateModelBody, Model } from '@pipelines/contracts';
import type { ManagementApi } from './management-api.ts';

export type ModelSettings = Pick<CreateModelBody, 'display_name'> &
  Partial<Pick<CreateModelBody, 'max_tokens' | 'capabilities' | 'reasoning_parameter' | 'input_cost_per_token' | 'output_cost_per_token'>>;

export const noCapabilities = { json_mode: false, vision: false, tool_use: false, reasoning: false } as const;

/** Saves a model as a program does: a passed connection test, then the save that consumes it. */
export async function registerModel(api: ManagementApi, connection: Connection, settings: ModelSettings): Promise<Model> {
  const test = await api<ConnectionTest>('POST', '/api/connection-tests', connection);
  if (!test.passed) throw new Error(`The connection test of ${settings.display_name} failed: ${test.message}`);
  return api<Model>('POST', '/api/models', { capabilities: noCapabilities, ...connection, ...settings, connection_test_id: test.id });
}
