import { StepFailure } from '../../steps/step-failure.ts';
import { placeOfRow } from '../endpoints/tool-place.ts';
import { isWithin } from '../http/is-within.ts';
import type { ToolsContext } from '../tools-context.ts';
import { readEndpoints, requireEndpoint } from './read-bound-tools.ts';
import type { SessionOwner } from './tool-session.ts';

/** What an HTTP step borrows of a tool endpoint. */
export interface BorrowedEndpoint {
  /** Lower-case names. They hold the secret: for the egress only. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The whole address of a path beneath the endpoint's.
   * @throws StepFailure `invalid_request` where it leads out of it
   */
  addressOf(path: string): string;
  /** What the service said, without the secret. */
  hide(text: string): string;
}

/** @throws StepFailure `tool_unavailable`, `invalid_request` */
export async function openStepEndpoint(
  context: Pick<ToolsContext, 'database' | 'credentials'>,
  { organizationId, step }: SessionOwner,
  endpointId: string,
): Promise<BorrowedEndpoint> {
  const endpoints = await readEndpoints(context.database.db, organizationId, [endpointId]);
  const endpoint = requireEndpoint(endpoints.get(endpointId), step);
  if (endpoint.kind !== 'http')
    throw new StepFailure('invalid_request', `"${endpoint.name}", which the step "${step}" uses, is no HTTP service.`);
  const { url, credential } = await placeOfRow(context, endpoint);
  return {
    headers: credential?.headers ?? {},
    addressOf(path) {
      const address = path === '' || /^[/?]/.test(path) ? `${url}${path}` : `${url}/${path}`;
      if (isWithin(url, address)) return address;
      throw new StepFailure('invalid_request', `The address of the step "${step}" leads out of "${endpoint.name}".`);
    },
    hide: (text) => credential?.hide(text) ?? text,
  };
}
