import { z } from 'zod';
import { id } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { createScheduleBodySchema, scheduleDetailSchema, scheduleSchema, updateScheduleBodySchema } from '../workflows/schedules.ts';

const tag = 'Schedules';
const params = z.object({ id });
const maxBodyBytes = 20_000_000;

export const listSchedules = defineRoute({
  operationId: 'listSchedules',
  method: 'get',
  path: '/api/workflows/{id}/schedules',
  permission: 'workflows:read',
  summary: 'Schedules of a workflow with their next time and their last runs, oldest schedule first',
  tag,
  params,
  success: { status: 200, schema: z.object({ data: z.array(scheduleSchema) }) },
});

export const createSchedule = defineRoute({
  operationId: 'createSchedule',
  method: 'post',
  path: '/api/workflows/{id}/schedules',
  permission: 'workflows:write',
  summary: 'Run the workflow on fixed rows at the times of a cron pattern',
  tag,
  params,
  body: createScheduleBodySchema,
  maxBodyBytes,
  success: { status: 201, schema: scheduleDetailSchema },
  errors: ['workflow_not_active', 'rows_invalid', 'model_not_allowed', 'conflict'],
});

export const getSchedule = defineRoute({
  operationId: 'getSchedule',
  method: 'get',
  path: '/api/schedules/{id}',
  permission: 'workflows:read',
  summary: 'A schedule with its rows',
  tag,
  params,
  success: { status: 200, schema: scheduleDetailSchema },
});

export const updateSchedule = defineRoute({
  operationId: 'updateSchedule',
  method: 'patch',
  path: '/api/schedules/{id}',
  permission: 'workflows:write',
  summary: 'Change a schedule, or turn it on or off',
  tag,
  params,
  body: updateScheduleBodySchema,
  maxBodyBytes,
  success: { status: 200, schema: scheduleDetailSchema },
  errors: ['workflow_not_active', 'rows_invalid', 'model_not_allowed'],
});

export const deleteSchedule = defineRoute({
  operationId: 'deleteSchedule',
  method: 'delete',
  path: '/api/schedules/{id}',
  permission: 'workflows:write',
  summary: 'Remove a schedule; the batches that it has created stay',
  tag,
  params,
  success: { status: 204 },
});
