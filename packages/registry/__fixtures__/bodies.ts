import { type Capabilities, type Connection, type CreateModelBody, connectionSchema, createModelBodySchema } from '@pipelines/contracts';

const capabilities: Capabilities = { json_mode: true, vision: false, tool_use: true, reasoning: false };

/** A checked body of a connection to an OpenAI-compatible server. */
export function compatible(baseUrl: string, apiKey: string, model = 'example-model'): Connection {
  return connectionSchema.parse({
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: baseUrl,
    provider_model_id: model,
    credential: { api_key: apiKey },
  });
}

/** The body that saves what was tested; `changes` are laid over it, and undefined takes a field away. */
export function saving(connection: Connection, testId: string, changes: Readonly<Record<string, unknown>> = {}): CreateModelBody {
  const body = { ...connection, connection_test_id: testId, display_name: 'Acme Llama', capabilities, ...changes };
  return createModelBodySchema.parse(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)));
}

export const never = new AbortController().signal;
