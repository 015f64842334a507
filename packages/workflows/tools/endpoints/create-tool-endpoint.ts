import { type CreateToolEndpointBody, PipelinesError, type Principal, type ToolEndpointDetail } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { memberOf } from '../../member-of.ts';
import { describeToolCause } from '../describe-tool-cause.ts';
import type { ToolsContext } from '../tools-context.ts';
import { getToolEndpoint } from './get-tool-endpoint.ts';
import { lookAtEndpoint } from './look-at-endpoint.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import { toolDestination, wrongField } from './tool-connection-fields.ts';
import { placeOfBody } from './tool-place.ts';
import { writeTools } from './write-tools.ts';

/**
 * Saves an endpoint whose tools can be read right now: it is looked at first, with exactly what is saved.
 *
 * @throws PipelinesError `tool_discovery_failed`, `credential_required`, `already_exists`, `rate_limited`, `invalid_request`
 */
export async function createToolEndpoint(
  context: ToolsContext,
  principal: Principal,
  body: CreateToolEndpointBody,
  signal: AbortSignal,
): Promise<ToolEndpointDetail> {
  const { organizationId } = principal;
  const { kind, name, auth_kind: authKind, credential } = body;
  const place = placeOfBody(context, principal, body);
  if (place.url === null) throw wrongField('url', 'Required');
  const { cause, found } = await context.limiter.run(principal, () => lookAtEndpoint(context, kind, place, signal));
  if (cause !== null) {
    const { message, fix } = describeToolCause(cause);
    throw new PipelinesError('tool_discovery_failed', { detail: message, fix });
  }
  const id = uuidv7();
  const destination = toolDestination(kind, authKind, place.url);
  const sealed =
    destination === null || credential === undefined
      ? null
      : await context.credentials.seal({ organizationId, id, version: 1, destination }, credential);
  const { url, documentUrl, document } = place;
  await refuseTakenName(
    context.database.db.transaction(async (tx) => {
      await tx.insert(schema.toolEndpoints).values({
        ...{ organizationId, id, name, kind, url, documentUrl, document, authKind },
        ...(sealed && { ...sealed, credentialVersion: 1 }),
        lastRefreshAt: sql`now()`,
        createdBy: memberOf(principal),
      });
      await writeTools(tx, { organizationId, id }, found.tools, new Set(body.disabled_tools));
      await recordAudit(tx, principal, 'tool_endpoint.created', { type: 'tool_endpoint', id }, ['name', 'kind', 'url', 'auth_kind']);
    }),
  );
  return getToolEndpoint(context, principal, id);
}
