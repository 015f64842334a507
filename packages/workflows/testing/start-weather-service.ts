import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface WeatherService {
  readonly origin: string;
  /** Where calls go. */
  readonly url: string;
  readonly documentUrl: string;
  readonly seen: SeenRequest[];
  /** Status of the next answers, before 200. */
  readonly statuses: number[];
  /** Answers with everything that it was sent. */
  echo: boolean;
  close(): Promise<void>;
}

/** An HTTP service with an OpenAPI document, on loopback. */
export async function startWeatherService(): Promise<WeatherService> {
  const seen: SeenRequest[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body });
    if (url === '/v1/openapi.json') return void response.end(JSON.stringify(documentOf(service.url)));
    const status = statuses.shift() ?? 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    if (service.echo) response.end(JSON.stringify({ headers, base64: Buffer.from(JSON.stringify(headers)).toString('base64') }));
    else response.end(JSON.stringify({ sky: 'clear', path: url }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: WeatherService = {
    origin,
    url: `${origin}/v1`,
    documentUrl: `${origin}/v1/openapi.json`,
    seen,
    statuses,
    echo: false,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
  return service;
}

export function documentOf(url: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: 'Weather', version: '1' },
    servers: [{ url }],
    paths: {
      '/weather/{city}': {
        parameters: [{ $ref: '#/components/parameters/City' }],
        get: {
          operationId: 'getWeather',
          summary: 'The weather of a city',
          parameters: [
            { name: 'days', in: 'query', schema: { type: 'integer' } },
            { name: 'X-Unit', in: 'header', schema: { enum: ['C', 'F'] } },
            { name: 'Authorization', in: 'header', schema: { type: 'string' } },
          ],
        },
      },
      '/reports': {
        post: {
          operationId: 'send report!',
          requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Report' } } } },
        },
      },
      '/pictures': { put: { requestBody: { required: true, content: { 'image/png': {} } } } },
      '/stations': { get: { description: 'All stations' } },
    },
    components: {
      parameters: { City: { name: 'city', in: 'path', required: true, description: 'Its name', schema: { type: 'string' } } },
      schemas: {
        Report: {
          type: 'object',
          properties: { text: { type: 'string' }, about: { $ref: '#/components/schemas/Report' } },
          required: ['text'],
        },
      },
    },
  };
}
