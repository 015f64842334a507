import { createToolEndpointBodySchema, type ToolEndpoint, toolDiscoveryBodySchema } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { connectionKey, createBody, discoveryBody, emptyToolForm, toolFormOf, updateBody } from './tool-form.ts';

const typed = {
  ...emptyToolForm,
  name: 'Weather',
  url: 'https://mcp.acme.test/mcp',
  document_url: 'https://api.acme.test/openapi.json',
  document: 'openapi: 3.0.0',
  token: 'a-token',
  headers: [
    { name: 'X-Key', value: 'a-key' },
    { name: '', value: 'nameless' },
  ],
};

const saved: ToolEndpoint = {
  ...{ id: 'e1', name: 'Weather', kind: 'http', url: 'https://api.acme.test', document_url: typed.document_url, auth_kind: 'bearer' },
  ...{ credential_preview: 'a…n', enabled: true, tools: [], last_refresh: null, created_at: '', updated_at: '' },
};

describe('what is sent', () => {
  it('is what the chosen kind and credential need, and nothing of the others', () => {
    expect(discoveryBody(typed)).toEqual({ kind: 'mcp', url: typed.url, auth_kind: 'none' });
    expect(discoveryBody({ ...typed, auth_kind: 'bearer' })).toMatchObject({ credential: { token: 'a-token' } });
    const http = { ...typed, kind: 'http', url: '', auth_kind: 'headers' } as const;
    expect(discoveryBody(http)).toEqual({
      kind: 'http',
      document_url: typed.document_url,
      auth_kind: 'headers',
      credential: { headers: { 'X-Key': 'a-key' } },
    });
    expect(discoveryBody({ ...http, source: 'pasted' })).toMatchObject({ document: typed.document });
  });

  it('is what the server takes', () => {
    for (const kind of ['mcp', 'http'] as const) {
      expect(toolDiscoveryBodySchema.safeParse(discoveryBody({ ...typed, kind })).success).toBe(true);
      expect(createToolEndpointBodySchema.safeParse(createBody({ ...typed, kind }, ['x'])).success).toBe(true);
    }
  });

  it('of an edit is what has changed', () => {
    const form = toolFormOf(saved);
    expect(updateBody(form, saved)).toEqual({});
    expect(updateBody({ ...form, name: 'Sky', token: 'new' }, saved)).toEqual({ name: 'Sky', credential: { token: 'new' } });
    expect(updateBody({ ...form, source: 'pasted' }, saved)).toEqual({});
    expect(updateBody({ ...form, source: 'pasted', document: '{}' }, saved)).toEqual({ document: '{}' });
  });
});

it('a look counts for exactly what it has looked at', () => {
  expect(connectionKey({ ...typed, name: 'Other', token: 'unused' })).toBe(connectionKey(typed));
  expect(connectionKey({ ...typed, url: 'https://other.test/mcp' })).not.toBe(connectionKey(typed));
});
