import { z } from 'zod';

/**
 * `succeeded`: the answer ended as the provider meant it. `failed`: it did not come, or the
 * provider refused. `canceled`: the caller went away. `incomplete`: the stream broke off.
 * `unknown`: the process died while the call was out.
 */
export const attemptStatusSchema = z.enum(['succeeded', 'failed', 'canceled', 'incomplete', 'unknown']);
export type AttemptStatus = z.infer<typeof attemptStatusSchema>;

/** Who asked for the call. */
export const attemptSourceSchema = z.enum(['gateway', 'playground', 'connection_test', 'probe', 'workflow', 'step_try', 'replay']);
export type AttemptSource = z.infer<typeof attemptSourceSchema>;
