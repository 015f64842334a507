import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { CredentialRow } from '../models/model-rows.ts';

const { credentials, modelAliases, modelCredentials, modelFallbacks } = schema;

type LinkRow = typeof modelCredentials.$inferSelect;

/** A credential that serves a model beside its own. */
export interface LinkedCredential {
  readonly link: LinkRow;
  readonly credential: CredentialRow;
}

/** What belongs to a model beside its row. */
export interface ModelRouting {
  readonly credentials: readonly LinkedCredential[];
  /** Slugs, in order. */
  readonly fallbacks: readonly string[];
}

export const noRouting: ModelRouting = { credentials: [], fallbacks: [] };

/** In the order of lists. */
export function selectLinkedCredentials(db: Queries | Transaction, where?: SQL): Promise<LinkedCredential[]> {
  return db
    .select({ link: modelCredentials, credential: credentials })
    .from(modelCredentials)
    .innerJoin(
      credentials,
      and(eq(credentials.organizationId, modelCredentials.organizationId), eq(credentials.id, modelCredentials.credentialId)),
    )
    .where(where)
    .orderBy(asc(modelCredentials.position), asc(modelCredentials.credentialId));
}

/** The routing of every model, by its ID; of one organization, or of all. */
export async function readRoutings(db: Queries | Transaction, organizationId: string | null): Promise<ReadonlyMap<string, ModelRouting>> {
  const of = (column: typeof modelCredentials.organizationId | typeof modelFallbacks.organizationId) =>
    organizationId === null ? undefined : eq(column, organizationId);
  const linked = await selectLinkedCredentials(db, of(modelCredentials.organizationId));
  const fallbacks = await db
    .select()
    .from(modelFallbacks)
    .where(of(modelFallbacks.organizationId))
    .orderBy(asc(modelFallbacks.modelId), asc(modelFallbacks.position));
  const routings = new Map<string, { credentials: LinkedCredential[]; fallbacks: string[] }>();
  const routingOf = (modelId: string) => {
    const known = routings.get(modelId) ?? { credentials: [], fallbacks: [] };
    routings.set(modelId, known);
    return known;
  };
  for (const entry of linked) routingOf(entry.link.modelId).credentials.push(entry);
  for (const { modelId, slug } of fallbacks) routingOf(modelId).fallbacks.push(slug);
  return routings;
}

/** Names of models by organization, each with the slug that it stands for. */
export async function readAliases(
  db: Queries | Transaction,
  organizationId: string | null,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const rows = await db
    .select()
    .from(modelAliases)
    .where(organizationId === null ? undefined : eq(modelAliases.organizationId, organizationId))
    .orderBy(asc(modelAliases.name));
  const byOrganization = new Map<string, Map<string, string>>();
  for (const { organizationId: owner, name, slug } of rows) {
    const known = byOrganization.get(owner);
    if (known) known.set(name, slug);
    else byOrganization.set(owner, new Map([[name, slug]]));
  }
  return byOrganization;
}
