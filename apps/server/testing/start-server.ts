import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeProduct } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import { createLog } from '../logging/create-log.ts';

export interface TestServerOptions {
  /**
   * Over the defaults, as the operator would set them: `DATABASE_URL` (else an embedded PostgreSQL of its own),
   * `PROVIDER_BASE_URLS`, `EGRESS_ALLOW`, …
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** False: no organization exists, and there is a setup link. Default true. */
  readonly bootstrap?: boolean;
  /** The built page; default the one of `apps/web`. */
  readonly pageDir?: string;
  readonly drainMs?: number;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly setupLink: string | null;
  /** The first admin, where it was bootstrapped. */
  readonly admin: { readonly email: string; readonly password: string; readonly apiKey: string };
  readonly dataDir: string;
  /** Everything that was logged, as JSON lines. */
  readonly logLines: readonly string[];
  stop(): Promise<void>;
}

const builtPage = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The whole product in this process, on a free loopback port, through the same configuration and composition as the real one. */
export async function startServer({
  environment = {},
  bootstrap = true,
  pageDir = builtPage,
  drainMs,
}: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipelines-server-'));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o711);
  const dataDir = environment.DATA_DIR ?? path.join(folder, 'data');
  const admin = {
    email: 'admin@example.com',
    password: randomBytes(12).toString('base64url'),
    apiKey: `ppl_${randomBytes(20).toString('hex')}`,
  };
  const port = await chooseFreePort();
  const { config, secrets } = readConfig({
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    ...(bootstrap && {
      BOOTSTRAP_ADMIN_EMAIL: admin.email,
      BOOTSTRAP_ADMIN_PASSWORD: admin.password,
      BOOTSTRAP_API_KEY: admin.apiKey,
    }),
    ...environment,
  });
  const logLines: string[] = [];
  const log = createLog({ level: config.logLevel, readable: false, write: (line) => logLines.push(line), secrets: secrets.texts });
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  try {
    const product = await composeProduct({
      config,
      secrets,
      log,
      pageDir,
      version: '0.0.0-test',
      ...(drainMs !== undefined && { drainMs }),
    });
    return {
      url: `http://127.0.0.1:${config.port}`,
      port: config.port,
      setupLink: product.setupLink,
      admin,
      dataDir,
      logLines,
      async stop() {
        await product.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

function chooseFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
