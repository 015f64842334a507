import { PipelinesError, type Principal, type ToolEndpointDetail, type UpdateToolEndpointBody } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import type { ToolsContext } from '../tools-context.ts';
import { getToolEndpoint } from './get-tool-endpoint.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import {
  checkToolCredential,
  readDocumentUrl,
  readEndpointUrl,
  requireOneDocument,
  toolDestination,
  wrongField,
} from './tool-connection-fields.ts';
import { findToolEndpoint, isToolEndpoint, type ToolEndpointRow } from './tool-endpoint-rows.ts';
import { switchTools } from './write-tools.ts';

const { toolEndpoints } = schema;

/**
 * Changes what is given. The stored credential stays where it was entered for: another address or auth kind asks for it
 * again. A changed connection is to be refreshed.
 *
 * @throws PipelinesError `credential_required`, `already_exists`, `conflict`, `invalid_request`, `egress_blocked`, `not_found`
 */
export async function updateToolEndpoint(
  context: ToolsContext,
  principal: Principal,
  id: string,
  body: UpdateToolEndpointBody,
): Promise<ToolEndpointDetail> {
  const { db } = context.database;
  const { organizationId } = principal;
  const before = await findToolEndpoint(db, organizationId, id);
  const connection = await connectionChanges(context, before, body);
  const { name, enabled, tools } = body;
  const changes = {
    ...(name !== undefined && name !== before.name && { name }),
    ...(enabled !== undefined && enabled !== before.enabled && { enabled }),
    ...connection,
    ...(Object.keys(connection).length > 0 && { lastRefreshAt: null, lastRefreshCause: null }),
  };
  await refuseTakenName(
    db.transaction(async (tx) => {
      const changed = await tx
        .update(toolEndpoints)
        .set({ ...changes, updatedAt: sql`now()` })
        .where(
          and(
            isToolEndpoint(organizationId, before.id),
            // The credential was judged by these.
            eq(toolEndpoints.credentialVersion, before.credentialVersion),
            eq(toolEndpoints.url, before.url),
            eq(toolEndpoints.authKind, before.authKind),
          ),
        )
        .returning({ id: toolEndpoints.id });
      if (changed.length === 0) throw new PipelinesError('conflict');
      if (tools !== undefined) await switchTools(tx, before, tools);
      const names = Object.keys(body);
      if (names.length > 0) await recordAudit(tx, principal, 'tool_endpoint.updated', { type: 'tool_endpoint', id: before.id }, names);
    }),
  );
  return getToolEndpoint(context, principal, before.id);
}

async function connectionChanges(
  context: ToolsContext,
  before: ToolEndpointRow,
  body: UpdateToolEndpointBody,
): Promise<Partial<ToolEndpointRow>> {
  return { ...(await destinationChanges(context, before, body)), ...documentChanges(context, before, body) };
}

async function destinationChanges(
  context: ToolsContext,
  before: ToolEndpointRow,
  { url: address, auth_kind, credential }: UpdateToolEndpointBody,
): Promise<Partial<ToolEndpointRow>> {
  const { organizationId, id, kind } = before;
  const url = address === undefined ? before.url : readEndpointUrl(context, kind, address);
  const authKind = auth_kind ?? before.authKind;
  checkToolCredential(authKind, credential);
  const moved = { ...(url !== before.url && { url }), ...(authKind !== before.authKind && { authKind }) };
  const isMoved = Object.keys(moved).length > 0;
  const destination = toolDestination(kind, authKind, url);
  if (destination === null) return isMoved ? { ...moved, sealed: null, dataKeyVersion: null, preview: null } : {};
  if (credential === undefined) {
    if (isMoved) throw new PipelinesError('credential_required', { fields: [{ field: 'credential', message: 'Enter it again' }] });
    return {};
  }
  const credentialVersion = before.credentialVersion + 1;
  const sealed = await context.credentials.seal({ organizationId, id, version: credentialVersion, destination }, credential);
  return { ...moved, ...sealed, credentialVersion };
}

function documentChanges(context: ToolsContext, before: ToolEndpointRow, body: UpdateToolEndpointBody): Partial<ToolEndpointRow> {
  const { document_url, document } = body;
  if (document_url === undefined && document === undefined) return {};
  if (before.kind !== 'http') throw wrongField(document === undefined ? 'document_url' : 'document', 'An MCP server has no document');
  requireOneDocument(body);
  const documentUrl = document_url === undefined ? null : readDocumentUrl(context, document_url);
  if (documentUrl === before.documentUrl && (document ?? null) === before.document) return {};
  return { documentUrl, document: document ?? null };
}
