import { z } from 'zod';
import { id } from '../fields.ts';
import { changePasswordBodySchema, sessionEntrySchema, sessionSchema, signInBodySchema } from '../identity.ts';
import { defineRoute } from '../route.ts';

const tag = 'Sessions';

export const signIn = defineRoute({
  operationId: 'signIn',
  method: 'post',
  path: '/api/session',
  permission: 'public',
  summary: 'Sign in',
  tag,
  body: signInBodySchema,
  success: { status: 201, schema: sessionSchema },
  errors: ['wrong_email_or_password', 'rate_limited'],
});

export const getSession = defineRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/api/session',
  permission: 'signed_in',
  summary: 'Who is signed in',
  tag,
  success: { status: 200, schema: sessionSchema },
});

export const signOut = defineRoute({
  operationId: 'signOut',
  method: 'delete',
  path: '/api/session',
  permission: 'signed_in',
  summary: 'Sign out',
  tag,
  success: { status: 204 },
});

export const listSessions = defineRoute({
  operationId: 'listSessions',
  method: 'get',
  path: '/api/sessions',
  permission: 'signed_in',
  summary: 'Your sessions',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(sessionEntrySchema) }) },
});

export const revokeSession = defineRoute({
  operationId: 'revokeSession',
  method: 'delete',
  path: '/api/sessions/{id}',
  permission: 'signed_in',
  summary: 'End one of your sessions',
  tag,
  params: z.object({ id }),
  success: { status: 204 },
});

export const changePassword = defineRoute({
  operationId: 'changePassword',
  method: 'post',
  path: '/api/session/password',
  permission: 'signed_in',
  summary: 'Change your password; your other sessions end',
  tag,
  body: changePasswordBodySchema,
  success: { status: 204 },
  errors: ['wrong_email_or_password', 'rate_limited'],
});
