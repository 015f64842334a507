import {
  type AuthKind,
  type CreateModelBody,
  connectionSchema,
  createModelBodySchema,
  type PriceSource,
  type Provider,
} from '@pipelines/contracts';
import type { ConnectionDraft, ModelFormValues } from './form-values.ts';
import { fieldOfPrice, type PriceName, priceNames, pricesBody, readPrice, tokenPriceNames } from './price-values.ts';

/** A field of the form and what is wrong with it. */
export interface FormIssue {
  readonly path: string;
  readonly message: string;
}

const credentialFieldsOf: Record<AuthKind, readonly (keyof ConnectionDraft)[]> = {
  api_key: ['api_key'],
  iam: ['access_key_id', 'secret_access_key', 'session_token'],
  none: [],
};

function enteredCredential(draft: ConnectionDraft): Record<string, unknown> | null {
  const fields = credentialFieldsOf[draft.auth_kind].map((name) => [name, String(draft[name]).trim()]).filter(([, value]) => value !== '');
  const headers = draft.auth_kind === 'api_key' ? draft.headers.filter((header) => header.name.trim() !== '') : [];
  if (headers.length > 0)
    fields.push(['headers', Object.fromEntries(headers.map((header) => [header.name.trim(), header.value])) as never]);
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

/** Whether the provider can be called without any credential: a blank key then means none. */
function wantsNoKey(provider: Provider): boolean {
  return provider.auth_kinds.some((kind) => kind.auth_kind === 'none');
}

/** The connection half of a body: exactly the fields of the chosen provider, nothing hidden. */
export function connectionBody(values: ModelFormValues, provider: Provider): Record<string, unknown> {
  const draft = values.drafts[values.provider];
  const beside = Object.fromEntries(provider.fields.map((field) => [field.name, draft[field.name as 'base_url' | 'region'].trim()]));
  const credential = draft.credential_id === null ? enteredCredential(draft) : null;
  const givesNothing = credential === null && draft.credential_id === null;
  return {
    provider: values.provider,
    auth_kind: givesNothing && wantsNoKey(provider) ? 'none' : draft.auth_kind,
    provider_model_id: draft.provider_model_id.trim(),
    ...(values.task === 'chat' ? {} : { task: values.task }),
    ...beside,
    ...(draft.credential_id === null ? {} : { credential_id: draft.credential_id }),
    ...(credential === null ? {} : { credential }),
  };
}

/** Equal for equal connections: tells whether a passed test still speaks of what the form shows. Lives in memory only. */
export function connectionKey(values: ModelFormValues, provider: Provider): string {
  return JSON.stringify(connectionBody(values, provider));
}

/** What embeds texts has no switches. */
const noCapabilities = { json_mode: false, vision: false, tool_use: false, reasoning: false };

/** The settings half of a body. */
export function settingsBody(values: ModelFormValues) {
  const chats = values.task === 'chat';
  const capabilities = chats ? values.capabilities : noCapabilities;
  return {
    display_name: values.display_name.trim(),
    max_tokens: !chats || values.max_tokens.trim() === '' ? null : Number(values.max_tokens),
    capabilities,
    reasoning_parameter: capabilities.reasoning ? values.reasoning_parameter : null,
    ...pricesBody(values),
  };
}

function missingCredential(values: ModelFormValues, provider: Provider): FormIssue[] {
  const draft = values.drafts[values.provider];
  if (draft.credential_id !== null) return [];
  const kind = provider.auth_kinds.find((candidate) => candidate.auth_kind === draft.auth_kind);
  return (kind?.fields ?? [])
    .filter((field) => field.required && field.kind !== 'headers' && String(draft[field.name as keyof ConnectionDraft]).trim() === '')
    .map((field) => ({ path: `drafts.${values.provider}.${field.name}`, message: `Enter the ${lowerFirst(field.label)}` }));
}

const lowerFirst = (label: string) => (/^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label);

const topLevelFields = new Set(['display_name', 'max_tokens', 'reasoning_parameter']);
const renamed: Record<string, string> = Object.fromEntries(priceNames.map((name) => [fieldOfPrice[name], name]));

/** Where a field of a body stands in the form. */
export function formPathOf(values: ModelFormValues, bodyPath: readonly PropertyKey[]): string {
  const [head, second] = bodyPath.map(String);
  if (head === undefined) return 'root';
  if (head in renamed) return renamed[head] ?? head;
  if (topLevelFields.has(head)) return head;
  if (head === 'price_tiers') return second === undefined ? 'tiers.0.above' : `tiers.${second}.above`;
  if (head === 'capabilities') return 'reasoning_parameter';
  if (head === 'credential') return `drafts.${values.provider}.${second ?? 'api_key'}`;
  return `drafts.${values.provider}.${head}`;
}

const required: Record<string, string> = {
  provider_model_id: 'Enter the provider model ID',
  base_url: 'Enter the base URL',
  region: 'Choose a region',
  display_name: 'Enter a display name',
};

function issuesOf(
  values: ModelFormValues,
  error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] },
  body: object,
): FormIssue[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const isBlank = (body as Record<string, unknown>)[name] === '';
    return { path: formPathOf(values, issue.path), message: (isBlank && required[name]) || issue.message };
  });
}

