export { announceChange, type Change, type ChangeTopic, followChanges, readGeneration } from './change-feed.ts';
export { databaseErrorCode, isDatabaseGone, isUniqueViolation } from './database-errors.ts';
export { DatabaseSetupError, type DatabaseSetupFault } from './database-setup-error.ts';
export { chooseDataDir } from './embedded/choose-data-dir.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts';
export type { ListenHandlers, Subscription } from './listen-connection.ts';
export { type MigrateOptions, migrateDatabase } from './migrate-database.ts';
export { type Database, type DatabaseOptions, openDatabase, type Queries, type Transaction } from './open-database.ts';
export * as schema from './schema/index.ts';
