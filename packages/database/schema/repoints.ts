import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { apiKeys } from './api-keys.ts';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';
import { workflows } from './workflows.ts';

/** One act of pointing the users of a model to another one, kept so that it can be undone. */
export const repoints = pgTable(
  'repoints',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    fromSlug: text('from_slug').notNull(),
    toSlug: text('to_slug').notNull(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    undoneAt: moment('undone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('repoints_from_idx').on(table.organizationId, table.fromSlug, table.createdAt.desc()),
    index('repoints_to_idx').on(table.organizationId, table.toSlug, table.createdAt.desc()),
  ],
);

/** What a repoint did to one workflow or to one API key. */
export const repointChanges = pgTable(
  'repoint_changes',
  {
    organizationId: organizationId(),
    repointId: uuid('repoint_id').notNull(),
    position: integer('position').notNull(),
    workflowId: uuid('workflow_id'),
    /** The published version before and after; both null where it stayed. */
    versionBefore: integer('version_before'),
    versionAfter: integer('version_after'),
    /** The places of the draft that were changed; null where it stayed. */
    draftPlaces: jsonb('draft_places').$type<{ step: string; field: 'model' | 'fallback_model' }[]>(),
    apiKeyId: uuid('api_key_id'),
    /** The models that the API key was limited to before. */
    allowedBefore: text('allowed_before').array(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.repointId, table.position] }),
    foreignKey({ columns: [table.organizationId, table.repointId], foreignColumns: [repoints.organizationId, repoints.id] }),
    foreignKey({ columns: [table.organizationId, table.workflowId], foreignColumns: [workflows.organizationId, workflows.id] }),
    foreignKey({ columns: [table.organizationId, table.apiKeyId], foreignColumns: [apiKeys.organizationId, apiKeys.id] }),
    check('repoint_changes_object_check', sql`num_nonnulls(${table.workflowId}, ${table.apiKeyId}) = 1`),
  ],
);
