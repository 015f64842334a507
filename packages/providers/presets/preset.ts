import type { AuthKind, CredentialFields, FieldDescriptor, Protocol, ProviderId } from '@pipelines/contracts';
import type { ZodType } from 'zod';
import type { AuthScheme } from '../credential.ts';
import type { Quirks } from '../quirks.ts';

/** A provider as data. What it speaks is a protocol, which is code. */
export interface Preset {
  readonly id: ProviderId;
  readonly name: string;
  readonly protocol: Protocol;
  /** One short line under the name. */
  readonly summary: string;
  readonly baseUrl: BaseUrlSource;
  readonly authKinds: readonly AuthKindPreset[];
  readonly quirks: Quirks;
  readonly connectionTest: ConnectionTestPreset;
  readonly providerModelIdExample: string;
  readonly keyUrl: string | null;
  readonly docsUrl: string | null;
  /** Where a person can read what its models cost; null: nowhere, or each pays for a machine. */
  readonly pricesUrl: string | null;
}

export type BaseUrlSource =
  | { readonly kind: 'fixed'; readonly url: string }
  | { readonly kind: 'region'; readonly urlOf: (region: string) => string; readonly field: FieldDescriptor }
  | {
      readonly kind: 'given';
      readonly field: FieldDescriptor;
      /** Added where the given URL has no path. */
      readonly defaultPath: string;
      /** The hosts that need nobody's leave; empty: every host is the egress policy's matter. */
      readonly hostSuffixes: readonly string[];
    };

export interface AuthKindPreset {
  readonly authKind: AuthKind;
  readonly label: string;
  readonly scheme: AuthScheme;
  readonly fields: readonly FieldDescriptor[];
  /** Checks what was entered. Its messages never quote a value. */
  readonly schema: ZodType<CredentialFields>;
}

export interface ConnectionTestPreset {
  /** How long the answer's first byte may take; longer where a model must be loaded first. */
  readonly headersTimeoutMs: number;
  readonly totalTimeoutMs: number;
  /** Sent with a test only. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}
