import { createEgress, createEgressPolicy, type Egress } from '@pipelines/egress';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileBehaviour, type HostileServer, startHostileServer } from '../../__fixtures__/start-hostile-server.ts';
import { toolProtocols } from '../tool-protocols.ts';
import { describeOutcome } from './describe-outcome.ts';
import { lookAtEndpoint } from './look-at-endpoint.ts';

let server: HostileServer;
let egress: Egress;
beforeAll(async () => {
  server = await startHostileServer();
  egress = createEgress({ policy: createEgressPolicy({ mode: 'local', allow: [], operatorTargets: [] }), log: () => undefined });
});
afterAll(async () => {
  await egress.close();
  await server.close();
});

const nobody = { organizationId: '0191b0f0-0000-7000-8000-000000000001', documentUrl: null, document: null, credential: null };
const placeOf = (behaviour: HostileBehaviour) => ({ ...nobody, url: server.urlOf(behaviour) });

describe('an MCP server that is none, or means harm', () => {
  it.each<[HostileBehaviour, string]>([
    ['html', 'not_mcp'],
    ['redirect', 'redirected'],
    ['no-json', 'not_mcp'],
    ['other-id', 'not_mcp'],
    ['no-version', 'mcp_version'],
    ['rpc-error', 'mcp_failed'],
    ['unauthorized', 'bad_credential'],
    ['missing', 'not_found'],
    ['broken', 'server_failed'],
    ['busy', 'rate_limited'],
    ['old-sse', 'not_mcp'],
    ['cut-off', 'connection_lost'],
    ['questions', 'not_mcp'],
    ['huge', 'response_too_large'],
    ['endless-event', 'response_too_large'],
  ])('%s: %s', async (behaviour, cause) => {
    const looked = await lookAtEndpoint({ egress }, 'mcp', placeOf(behaviour), AbortSignal.timeout(20_000));
    expect(looked).toMatchObject({ cause, found: { tools: [] } });
    const told = describeOutcome(looked.cause, 0);
    expect(told).toMatchObject({ passed: false, fix: expect.stringMatching(/\w/) });
    expect(JSON.stringify(told)).not.toMatch(/words of theirs|127\.0\.0\.1|script/);
  });

  it('that never answers is given up', async () => {
    const looking = toolProtocols.mcp.discover({ egress }, placeOf('silent'), AbortSignal.timeout(200));
    await expect(looking).rejects.toMatchObject({ cause: 'timed_out' });
  });
});

describe('a document that is none, or means harm', () => {
  it.each<[HostileBehaviour, string]>([
    ['html', 'not_json_or_yaml'],
    ['redirect', 'redirected'],
    ['unauthorized', 'bad_credential'],
    ['missing', 'not_found'],
    ['cut-off', 'connection_lost'],
    ['huge', 'response_too_large'],
  ])('%s: %s', async (behaviour, cause) => {
    const place = { ...nobody, url: null, documentUrl: server.urlOf(behaviour) };
    expect(await lookAtEndpoint({ egress }, 'http', place, AbortSignal.timeout(20_000))).toMatchObject({ cause });
  });
});
