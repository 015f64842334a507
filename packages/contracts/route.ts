import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './roles.ts';

/** One route of the management API, as data: what it needs, takes and gives. Server, client and OpenAPI come from it. */
export interface RouteContract {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With `{name}` for parameters. */
  readonly path: `/api/${string}`;
  readonly permission: Permission;
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Takes `text/csv` as well: the handler then gets the bytes instead of the checked body. */
  readonly csvBody?: true;
  /** Largest body in bytes; 1 MB where it is left out. */
  readonly maxBodyBytes?: number;
  /** What a success answers with; no schema means an empty 204. */
  readonly success:
    | {
        readonly status: 200 | 201 | 202;
        readonly schema: z.ZodType;
        /** May answer with `text/csv` instead. */
        readonly csv?: true;
      }
    | {
        readonly status: 200;
        /** Answers with server-sent events instead; each one's data is JSON of this schema. */
        readonly events: z.ZodType;
      }
    | { readonly status: 204 };
  /** The codes that are particular to this route. */
  readonly errors?: readonly ErrorCode[];
}

/** Keeps the exact types of a route while checking its shape. */
export function defineRoute<const Route extends RouteContract>(route: Route): Route {
  return route;
}
