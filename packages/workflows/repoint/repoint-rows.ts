import type { schema } from '@pipelines/database';

export type RepointRow = typeof schema.repoints.$inferSelect;
/** What a repoint did to one workflow or one API key. */
export type ChangeRow = typeof schema.repointChanges.$inferSelect;
