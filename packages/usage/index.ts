export { calculateCost } from './calculate-cost.ts';
export { createUsage, type Usage, type UsageOptions } from './create-usage.ts';
export type { AttemptListQuery, AttemptPage } from './list-attempts.ts';
export type { UsageQuery } from './sum-usage.ts';
