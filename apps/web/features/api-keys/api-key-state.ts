import type { ApiKey } from '@pipelines/contracts';

export type ApiKeyState = 'active' | 'expired' | 'revoked';

export function apiKeyState({ revoked_at, expires_at }: Pick<ApiKey, 'revoked_at' | 'expires_at'>, nowMs: number): ApiKeyState {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && Date.parse(expires_at) <= nowMs ? 'expired' : 'active';
}

export const expiries = ['30', '90', '365', 'never'] as const;
export type Expiry = (typeof expiries)[number];

export const expiryNames: Record<Expiry, string> = { '30': '30 days', '90': '90 days', '365': 'One year', never: 'Never' };

/** The moment at which a key of this expiry ends, RFC 3339; null for never. */
export function expiryDate(expiry: Expiry, nowMs: number): string | null {
  return expiry === 'never' ? null : new Date(nowMs + Number(expiry) * 86_400_000).toISOString();
}
