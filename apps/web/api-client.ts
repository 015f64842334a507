import type { ErrorCode, FieldError, RouteContract } from '@pipelines/contracts';
import { z } from 'zod';

const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().nullish(),
  fix: z.string().nullish(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).nullish(),
  request_id: z.string().nullish(),
});

/** A failed call, in the words of the server. `network` and `unreadable_answer` are the client's own codes. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ErrorCode | 'network' | 'unreadable_answer';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly fix: string | null;
  readonly errors: readonly FieldError[];
  readonly request_id: string | null;

  constructor(status: number, problem: z.infer<typeof problemSchema>) {
    super(problem.detail ?? problem.title);
    this.code = problem.code as ApiProblem['code'];
    this.status = status;
    this.title = problem.title;
    this.detail = problem.detail ?? problem.title;
    this.fix = problem.fix ?? null;
    this.errors = problem.errors ?? [];
    this.request_id = problem.request_id ?? null;
  }
}

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
type Part<Route, Name extends 'params' | 'query' | 'body'> = Route extends { [Key in Name]: infer Schema } ? InputOf<Schema> : never;
type Given<Name extends string, Value> = [Value] extends [never]
  ? { readonly [Key in Name]?: undefined }
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };
export type CallOptions<Route extends RouteContract> = Given<'params', Part<Route, 'params'>> &
  Given<'query', Part<Route, 'query'>> &
  Given<'body', Part<Route, 'body'>> & { readonly signal?: AbortSignal };
export type Answer<Route extends RouteContract> = Route['success'] extends { schema: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;
type Arguments<Route extends RouteContract> =
  Record<never, never> extends CallOptions<Route> ? [CallOptions<Route>?] : [CallOptions<Route>];

/** Calls a route and gives its answer, checked by the route's own schema. Throws `ApiProblem`. */
export async function callApi<Route extends RouteContract>(route: Route, ...[options]: Arguments<Route>): Promise<Answer<Route>> {
  const { params, query, body, signal } = (options ?? {}) as UntypedOptions;
  const response = await send(fillAddress(route.path, params, query), {
    method: route.method.toUpperCase(),
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await readProblem(response);
  if (!('schema' in route.success)) return undefined as Answer<Route>;
  const parsed = route.success.schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw unreadableAnswer(response);
  return parsed.data as Answer<Route>;
}

interface UntypedOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The address of a call: parameters are encoded, so the slash of a platform slug becomes `%2F`. */
export function fillAddress(path: string, params: UntypedOptions['params'] = {}, query: UntypedOptions['query'] = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem(0, { code: 'network', title: 'The server could not be reached.', fix: 'Check the connection and try again.' });
  }
}

/** The problem that a failed answer carries, or what its status alone tells. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? new ApiProblem(response.status, parsed.data) : unreadableAnswer(response);
}

function unreadableAnswer(response: Response): ApiProblem {
  return new ApiProblem(response.status, {
    code: 'unreadable_answer',
    title: `The server gave an answer that this page cannot read (HTTP ${response.status}).`,
    fix: 'Reload the page. If it stays, tell the operator the request ID.',
    request_id: response.headers.get('x-request-id'),
  });
}
