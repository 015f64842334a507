import { apiKeyCredentialSchema, type FieldDescriptor } from '@pipelines/contracts';
import type { AuthScheme } from '../credential.ts';
import type { AuthKindPreset, ConnectionTestPreset } from './preset.ts';

const plain = { help: null, placeholder: null, required: true, secret: false, kind: 'text', options: null } as const;

export function textField(field: Partial<FieldDescriptor> & Pick<FieldDescriptor, 'name' | 'label'>): FieldDescriptor {
  return { ...plain, ...field };
}

export function secretField(field: Partial<FieldDescriptor> & Pick<FieldDescriptor, 'name' | 'label'>): FieldDescriptor {
  return { ...plain, secret: true, ...field };
}

/** The usual auth kind: one key, sent as a bearer token unless the scheme says otherwise. */
export function apiKeyAuth(placeholder: string | null, label = 'API key', scheme: AuthScheme = 'bearer'): AuthKindPreset {
  return {
    authKind: 'api_key',
    label,
    scheme,
    fields: [secretField({ name: 'api_key', label, placeholder })],
    schema: apiKeyCredentialSchema,
  };
}

export const promptTest: ConnectionTestPreset = { headersTimeoutMs: 30_000, totalTimeoutMs: 60_000, headers: {} };

/** For endpoints that may have to load the model before they answer. */
export const coldStartTest: ConnectionTestPreset = { headersTimeoutMs: 90_000, totalTimeoutMs: 120_000, headers: {} };
