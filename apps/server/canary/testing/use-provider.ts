import { registerModel } from '../../faults/testing/register-model.ts';
import type { ApiClient } from '../../testing/index.ts';
import { echoes } from './echoing-front.ts';
import type { ProviderCase } from './start-providers.ts';

export interface Callers {
  /** The admin key that tests and saves; a new one for each provider, since tests are limited. */
  readonly admin: ApiClient;
  /** An inference key. */
  readonly program: ApiClient;
  /** Somebody signed in. */
  readonly person: ApiClient;
}

export interface Use {
  readonly slug: string;
  /** The causes that failing tests have named. */
  readonly causes: readonly (string | null)[];
  /** Statuses of the calls to the model while the provider answered well, in order. */
  readonly good: readonly number[];
}

const messages = [{ role: 'user', content: 'Say hello.' }];

/** The life of a model at one provider: tested well and badly, saved, called well and badly, edited, called again, deactivated. */
export async function useProvider({ name, front, connection, replacement }: ProviderCase, callers: Callers): Promise<Use> {
  const { admin } = callers;
  const display_name = `Canary ${name}`;
  front.echo(null);
  const slug = await registerModel(admin, connection, { display_name });
  const good = await callEverywhere(slug, callers);
  const causes: (string | null)[] = [];
  for (const mode of echoes.filter((echo) => echo !== 'stream error')) {
    front.echo(mode);
    const test = await admin.call('POST', '/api/connection-tests', { body: connection });
    causes.push(test.json<{ cause: string | null }>().cause);
  }
  for (const mode of ['status 401', 'status 400', 'plain text', 'redirect', 'html', 'error in 200', 'stream error'] as const) {
    front.echo(mode);
    await callEverywhere(slug, callers);
    await listModels(admin, connection);
  }
  front.echo(null);
  await listModels(admin, connection);
  const edited = await admin.call('PATCH', `/api/models/${slug}`, { body: { credential: replacement, display_name } });
  if (edited.status !== 200) throw new Error(`The credential was not replaced: ${edited.text}`);
  good.push(...(await callEverywhere(slug, callers)));
  front.echo('status 401');
  await callEverywhere(slug, callers);
  await admin.call('POST', '/api/models', { body: { ...connection, connection_test_id: 'none', display_name, capabilities: {} } });
  for (const path of [`/api/models/${slug}`, '/api/models', '/api/credentials', '/api/attempts', '/api/audit-log'])
    await admin.call('GET', path);
  front.echo(null);
  return { slug, causes, good };
}

/** The same question through the gateway, streamed and not, and through the playground. */
async function callEverywhere(slug: string, { program, person }: Callers): Promise<number[]> {
  const statuses: number[] = [];
  for (const body of [
    { model: slug, messages },
    { model: slug, messages, stream: true },
  ]) {
    statuses.push((await program.call('POST', '/v1/chat/completions', { body })).status);
  }
  statuses.push((await person.call('POST', '/api/playground/chat/completions', { body: { model: slug, messages, stream: true } })).status);
  return statuses;
}

function listModels(admin: ApiClient, { provider_model_id: _, ...connection }: ProviderCase['connection']) {
  return admin.call('POST', `/api/providers/${connection.provider}/model-list`, { body: connection });
}