/** What is still wrong with the connection fields. */
export function connectionIssues(values: ModelFormValues, provider: Provider): FormIssue[] {
  const body = connectionBody(values, provider);
  const parsed = connectionSchema.safeParse(body);
  return dedupe([...missingCredential(values, provider), ...(parsed.success ? [] : issuesOf(values, parsed.error, body))]);
}

export function settingsIssues(values: ModelFormValues): FormIssue[] {
  const issues: FormIssue[] = [];
  if (values.display_name.trim() === '') issues.push({ path: 'display_name', message: 'Enter a display name' });
  if (values.task === 'chat' && values.max_tokens.trim() !== '' && !/^[1-9]\d{0,7}$/.test(values.max_tokens.trim())) {
    issues.push({ path: 'max_tokens', message: 'A whole number of tokens, or nothing' });
  }
  if (values.task === 'chat' && values.capabilities.reasoning && values.reasoning_parameter === null) {
    issues.push({ path: 'reasoning_parameter', message: 'Choose how thinking is asked for' });
  }
  return [...issues, ...priceIssues(values)];
}

function priceIssues(values: ModelFormValues): FormIssue[] {
  const message = 'A price in USD, such as 0.90';
  const isWrong = (typed: string, name: PriceName) => typed.trim() !== '' && readPrice(typed, name, values.price_unit) === null;
  const plain = priceNames.filter((name) => isWrong(values[name], name)).map((path): FormIssue => ({ path, message }));
  const tiers = values.tiers.flatMap((tier, index): FormIssue[] => {
    const wrong = tokenPriceNames.filter((name) => isWrong(tier[name], name)).map((name) => ({ path: `tiers.${index}.${name}`, message }));
    const above = `tiers.${index}.above`;
    if (!/^[1-9]\d{0,7}$/.test(tier.above.replaceAll(',', '').trim()))
      return [...wrong, { path: above, message: 'A whole number of tokens' }];
    if (values.tiers.findIndex((other) => other.above.trim() === tier.above.trim()) < index)
      return [...wrong, { path: above, message: 'Another tier begins here' }];
    const isEmpty = tokenPriceNames.every((name) => tier[name].trim() === '');
    return isEmpty ? [{ path: `tiers.${index}.input_price`, message: 'A tier needs a price' }] : wrong;
  });
  return [...plain, ...tiers];
}

function dedupe(issues: FormIssue[]): FormIssue[] {
  return issues.filter((issue, index) => issues.findIndex((other) => other.path === issue.path) === index);
}

export type CreateOutcome = { readonly body: CreateModelBody } | { readonly issues: readonly FormIssue[] };

/**
 * The body that saves a new model. The secret is not in it: the passed test holds the credential,
 * sealed, and the save takes it from there.
 */
export function createModelBody(
  values: ModelFormValues,
  provider: Provider,
  test: { readonly id: string; readonly priceSource: PriceSource | null },
): CreateOutcome {
  const issues = [...connectionIssues(values, provider), ...settingsIssues(values)];
  if (issues.length > 0) return { issues };
  const { credential: _sealedByTheTest, ...connection } = connectionBody(values, provider);
  const settings = settingsBody(values);
  const priced = priceNames.some((name) => settings[fieldOfPrice[name]] !== null) || settings.price_tiers.length > 0;
  const body = {
    ...connection,
    ...settings,
    connection_test_id: test.id,
    ...(priced && test.priceSource !== null ? { price_source: test.priceSource } : {}),
  };
  const parsed = createModelBodySchema.safeParse(body);
  return parsed.success ? { body: parsed.data } : { issues: issuesOf(values, parsed.error, body) };
}
