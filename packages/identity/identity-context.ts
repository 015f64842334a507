import type { Database } from '@pipelines/database';
import type { ApiKeyIndex } from './api-keys/api-key-index.ts';
import type { PasswordHasher } from './passwords/create-password-hasher.ts';
import type { SignInLimiter } from './sessions/sign-in-limiter.ts';

/** What every use case of this package works with. */
export interface IdentityContext {
  readonly database: Database;
  readonly keyIndex: ApiKeyIndex;
  readonly passwords: PasswordHasher;
  readonly limiter: SignInLimiter;
  /** Without a trailing slash; links start with it. */
  readonly publicUrl: string;
  readonly now: () => Date;
}
