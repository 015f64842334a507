import { BlockList, isIP } from 'node:net';
import { Secret } from '@pipelines/contracts';
import type { AllowEntry, TransportName } from '@pipelines/egress';
import type { Bootstrap } from '@pipelines/identity';
import type { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { environmentSchema, type LogLevel, type Role, roles } from './environment-schema.ts';
import { type Environment, readSecretFiles, secretVariableNames } from './read-secret-files.ts';

/** What the server is told, nothing of it secret. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where people and programs reach it: an origin, without a trailing slash. */
  readonly publicUrl: string;
  /** `local`: reachable from this machine only. */
  readonly mode: 'local' | 'server';
  /** The first of these folders that serves. */
  readonly dataDirs: readonly string[];
  /** Null: in the data folder. */
  readonly encryptionKeysFile: string | null;
  /** How often the source of the platform models is read by itself; null: only when asked. */
  readonly catalogueSyncEveryMs: number | null;
  readonly providerBaseUrls: Readonly<Record<string, string>>;
  readonly egressAllow: readonly AllowEntry[];
  /** What speaks HTTP to providers. */
  readonly egressTransport: TransportName;
  readonly roles: ReadonlySet<Role>;
  readonly logLevel: LogLevel;
  readonly trustedProxies: BlockList;
}

export interface Secrets {
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly encryptionKeys: string | null;
  /** The operator's OpenRouter key, which serves the platform models. */
  readonly platformKey: Secret | null;
  readonly bootstrap: Bootstrap | null;
  /** Every secret text that was given, for the log's last look. */
  readonly texts: readonly string[];
}

const hourMs = 60 * 60_000;

type Settings = z.output<typeof environmentSchema>;

/** Reads the environment. @throws ConfigError with every fault at once; none quotes a secret */
export function readConfig(environment: Environment): { readonly config: Config; readonly secrets: Secrets } {
  const { values, faults } = readSecretFiles(environment);
  const parsed = environmentSchema.safeParse(values);
  const all = [...faults, ...listFaults(parsed.error), ...judgeTogether(values)];
  if (!parsed.success || all.length > 0) throw new ConfigError(all);
  return { config: toConfig(parsed.data), secrets: toSecrets(parsed.data, values) };
}

function listFaults(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const name = path.map(String).join('.');
    if (name === 'PORT') return 'PORT must be a whole number from 1 to 65535.';
    return `${name}${/^[a-z]/.test(message) ? ' ' : ': '}${message}${message.endsWith('.') ? '' : '.'}`;
  });
}

/** Faults that no variable has alone. */
function judgeTogether(values: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const email = values.BOOTSTRAP_ADMIN_EMAIL !== undefined;
  const password = values.BOOTSTRAP_ADMIN_PASSWORD !== undefined;
  if (email !== password) faults.push('BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD must be set together.');
  if (values.BOOTSTRAP_API_KEY !== undefined && !(email && password)) {
    faults.push('BOOTSTRAP_API_KEY needs BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD as well.');
  }
  if (values.ENCRYPTION_KEYS !== undefined && values.ENCRYPTION_KEYS_FILE !== undefined) {
    faults.push('ENCRYPTION_KEYS and ENCRYPTION_KEYS_FILE are both set: set one of them.');
  }
  return faults;
}

function toConfig(settings: Settings): Config {
  const { HOST: host, PORT: port } = settings;
  return {
    host,
    port,
    publicUrl: settings.PUBLIC_URL ?? defaultPublicUrl(host, port),
    mode: isLoopbackHost(host) ? 'local' : 'server',
    dataDirs: settings.DATA_DIR === undefined ? ['./data', '/var/lib/pipelines'] : [settings.DATA_DIR],
    encryptionKeysFile: settings.ENCRYPTION_KEYS_FILE ?? null,
    catalogueSyncEveryMs: settings.CATALOGUE_SYNC_HOURS === 0 ? null : settings.CATALOGUE_SYNC_HOURS * hourMs,
    providerBaseUrls: settings.PROVIDER_BASE_URLS ?? {},
    egressAllow: settings.EGRESS_ALLOW ?? [],
    egressTransport: settings.EGRESS_TRANSPORT,
    roles: settings.ROLES ?? new Set(roles),
    logLevel: settings.LOG_LEVEL,
    trustedProxies: settings.TRUSTED_PROXIES ?? new BlockList(),
  };
}

function toSecrets(settings: Settings, values: Readonly<Record<string, string>>): Secrets {
  const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = settings;
  const databasePassword = settings.DATABASE_URL === undefined ? '' : decodeURIComponent(new URL(settings.DATABASE_URL).password);
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    encryptionKeys: settings.ENCRYPTION_KEYS ?? null,
    platformKey: settings.OPENROUTER_API_KEY === undefined ? null : new Secret(settings.OPENROUTER_API_KEY),
    bootstrap: email && password ? { email, password, apiKey: settings.BOOTSTRAP_API_KEY ?? null } : null,
    texts: [...secretVariableNames.flatMap((name) => values[name] ?? []), databasePassword].filter((text) => text !== ''),
  };
}

function defaultPublicUrl(host: string, port: number): string {
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}

/** Whether listening there can be reached from this machine only. */
function isLoopbackHost(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host.toLowerCase() === 'localhost';
}
