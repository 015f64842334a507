import type { ProbeCheck, ReasoningParameter } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import type { Quirks } from '@pipelines/providers';
import { and, desc, eq, or } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { digestConfiguration } from '../connection-test/config-digest.ts';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { ProbeRow } from './present-probe.ts';

const { capabilityProbes } = schema;
const shown = 20;

/** Of what was measured: the place and the model, whatever key opened it. */
export function probeDigest(destination: Destination, providerModelId: string): Buffer {
  return digestConfiguration({ destination, providerModelId, fingerprint: null });
}

export interface NewProbe {
  readonly organizationId: string;
  readonly connectionDigest: Buffer;
  readonly slug: string | null;
  readonly checks: ProbeCheck[];
  readonly reasoningParameter: ReasoningParameter | null;
  readonly quirks: Quirks;
  readonly calls: number;
  readonly cost: string | null;
  readonly createdBy: string | null;
}

export async function insertProbe(db: Queries, { quirks, ...probe }: NewProbe): Promise<ProbeRow> {
  const [row] = await db
    .insert(capabilityProbes)
    .values({ ...probe, id: uuidv7(), quirks: { ...quirks } })
    .returning();
  return row as ProbeRow;
}

/** What was measured of a model, and of the same connection before it was saved; newest first. */
export function selectProbes(db: Queries, organizationId: string, slug: string, digest: Buffer): Promise<ProbeRow[]> {
  return db
    .select()
    .from(capabilityProbes)
    .where(
      and(
        eq(capabilityProbes.organizationId, organizationId),
        or(eq(capabilityProbes.slug, slug), eq(capabilityProbes.connectionDigest, digest)),
      ),
    )
    .orderBy(desc(capabilityProbes.id))
    .limit(shown);
}

/** The repairs that the last probe of this connection has found. */
export async function findQuirks(tx: Queries | Transaction, organizationId: string, digest: Buffer): Promise<Quirks> {
  const [row] = await tx
    .select({ quirks: capabilityProbes.quirks })
    .from(capabilityProbes)
    .where(and(eq(capabilityProbes.organizationId, organizationId), eq(capabilityProbes.connectionDigest, digest)))
    .orderBy(desc(capabilityProbes.id))
    .limit(1);
  return row?.quirks ?? {};
}
