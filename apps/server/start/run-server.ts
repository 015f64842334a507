import { type Log, toSafeError } from '@pipelines/contracts';
import { composeProduct, type Product } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import type { Environment } from '../config/read-secret-files.ts';
import { createLog } from '../logging/create-log.ts';
import { describeStartFailure } from './describe-start-failure.ts';

export interface RunOptions {
  readonly environment: Environment;
  readonly pageDir: string;
  readonly version: string;
}

/** `start`: runs until a signal comes. Exits 0 after a clean stop, 78 for a configuration that cannot work. */
export async function runServer({ environment, pageDir, version }: RunOptions): Promise<void> {
  const startedAtMs = performance.now();
  let address: { readonly host: string; readonly port: number } | null = null;
  try {
    const { config, secrets } = readConfig(environment);
    address = config;
    const log = createLog({
      level: config.logLevel,
      readable: process.stdout.isTTY === true,
      write: (line) => process.stdout.write(line),
      secrets: secrets.texts,
    });
    log({ event: 'server_starting', version, mode: config.mode, database: secrets.databaseUrl === null ? 'embedded' : 'external' });
    const product = await composeProduct({ config, secrets, log, pageDir, version });
    log({ event: 'server_ready', url: product.url, startMs: Math.round(performance.now() - startedAtMs) });
    if (product.setupLink !== null) log({ event: 'setup_link_created' });
    // First: whoever reads the announcement may stop us at once.
    stopOnSignals(product, log);
    announce(product, version);
  } catch (error) {
    const { message, exitCode } = describeStartFailure(error, address);
    process.stderr.write(`Pipelines did not start. ${message}\n`);
    process.exit(exitCode);
  }
}

function announce({ url, setupLink }: Product, version: string): void {
  const lines = [`Pipelines ${version} is running at ${url}`];
  if (setupLink !== null) lines.push('Create the first admin with this link; it works once:', `  ${setupLink}`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

function stopOnSignals(product: Product, log: Log): void {
  let stopping = false;
  const stop = async (reason: string, exitCode: number) => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(exitCode === 0 ? 130 : exitCode);
    stopping = true;
    log({ event: 'server_stopping', reason });
    await product.stop();
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal, 0));
  // One request's mistake does not end the others.
  process.on('unhandledRejection', (error) => log({ event: 'task_failed', task: 'unhandled_rejection', error: toSafeError(error) }));
  process.on('uncaughtException', (error) => {
    log({ event: 'task_failed', task: 'uncaught_exception', error: toSafeError(error) });
    void stop('uncaught exception', 1);
  });
}
