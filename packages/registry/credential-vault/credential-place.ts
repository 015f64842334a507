import { createHash } from 'node:crypto';
import type { AuthKind, ProviderId } from '@pipelines/contracts';
import { lengthPrefixed } from './envelope.ts';

/** The only place where a credential is sent. */
export interface Destination {
  readonly provider: ProviderId;
  readonly authKind: AuthKind;
  /** Canonical, no trailing slash. */
  readonly baseUrl: string;
  readonly region: string | null;
}

/** The only place where the credential of a tool endpoint is sent. */
export interface ToolDestination {
  readonly provider: 'mcp' | 'http';
  readonly authKind: 'bearer' | 'headers';
  /** Canonical; everything beneath it for `http`. */
  readonly baseUrl: string;
  readonly region: null;
}

/** Each of them, as a ciphertext is bound to it. */
interface SealedDestination {
  readonly provider: string;
  readonly authKind: string;
  readonly baseUrl: string;
  readonly region: string | null;
}

/** The one row and destination that a ciphertext belongs to. In any other it does not open. */
export interface CredentialPlace {
  readonly kind: 'credential' | 'connection_test' | 'tool_endpoint' | 'webhook';
  readonly organizationId: string;
  /** Of the credential, of the test that holds it for the save, of the tool endpoint, or of the webhook. */
  readonly id: string;
  readonly version: number;
  readonly destination: SealedDestination;
}

const names = {
  credential: 'pipelines/cred/v1',
  connection_test: 'pipelines/test/v1',
  tool_endpoint: 'pipelines/tool/v1',
  webhook: 'pipelines/webhook/v1',
} as const;

/** What is authenticated with the ciphertext. */
export function placeContext({ kind, organizationId, id, version, destination }: CredentialPlace): readonly string[] {
  return [names[kind], organizationId, id, String(version), destination.provider, digestDestination(destination)];
}

export function isSameDestination(a: Destination, b: Destination): boolean {
  return a.provider === b.provider && a.authKind === b.authKind && a.baseUrl === b.baseUrl && a.region === b.region;
}

function digestDestination({ provider, authKind, baseUrl, region }: SealedDestination): string {
  return createHash('sha256')
    .update(lengthPrefixed([provider, authKind, baseUrl, region ?? '']))
    .digest('hex');
}
