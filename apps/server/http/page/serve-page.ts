import { randomBytes } from 'node:crypto';
import { PipelinesError } from '@pipelines/contracts';
import { sendProblem } from '../api/problem-response.ts';
import type { RequestContext } from '../request-context.ts';
import { allowStyles } from '../security-headers.ts';
import type { PageFile, PageFiles } from './load-page.ts';

/** Files are assets or stand at the top; deeper down a dot belongs to a name, such as a slug: `/models/openai%2Fgpt-5.4`. */
const fileAddress = /^\/(?:assets\/.*|[^/]+\.[a-z0-9]{1,12})$/i;

/** Answers with a file of the page, or with the page itself: which view an address means is decided in the browser. */
export function servePage(files: PageFiles, context: RequestContext): void {
  const { request, response, path, requestId } = context;
  context.route = 'page';
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendProblem(response, new PipelinesError('method_not_allowed', { detail: 'Only GET is offered here.' }), requestId);
    return;
  }
  const asksForFile = fileAddress.test(path);
  const file = files.get(path) ?? (asksForFile ? undefined : files.get('/index.html'));
  if (file !== undefined && file === files.get('/index.html')) sendDocument(context, file);
  else if (file !== undefined) sendFile(context, file);
  else if (asksForFile) sendProblem(response, new PipelinesError('not_found'), requestId);
  else
    sendProblem(response, new PipelinesError('unavailable', { detail: 'The page is not built.', fix: 'Run "npm run build".' }), requestId);
}

/** Where `index.html` takes the nonce of its styles. */
const noncePlace = 'STYLE_NONCE';

/** The page itself. Each answer has a nonce of its own, so that none is answered with "not modified". */
function sendDocument({ request, response }: RequestContext, file: PageFile): void {
  const nonce = randomBytes(16).toString('hex');
  const bytes = Buffer.from(file.bytes.toString('utf8').replace(noncePlace, nonce));
  allowStyles(response, nonce);
  response.setHeader('Cache-Control', 'no-cache');
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function sendFile({ request, response }: RequestContext, file: PageFile): void {
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('ETag', file.etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const packed = file.gzipped !== null && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? file.gzipped : null;
  if (packed !== null) response.setHeader('Content-Encoding', 'gzip');
  const bytes = packed ?? file.bytes;
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
