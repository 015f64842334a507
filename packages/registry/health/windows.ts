import { sql } from 'drizzle-orm';

/** The quarter in which the last hour began, and the last day, are part of them. */
export const hourBegan = sql`now() - interval '75 minutes'`;
export const dayBegan = sql`now() - interval '1 day'`;
export const hourMs = 75 * 60_000;
