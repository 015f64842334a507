import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface OperatorEnvironment {
  readonly dataDir: string;
  /** An admin key from the first start on. */
  readonly apiKey: string;
  readonly variables: Readonly<Record<string, string>>;
  remove(): void;
}

/** A data folder and the settings of a first admin, for a product in a process of its own. */
export function createOperatorEnvironment(more: Readonly<Record<string, string>> = {}): OperatorEnvironment {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipelines-faults-'));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o711);
  const dataDir = path.join(folder, 'data');
  const apiKey = `ppl_${randomBytes(20).toString('hex')}`;
  return {
    dataDir,
    apiKey,
    variables: {
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      BOOTSTRAP_ADMIN_EMAIL: 'admin@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
      BOOTSTRAP_API_KEY: apiKey,
      ...more,
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}
