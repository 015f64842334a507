import type { Model } from '@pipelines/contracts';
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
  await rotateCredential(edited.json<Model>().credential?.id ?? '', slug, connection, replacement, front, callers);
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

/** The secret on the credential's own page: tested, replaced by one that works, and by one that is refused. */
async function rotateCredential(
  id: string,
  slug: string,
  connection: ProviderCase['connection'],
  replacement: ProviderCase['replacement'],
  front: ProviderCase['front'],
  callers: Callers,
): Promise<void> {
  const { admin } = callers;
  const path = `/api/credentials/${id}`;
  const { credential } = connection as { credential?: unknown };
  for (const secret of [credential, replacement]) {
    await admin.call('POST', `${path}/connection-tests`, { body: { credential: secret } });
    const replaced = await admin.call('PATCH', path, { body: { credential: secret } });
    if (replaced.status !== 200) throw new Error(`The credential was not replaced on its page: ${replaced.text}`);
    front.echo(secret === replacement ? 'status 401' : null);
    await callEverywhere(slug, callers);
    for (const read of [path, '/api/credentials', '/api/audit-log']) await admin.call('GET', read);
  }
  await admin.call('POST', `/api/models/${slug}/impact`, { body: { kind: 'edit', replaces_credential: true } });
  front.echo(null);
}
