import { PipelinesError, type ToolAuthKind, type ToolCredentialFields, type ToolEndpointKind } from '@pipelines/contracts';
import { canonicalizeBaseUrl } from '@pipelines/egress';
import type { ToolDestination } from '@pipelines/registry';
import type { ToolsContext } from '../tools-context.ts';

type Checker = Pick<ToolsContext, 'egress'>;

/**
 * The one spelling of an endpoint's address. That of an MCP server keeps a slash at its end: many servers tell the
 * two apart. An address where this server never connects is refused at once.
 * @throws PipelinesError `invalid_request` naming `url`, `egress_blocked`
 */
export function readEndpointUrl({ egress }: Checker, kind: ToolEndpointKind, text: string): string {
  const canonical = rename('url', () => canonicalizeBaseUrl(text));
  const url = kind === 'mcp' && text.trim().endsWith('/') && new URL(canonical).pathname !== '/' ? `${canonical}/` : canonical;
  requireOpen(egress, url);
  return url;
}

/** @throws PipelinesError `invalid_request` naming `document_url`, `egress_blocked` */
export function readDocumentUrl({ egress }: Checker, text: string): string {
  const [address = '', ...query] = text.trim().split('?');
  const canonical = rename('document_url', () => canonicalizeBaseUrl(address));
  const url = [canonical, ...query].join('?');
  if (!URL.canParse(url) || url.includes('#')) throw wrongField('document_url', 'Not a valid address.');
  const { href } = new URL(url);
  requireOpen(egress, href);
  return href;
}

/** Whether the fields are those of the auth kind. @throws PipelinesError `invalid_request` */
export function checkToolCredential(authKind: ToolAuthKind, fields: ToolCredentialFields | undefined): void {
  if (fields === undefined) return;
  const { token, headers } = fields;
  if (authKind === 'none') throw wrongField('credential', 'Not with the auth kind "none"');
  if (authKind === 'bearer' && (token === undefined || headers !== undefined)) throw wrongField('credential.token', 'Enter the token');
  if (authKind === 'headers' && (token !== undefined || Object.keys(headers ?? {}).length === 0)) {
    throw wrongField('credential.headers', 'Enter at least one header');
  }
}

/** Exactly one of the two. @throws PipelinesError `invalid_request` */
export function requireOneDocument({ document_url, document }: { document_url?: string | undefined; document?: string | undefined }): void {
  if ((document_url === undefined) === (document === undefined)) {
    throw wrongField('document_url', 'Give either the address of an OpenAPI document, or its text');
  }
}

export function credentialRequired(): PipelinesError {
  return new PipelinesError('credential_required', {
    detail: 'Enter the credential.',
    fields: [{ field: 'credential', message: 'Required' }],
  });
}

/** Where the credential of an endpoint may be sent; null for one without. */
export function toolDestination(kind: ToolEndpointKind, authKind: ToolAuthKind, url: string): ToolDestination | null {
  return authKind === 'none' ? null : { provider: kind, authKind, baseUrl: url, region: null };
}

function requireOpen(egress: Checker['egress'], url: string): void {
  try {
    egress.checkTarget(new URL(url));
  } catch {
    throw new PipelinesError('egress_blocked');
  }
}

/** The egress speaks of `base_url`; ours has another name. */
function rename(field: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof PipelinesError && error.code === 'invalid_request') throw wrongField(field, error.message);
    throw error;
  }
}

export function wrongField(field: string, message: string): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field, message }] });
}
