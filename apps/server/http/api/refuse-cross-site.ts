import type { IncomingMessage } from 'node:http';
import { PipelinesError } from '@pipelines/contracts';

/**
 * Refuses a change that another site asks for with the browser of somebody who is signed in. Browsers tell
 * where a request comes from in headers that pages cannot write; what sends neither is no browser.
 *
 * @param publicUrl the origin that our own page has; the `Host` header is not trusted with that
 * @throws PipelinesError `cross_site_request`
 */
export function refuseCrossSite(request: IncomingMessage, publicUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  if (site !== undefined) {
    if (site !== 'same-origin') throw new PipelinesError('cross_site_request');
    return;
  }
  if (origin !== undefined && origin !== publicUrl) {
    throw new PipelinesError('cross_site_request', {
      detail: 'The request came from an address that is not the public one of this server.',
      fix: `Open the page at ${publicUrl}; the operator can change this with PUBLIC_URL.`,
    });
  }
}
