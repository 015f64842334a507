import { z } from 'zod';
import { timestamp } from './fields.ts';

/** The processes that serve calls. One that has been silent for fifteen seconds is gone. */
export const replicasSchema = z.object({
  /** Those that have every change of the registry in memory. */
  live: z.number().int(),
  total: z.number().int(),
  data: z.array(z.object({ id: z.string(), started_at: timestamp, seen_at: timestamp, live: z.boolean() })),
});
export type Replicas = z.infer<typeof replicasSchema>;
