import { bigint, pgTable, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** The processes that serve from this database, each by its own word. One that is silent for a while is gone. Belongs to the server. */
export const replicas = pgTable('replicas', {
  id: uuid('id').primaryKey(),
  startedAt: moment('started_at').notNull().defaultNow(),
  seenAt: moment('seen_at').notNull().defaultNow(),
  /** Of the registry: every change up to it is in this process's memory. */
  generation: bigint('generation', { mode: 'number' }).notNull(),
});
