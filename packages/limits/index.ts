export { createLimits, type Limits, type LimitsOptions } from './create-limits.ts';
export type { RefusalReason } from './limits-context.ts';
