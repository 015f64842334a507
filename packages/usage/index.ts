export { calculateCost } from './calculate-cost.ts';
export { recountCalls } from './call-sums/recount-calls.ts';
export { type ContentLog, type ContentLogOptions, createContentLog } from './contents/create-content-log.ts';
export { createUsage, type Usage, type UsageOptions } from './create-usage.ts';
export type { AttemptListQuery, AttemptPage } from './list-attempts.ts';
export type { UsageQuery } from './sum-usage.ts';
