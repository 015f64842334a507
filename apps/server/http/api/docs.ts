import { createHash } from 'node:crypto';
import { type ErrorEntry, errorRegistry } from '@pipelines/contracts';
import { sendJson } from '../send-json.ts';
import { buildOpenApi } from './build-openapi.ts';
import type { RawRoute, TableEntry } from './route-table.ts';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } h3 { font-size: 1rem; margin-bottom: .25rem; }
code { font: 13px ui-monospace, monospace; } pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .5rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; } p { margin: .25rem 0; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The OpenAPI document and a page made of it, both ours: no script, no CDN. `readTable` is the finished route table. */
export function docsRoutes(readTable: () => readonly TableEntry[], version: string): RawRoute[] {
  let document: Record<string, unknown> | null = null;
  let page: string | null = null;
  const readDocument = () => {
    document ??= buildOpenApi(readTable(), version);
    return document;
  };
  return [
    {
      operationId: 'getOpenApi',
      method: 'get',
      path: '/api/openapi.json',
      permission: 'public',
      summary: 'This API as an OpenAPI 3.1 document',
      handle: ({ response }) => sendJson(response, 200, readDocument()),
    },
    {
      operationId: 'getDocs',
      method: 'get',
      path: '/api/docs',
      permission: 'public',
      summary: 'This API as a page',
      handle({ response }) {
        page ??= renderPage(readTable(), readDocument());
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          'content-security-policy': contentSecurityPolicy,
        });
        response.end(page);
      },
    },
  ];
}

function renderPage(table: readonly TableEntry[], document: Record<string, unknown>): string {
  const groups = new Map<string, string[]>();
  for (const { kind, route } of table) {
    const tag = kind === 'contract' ? route.tag : 'Other';
    groups.set(tag, [...(groups.get(tag) ?? []), renderRoute(route, document)]);
  }
  const sections = [...groups].map(([tag, parts]) => `<h2>${escapeHtml(tag)}</h2>${parts.join('')}`);
  const errors = Object.entries(errorRegistry).map(([code, entry]) => renderError(code, entry));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Pipelines API</title><style>${style}</style></head><body><h1>Pipelines API</h1><p>Send an API key as <code>Authorization: Bearer ppl_…</code>. Models are called under <code>/v1</code>, as with OpenAI's API. The same as a document: <a href="/api/openapi.json">openapi.json</a>.</p>${sections.join('')}<h2>Errors</h2>${errors.join('')}</body></html>`;
}

function renderRoute(route: TableEntry['route'], document: Record<string, unknown>): string {
  const operation = (document.paths as Record<string, Record<string, unknown>>)[route.path]?.[route.method] as Record<string, unknown>;
  const { parameters, requestBody, responses } = operation;
  const details = JSON.stringify({ parameters, requestBody, responses }, null, 2);
  return `<h3 id="${route.operationId}"><span class="method">${route.method.toUpperCase()}</span> <code>${escapeHtml(route.path)}</code></h3><p>${escapeHtml(route.summary)}. Needs <code>${route.permission}</code>.</p><details><summary>Schemas</summary><pre><code>${escapeHtml(details)}</code></pre></details>`;
}

function renderError(code: string, { status, title, fix }: ErrorEntry): string {
  return `<h3 id="error-${code}"><code>${code}</code> · ${status}</h3><p>${escapeHtml(title)} ${escapeHtml(fix)}</p>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
