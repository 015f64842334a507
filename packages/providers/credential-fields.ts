import { type AuthKind, type CredentialFields, PipelinesError, type ProviderId, Secret } from '@pipelines/contracts';
import type { OpenCredential } from './credential.ts';
import { presetOf } from './presets.ts';

/** The fields of a credential, checked against what the provider and the auth kind take. Throws `invalid_request`; it never quotes a value. */
export function checkCredentialFields(provider: ProviderId, authKind: AuthKind, fields: unknown): CredentialFields {
  const preset = presetOf(provider);
  const auth = preset.authKinds.find((kind) => kind.authKind === authKind);
  if (auth === undefined) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'auth_kind', message: `${preset.name} does not offer this` }] });
  }
  const parsed = auth.schema.safeParse(fields ?? {});
  if (parsed.success) return parsed.data;
  throw new PipelinesError('invalid_request', {
    // A path may name a header, never its value.
    fields: parsed.error.issues.map((issue) => ({ field: ['credential', ...issue.path.map(String)].join('.'), message: issue.message })),
  });
}

/** A checked credential, every value of it behind a `Secret`. */
export function credentialFields(provider: ProviderId, authKind: AuthKind, fields: unknown): OpenCredential {
  const checked = checkCredentialFields(provider, authKind, fields);
  const hidden = (value: string | undefined): Secret | undefined => (value === undefined ? undefined : new Secret(value));
  const values = {
    apiKey: hidden(checked.api_key),
    accessKeyId: hidden(checked.access_key_id),
    secretAccessKey: hidden(checked.secret_access_key),
    sessionToken: hidden(checked.session_token),
    headers:
      checked.headers &&
      Object.fromEntries(Object.entries(checked.headers).map(([name, value]) => [name.toLowerCase(), new Secret(value)])),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
