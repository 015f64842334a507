import { z } from 'zod';

/**
 * `succeeded`: the answer ended as the provider meant it. `failed`: the provider was not reached, refused or
 * answered with something else. `canceled`: the caller went away. `incomplete`: the request was out, and its
 * answer broke off or never came, so that nobody knows what it cost. `unknown`: the process died while the call was out.
 */
export const attemptStatusSchema = z.enum(['succeeded', 'failed', 'canceled', 'incomplete', 'unknown']);
export type AttemptStatus = z.infer<typeof attemptStatusSchema>;

/** Who asked for the call. */
export const attemptSourceSchema = z.enum(['gateway', 'playground', 'connection_test', 'probe', 'workflow', 'step_try', 'replay']);
export type AttemptSource = z.infer<typeof attemptSourceSchema>;
