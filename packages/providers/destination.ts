import { type AuthKind, normalizeBaseUrl, PipelinesError, type ProviderId } from '@pipelines/contracts';
import { bedrockBaseUrl } from './bedrock-converse/bedrock-base-url.ts';
import type { AuthScheme } from './credential.ts';
import { presetOf } from './presets.ts';

/** Where a provider is reached, in canonical form. */
export interface ResolvedDestination {
  /** No trailing slash. */
  readonly baseUrl: string;
  readonly region: string | null;
  readonly authScheme: AuthScheme;
}

export interface DestinationChoice {
  readonly provider: ProviderId;
  readonly authKind: AuthKind;
  readonly baseUrl?: string | null | undefined;
  readonly region?: string | null | undefined;
  /** The operator's own hosts, by provider (`PROVIDER_BASE_URLS`); `{region}` in one stands for the region. */
  readonly overrides?: Readonly<Partial<Record<ProviderId, string>>> | undefined;
}

/**
 * The only place that decides where a credential goes. Throws `invalid_request` with the field that
 * is missing or wrong. Whether this server may connect there is the egress policy's matter.
 */
export function destinationOf(choice: DestinationChoice): ResolvedDestination {
  const preset = presetOf(choice.provider);
  const auth = preset.authKinds.find((kind) => kind.authKind === choice.authKind);
  if (auth === undefined) throw wrongField('auth_kind', `${preset.name} does not offer this`);
  const override = choice.overrides?.[choice.provider];
  const source = preset.baseUrl;

  switch (source.kind) {
    case 'fixed':
      return { baseUrl: canonicalBaseUrl(override ?? source.url), region: null, authScheme: auth.scheme };
    case 'region': {
      const region = choice.region?.trim();
      if (!region) throw wrongField('region', 'Required');
      const url = bedrockBaseUrl(region);
      return { baseUrl: canonicalBaseUrl(override?.replaceAll('{region}', region) ?? url), region, authScheme: auth.scheme };
    }
    case 'given': {
      const given = choice.baseUrl?.trim();
      if (!given) throw wrongField('base_url', 'Required');
      return { baseUrl: canonicalBaseUrl(given, source.defaultPath), region: null, authScheme: auth.scheme };
    }
  }
}

/**
 * Whether a provider's own host rule lets this URL be used. False: only an operator's leave (the
 * egress allow-list, or loopback in local mode) makes it usable.
 */
export function followsHostRule(provider: ProviderId, baseUrl: string): boolean {
  const source = presetOf(provider).baseUrl;
  if (source.kind !== 'given' || source.hostSuffixes.length === 0) return true;
  const { hostname } = new URL(baseUrl);
  return source.hostSuffixes.some((suffix) => hostname.endsWith(suffix));
}

function canonicalBaseUrl(text: string, defaultPath = ''): string {
  const url = URL.canParse(text) ? new URL(normalizeBaseUrl(text)) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw wrongField('base_url', 'A URL that begins with https:// or http://');
  }
  if (text.length > 2048) throw wrongField('base_url', 'At most 2,048 characters');
  if (url.username !== '' || url.password !== '') throw wrongField('base_url', 'Put the key into its own field, not into the URL');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) throw wrongField('base_url', 'Without ? and #');
  if (url.hostname === '' || url.hostname === '.') throw wrongField('base_url', 'A URL with a host');
  url.hostname = url.hostname.replace(/\.$/, '');
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? defaultPath : path}`;
}

function wrongField(field: string, message: string): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field, message }] });
}
