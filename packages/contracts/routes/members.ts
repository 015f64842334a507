import { z } from 'zod';
import { id } from '../fields.ts';
import {
  acceptInvitationBodySchema,
  createdInvitationSchema,
  createInvitationBodySchema,
  invitationSchema,
  memberSchema,
  sessionSchema,
  updateMemberBodySchema,
} from '../identity.ts';
import { defineRoute } from '../route.ts';

const tag = 'Members';

export const listMembers = defineRoute({
  operationId: 'listMembers',
  method: 'get',
  path: '/api/members',
  permission: 'members:read',
  summary: 'The people of the organization',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(memberSchema) }) },
});

export const updateMember = defineRoute({
  operationId: 'updateMember',
  method: 'patch',
  path: '/api/members/{id}',
  permission: 'members:write',
  summary: 'Change a name or a role',
  tag,
  params: z.object({ id }),
  body: updateMemberBodySchema,
  success: { status: 200, schema: memberSchema },
  errors: ['last_admin'],
});

export const deactivateMember = defineRoute({
  operationId: 'deactivateMember',
  method: 'delete',
  path: '/api/members/{id}',
  permission: 'members:write',
  summary: 'Take somebody out: sessions end, keys that they made are revoked',
  tag,
  params: z.object({ id }),
  success: { status: 204 },
  errors: ['last_admin'],
});

export const listInvitations = defineRoute({
  operationId: 'listInvitations',
  method: 'get',
  path: '/api/invitations',
  permission: 'members:write',
  summary: 'Invitations that are still open',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(invitationSchema) }) },
});

export const createInvitation = defineRoute({
  operationId: 'createInvitation',
  method: 'post',
  path: '/api/invitations',
  permission: 'members:write',
  summary: 'Invite somebody: answers with a link, shown once',
  tag,
  body: createInvitationBodySchema,
  success: { status: 201, schema: createdInvitationSchema },
  errors: ['already_exists'],
});

export const revokeInvitation = defineRoute({
  operationId: 'revokeInvitation',
  method: 'delete',
  path: '/api/invitations/{id}',
  permission: 'members:write',
  summary: 'Take an invitation back',
  tag,
  params: z.object({ id }),
  success: { status: 204 },
});

export const acceptInvitation = defineRoute({
  operationId: 'acceptInvitation',
  method: 'post',
  path: '/api/invitations/accept',
  permission: 'public',
  summary: 'Join with the link of an invitation',
  tag,
  body: acceptInvitationBodySchema,
  success: { status: 201, schema: sessionSchema },
  errors: ['invitation_invalid'],
});
