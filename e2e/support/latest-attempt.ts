import type { Attempt } from '@pipelines/contracts';
import type { ManagementApi } from './management-api.ts';

/** The newest call of a model through the gateway, as the log has it; undefined until it is shipped there. */
export async function readLatestAttempt(
  api: ManagementApi,
  slug: string,
  { stream }: { readonly stream: boolean },
): Promise<Attempt | undefined> {
  const page = await api<{ data: Attempt[] }>('GET', `/api/attempts?source=gateway&slug=${encodeURIComponent(slug)}`);
  return page.data.find((attempt) => attempt.stream === stream);
}
