export type DatabaseSetupFault =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_MISSING'
  | 'BINARIES_NOT_RUNNABLE'
  | 'NO_UNPRIVILEGED_USER'
  | 'DATA_DIR_UNUSABLE'
  | 'CLUSTER_UNREADABLE'
  | 'CLUSTER_INCOMPATIBLE'
  | 'CLUSTER_NOT_CREATED'
  | 'POSTGRES_NOT_STARTED'
  | 'POSTGRES_NOT_STOPPED'
  | 'POSTGRES_TOO_OLD'
  | 'MIGRATIONS_MISSING'
  | 'MIGRATION_FAILED';

/**
 * Why the database cannot be had, told to the operator at start. The message is one of our own
 * sentences with the way out; it holds paths and versions, never a password or PostgreSQL's words.
 */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError';
  readonly code: DatabaseSetupFault;

  constructor(code: DatabaseSetupFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
