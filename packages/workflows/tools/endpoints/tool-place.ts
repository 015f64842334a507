import { type CreateToolEndpointBody, PipelinesError, type Principal, type ToolDiscoveryBody } from '@pipelines/contracts';
import type { OpenedToolCredential } from '@pipelines/registry';
import type { ToolPlace } from '../tool-protocol.ts';
import type { ToolsContext } from '../tools-context.ts';
import {
  checkToolCredential,
  credentialRequired,
  readDocumentUrl,
  readEndpointUrl,
  requireOneDocument,
  toolDestination,
} from './tool-connection-fields.ts';
import type { ToolEndpointRow } from './tool-endpoint-rows.ts';

/** An endpoint that has not been saved. @throws PipelinesError `invalid_request`, `credential_required`, `egress_blocked` */
export function placeOfBody(
  context: ToolsContext,
  { organizationId }: Principal,
  body: ToolDiscoveryBody | CreateToolEndpointBody,
): ToolPlace {
  const { kind, auth_kind, credential, url } = body;
  checkToolCredential(auth_kind, credential);
  if (auth_kind !== 'none' && credential === undefined) throw credentialRequired();
  if (kind === 'http') requireOneDocument(body);
  return {
    organizationId,
    url: url === undefined ? null : readEndpointUrl(context, kind, url),
    documentUrl: kind === 'http' && body.document_url !== undefined ? readDocumentUrl(context, body.document_url) : null,
    document: kind === 'http' ? (body.document ?? null) : null,
    credential: credential === undefined ? null : context.credentials.read(credential),
  };
}

/** A saved endpoint, with its credential opened. @throws PipelinesError `credential_unreadable`, `credential_unavailable` */
export async function placeOfRow(
  context: Pick<ToolsContext, 'credentials'>,
  row: ToolEndpointRow,
): Promise<ToolPlace & { readonly url: string }> {
  const { organizationId, url, documentUrl, document } = row;
  return { organizationId, url, documentUrl, document, credential: await openOfRow(context, row) };
}

async function openOfRow({ credentials }: Pick<ToolsContext, 'credentials'>, row: ToolEndpointRow): Promise<OpenedToolCredential | null> {
  const destination = toolDestination(row.kind, row.authKind, row.url);
  if (destination === null) return null;
  const { organizationId, id, credentialVersion: version, sealed, dataKeyVersion } = row;
  if (!sealed || dataKeyVersion === null) {
    throw new PipelinesError('credential_unavailable', { fix: 'Enter it again on the page of the tool endpoint.' });
  }
  return credentials.open({ organizationId, id, version, destination }, { sealed, dataKeyVersion });
}
