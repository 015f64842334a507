import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { listRequest } from '../list-request.ts';
import { classifyError } from './classify-error.ts';
import { readListing } from './read-listing.ts';

/** Asks the provider's own lists: the usual one first. */
export function prepareModelList(call: ModelListCall): readonly PreparedRequest[] {
  const { baseUrl, quirks } = call;
  const path = quirks.modelListPath === undefined ? 'models' : quirks.modelListPath;
  if (path === null) return [];
  return [path, ...(quirks.extraModelListPaths ?? [])].map((relative) => listRequest(call, new URL(relative, `${baseUrl}/`).href));
}

/** One list of all that answered. Throws the first refusal where none did. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  const good = responses.filter((response) => response.status >= 200 && response.status < 300);
  const refused = responses.find((response) => !good.includes(response));
  if (good.length === 0 && refused !== undefined) throw classifyError(refused, { quirks: {} });
  const listings = new Map<string, ProviderListing>();
  for (const response of good) {
    for (const entry of entriesOf(response)) {
      const listing = readListing(entry);
      if (listing !== null && !listings.has(listing.id)) listings.set(listing.id, listing);
    }
  }
  return [...listings.values()];
}

/** `{data: […]}`, a bare array (Together) or `{models: […]}` (Fireworks). A list that cannot be read is empty. */
function entriesOf(response: RawResponse): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch {
    return [];
  }
  if (Array.isArray(value)) return value;
  const { data, models } = (value ?? {}) as { data?: unknown; models?: unknown };
  return [data, models].find(Array.isArray) ?? [];
}
