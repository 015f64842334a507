import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Raw bytes: ciphertexts, hashes. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => value,
});

/** A moment, UTC. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** The tenant of the row; part of every key. */
export const organizationId = () => uuid('organization_id').notNull();
