import type { FakeOpenAi } from '@pipelines/providers/testing';
import type { ApiClient } from '../../testing/index.ts';
import { registerModel } from './register-model.ts';

/** One model each: by its model ID, every request that the provider saw is told from those of the other lanes. */
export interface Lane {
  readonly slug: string;
  readonly providerModelId: string;
}

export async function registerLanes(admin: ApiClient, provider: FakeOpenAi, count: number): Promise<Lane[]> {
  const lanes: Lane[] = [];
  for (let index = 0; index < count; index += 1) {
    const providerModelId = `lane-${index}`;
    const connection = { provider: 'openai-compatible', auth_kind: 'none', base_url: provider.baseUrl, provider_model_id: providerModelId };
    lanes.push({ slug: await registerModel(admin, connection, { display_name: `Lane ${index}` }), providerModelId });
  }
  return lanes;
}

/** How many chats the provider saw in each lane, connection tests included. */
export function countSeen({ requests }: FakeOpenAi): Record<string, number> {
  return countBy(requests.filter(({ method }) => method === 'POST').map(({ body }) => String((body as { model?: unknown } | null)?.model)));
}

export interface LoggedAttempt {
  readonly id: string;
  readonly request_id: string;
  readonly provider_model_id: string;
  readonly status: string;
  readonly cause: string | null;
  readonly slug: string | null;
}

/** The whole log, page by page. */
export async function readLog(admin: ApiClient): Promise<LoggedAttempt[]> {
  const rows: LoggedAttempt[] = [];
  for (let cursor = ''; ; ) {
    const answer = await admin.call('GET', `/api/attempts?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    if (answer.status !== 200) throw new Error(`The log cannot be read: ${answer.text}`);
    const page = answer.json<{ data: LoggedAttempt[]; next_cursor: string | null }>();
    rows.push(...page.data);
    if (page.next_cursor === null) return rows;
    cursor = page.next_cursor;
  }
}

export function countLogged(rows: readonly LoggedAttempt[]): Record<string, number> {
  return countBy(rows.map((row) => row.provider_model_id));
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
