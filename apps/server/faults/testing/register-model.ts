import type { ApiClient } from '../../testing/index.ts';

const noCapabilities = { json_mode: false, vision: false, tool_use: false, reasoning: false };

export interface Registration {
  readonly display_name: string;
  readonly capabilities?: Readonly<Record<string, boolean>>;
  readonly input_cost_per_token?: string;
  readonly output_cost_per_token?: string;
}

/** Tests a connection and saves it as a model, as the page does. @returns its slug */
export async function registerModel(
  client: ApiClient,
  connection: Readonly<Record<string, unknown>>,
  { capabilities = noCapabilities, ...registration }: Registration,
): Promise<string> {
  const test = await client.call('POST', '/api/connection-tests', { body: connection });
  const result = test.json<{ id: string; passed: boolean; message: string }>();
  if (test.status !== 201 || !result.passed) throw new Error(`The connection test did not pass: ${test.text}`);
  const saved = await client.call('POST', '/api/models', {
    body: { ...connection, connection_test_id: result.id, capabilities, ...registration },
  });
  if (saved.status !== 201) throw new Error(`The model was not saved: ${saved.text}`);
  return saved.json<{ slug: string }>().slug;
}
