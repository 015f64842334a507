import { integer } from 'drizzle-orm/pg-core';

/** How calls of a model go: of a custom model for all, of a platform model as one organization has set it. */
export const routingColumns = {
  /** How often a call that the provider has not begun is sent again. Null here and below: as the product does it. */
  maxRetries: integer('max_retries'),
  firstByteTimeoutMs: integer('first_byte_timeout_ms'),
  idleTimeoutMs: integer('idle_timeout_ms'),
  totalTimeoutMs: integer('total_timeout_ms'),
  /** How long an answer may be given again to the same request; null: never. */
  cacheSeconds: integer('cache_seconds'),
  /** Counts the times that its kept answers were thrown away. */
  cacheEpoch: integer('cache_epoch').notNull().default(0),
};
