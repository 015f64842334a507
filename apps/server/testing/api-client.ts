export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, taken for the shape that the test expects; null where it is not JSON. */
  json<Shape>(): Shape;
  /** The code of an error, in the shape of `/api` or of `/v1`. */
  readonly code: string | null;
}

export interface ApiRequest {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Hangs up. */
  readonly signal?: AbortSignal;
}

/** Calls a server as a program does with a key, or as a browser does: cookies are kept and sent again. */
export interface ApiClient {
  call(method: string, path: string, request?: ApiRequest): Promise<ApiResponse>;
  /** The `Cookie` header that it would send. */
  readonly cookie: string;
}

export function createApiClient(url: string, apiKey?: string): ApiClient {
  const cookies = new Map<string, string>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    get cookie() {
      return cookieHeader();
    },
    async call(method, path, { body, text, headers = {}, signal } = {}) {
      const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        ...(signal && { signal }),
        headers: {
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          ...(cookies.size === 0 ? {} : { cookie: cookieHeader() }),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload === undefined ? {} : { body: payload }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const [name = '', value = ''] = pair.split('=');
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const answer = await response.text();
      const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
      const parsed: unknown = isJson ? JSON.parse(answer) : null;
      const { code, error } = (parsed ?? {}) as { code?: string; error?: { code?: string } };
      return {
        status: response.status,
        headers: response.headers,
        text: answer,
        json: <Shape>() => parsed as Shape,
        code: code ?? error?.code ?? null,
      };
    },
  };
}
