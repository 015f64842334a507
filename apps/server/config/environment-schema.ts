import { BlockList, isIP } from 'node:net';
import { apiKeyTextSchema, emailSchema, newPasswordSchema, providerIds } from '@pipelines/contracts';
import { parseAllowList, transportNames } from '@pipelines/egress';
import { z } from 'zod';

export const roles = ['gateway', 'api', 'worker'] as const;
export type Role = (typeof roles)[number];

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const hostShape = /^(?=.{1,253}$)[A-Za-z0-9_.:-]+$/;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535);

/** An origin: everything that links, cookies and the check of origins need. */
const publicUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search + url.hash + url.username === '';
  if (isOrigin) return url.origin;
  context.addIssue('must be http:// or https:// with a host and perhaps a port, such as https://pipelines.example.com.');
  return z.NEVER;
});

const databaseUrl = z.string().refine(isDatabaseUrl, 'must be a postgres:// URL.');

const egressAllow = z.string().transform((text, context) => {
  const { entries, problems } = parseAllowList(text);
  for (const problem of problems) context.addIssue(problem.replace(/^EGRESS_ALLOW: /, ''));
  return entries;
});

const providerBaseUrls = z.string().transform((text, context) => {
  const found: Record<string, string> = {};
  const entries = parseObject(text);
  if (entries === null)
    context.addIssue('must be a JSON object of provider and URL, such as { "openrouter": "http://127.0.0.1:9001/api/v1" }.');
  for (const [provider, url] of Object.entries(entries ?? {})) {
    if (!(providerIds as readonly string[]).includes(provider))
      context.addIssue(`has no provider ${JSON.stringify(provider.slice(0, 40))}; there are ${providerIds.join(', ')}.`);
    else if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      context.addIssue(`needs an http:// or https:// URL for ${provider}.`);
    else found[provider] = url;
  }
  return found;
});

/** 0: only when asked. */
const syncHours = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number of hours; 0 switches it off.')
  .transform(Number);

const roleList = z.string().transform((text, context) => {
  const names = splitList(text);
  const unknown = names.filter((name) => !(roles as readonly string[]).includes(name));
  if (names.length === 0 || unknown.length > 0) context.addIssue(`must be one or more of ${roles.join(', ')}, separated by commas.`);
  return new Set(names as Role[]);
});

const trustedProxies = z.string().transform((text, context) => {
  const list = new BlockList();
  for (const entry of splitList(text)) {
    if (!addProxy(list, entry))
      context.addIssue(`${JSON.stringify(entry.slice(0, 60))} is neither an address nor a range such as 10.0.0.0/8.`);
  }
  return list;
});

/** Every variable of its own. What two of them say together is judged in `read-config.ts`. */
export const environmentSchema = z.object({
  HOST: z.string().regex(hostShape, 'must be an address or a host name to listen on.').default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: publicUrl.optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: databaseUrl.optional(),
  ENCRYPTION_KEYS: z.string().optional(),
  ENCRYPTION_KEYS_FILE: z.string().optional(),
  OPENROUTER_API_KEY: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,512}$/, 'must be visible ASCII characters without spaces.')
    .optional(),
  CATALOGUE_SYNC_HOURS: syncHours.default(24),
  PROVIDER_BASE_URLS: providerBaseUrls.optional(),
  EGRESS_ALLOW: egressAllow.optional(),
  EGRESS_TRANSPORT: z.enum(transportNames, `must be one of ${transportNames.join(', ')}.`).default('wire'),
  ROLES: roleList.optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}.`).default('info'),
  TRUSTED_PROXIES: trustedProxies.optional(),
  BOOTSTRAP_ADMIN_EMAIL: emailSchema.optional(),
  BOOTSTRAP_ADMIN_PASSWORD: newPasswordSchema.optional(),
  BOOTSTRAP_API_KEY: apiKeyTextSchema.optional(),
});

function isDatabaseUrl(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    decodeURIComponent(username + password);
    return /^postgres(ql)?:$/.test(protocol);
  } catch {
    return false;
  }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function addProxy(list: BlockList, entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (bits === undefined) {
    list.addAddress(address, family);
    return true;
  }
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) return false;
  list.addSubnet(address, Number(bits), family);
  return true;
}
