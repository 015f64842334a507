import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, json, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { dataKeys } from './encryption.ts';
import { organizations } from './organizations.ts';
import { stepRuns, workflowVersions } from './workflows.ts';

/** A server whose tools workflows may call, with the sealed secret that is sent there and nowhere else. */
export const toolEndpoints = pgTable(
  'tool_endpoints',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<'mcp' | 'http'>().notNull(),
    /** Canonical. With kind and auth kind the destination of the credential. */
    url: text('url').notNull(),
    /** Where the OpenAPI document is read. */
    documentUrl: text('document_url'),
    /** The pasted one. */
    document: text('document'),
    authKind: text('auth_kind').$type<'none' | 'bearer' | 'headers'>().notNull(),
    /** Null where there is none, and after deletion. */
    sealed: bytea('sealed'),
    dataKeyVersion: integer('data_key_version'),
    /** Counts replacements of the secret; bound into the ciphertext. */
    credentialVersion: integer('credential_version').notNull().default(0),
    /** Masked when written. */
    preview: text('preview'),
    enabled: boolean('enabled').notNull().default(true),
    /** Null since a change of its connection. */
    lastRefreshAt: moment('last_refresh_at'),
    /** Why the last refresh failed; null: it did not. */
    lastRefreshCause: text('last_refresh_cause'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('tool_endpoints_name_key').on(table.organizationId, sql`lower(${table.name})`).where(sql`deleted_at is null`),
    index('tool_endpoints_created_idx').on(table.organizationId, table.createdAt.desc(), table.id.desc()),
    foreignKey({ columns: [table.organizationId, table.dataKeyVersion], foreignColumns: [dataKeys.organizationId, dataKeys.version] }),
    check('tool_endpoints_kind_check', sql`${table.kind} in ('mcp', 'http')`),
    check('tool_endpoints_auth_kind_check', sql`${table.authKind} in ('none', 'bearer', 'headers')`),
  ],
);

/** What an endpoint offers, as it told at the last refresh. */
export const tools = pgTable(
  'tools',
  {
    organizationId: organizationId(),
    endpointId: uuid('endpoint_id').notNull(),
    name: text('name').notNull(),
    /** Its place in the endpoint's list. */
    position: integer('position').notNull(),
    description: text('description').notNull(),
    /** `json` keeps the order of keys, which is the order in which a model fills them in. */
    inputSchema: json('input_schema').$type<Record<string, unknown>>().notNull(),
    /** Of an HTTP service: how the arguments become a request. */
    operation: jsonb('operation').$type<Record<string, unknown>>(),
    enabled: boolean('enabled').notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.endpointId, table.name] }),
    foreignKey({ columns: [table.organizationId, table.endpointId], foreignColumns: [toolEndpoints.organizationId, toolEndpoints.id] }),
  ],
);

/** References of published workflows to tool endpoints: what is counted before one is deleted. */
export const workflowToolReferences = pgTable(
  'workflow_tool_references',
  {
    organizationId: organizationId(),
    workflowId: uuid('workflow_id').notNull(),
    workflowName: text('workflow_name').notNull(),
    version: integer('version').notNull(),
    step: text('step').notNull(),
    /** As the graph names it. */
    endpointId: text('endpoint_id').notNull(),
    active: boolean('active').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.workflowId, table.version, table.step, table.endpointId] }),
    index('workflow_tool_references_endpoint_idx').on(table.organizationId, table.endpointId),
    foreignKey({
      columns: [table.organizationId, table.workflowId, table.version],
      foreignColumns: [workflowVersions.organizationId, workflowVersions.workflowId, workflowVersions.version],
    }),
  ],
);

/** One call of a tool by the model of a step. An answered one is not made again in the same run of the step. */
export const toolCalls = pgTable(
  'tool_calls',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    stepRunId: uuid('step_run_id').notNull(),
    /** Tells calls of one run apart, the same each time that the run asks for the same; sent to HTTP tools. */
    idempotencyKey: uuid('idempotency_key').notNull(),
    /** Which answer of the model asked for it, from 1. */
    round: integer('round').notNull(),
    /** How often it was begun. */
    tries: integer('tries').notNull().default(1),
    endpointId: uuid('endpoint_id'),
    endpointName: text('endpoint_name'),
    tool: text('tool').notNull(),
    arguments: jsonb('arguments'),
    status: text('status').$type<'running' | 'succeeded' | 'failed'>().notNull(),
    /** What the tool answered: data. */
    result: text('result'),
    /** Why it failed, in our words. */
    error: text('error'),
    latencyMs: integer('latency_ms'),
    startedAt: moment('started_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('tool_calls_idempotency_key').on(table.organizationId, table.stepRunId, table.idempotencyKey),
    foreignKey({ columns: [table.organizationId, table.stepRunId], foreignColumns: [stepRuns.organizationId, stepRuns.id] }),
    foreignKey({ columns: [table.organizationId, table.endpointId], foreignColumns: [toolEndpoints.organizationId, toolEndpoints.id] }),
    check('tool_calls_status_check', sql`${table.status} in ('running', 'succeeded', 'failed')`),
  ],
);
