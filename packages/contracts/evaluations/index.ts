export * from './checks.ts';
export * from './datasets.ts';
export * from './evaluations.ts';
export * from './replace-models.ts';
