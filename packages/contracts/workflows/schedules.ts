import { z } from 'zod';
import { id, line, timestamp } from '../fields.ts';
import { batchSchema, createTasksBodySchema } from './tasks.ts';

/** One time of a schedule that has come. */
export const scheduleRunSchema = z.object({
  /** When it should have run. */
  planned_at: timestamp,
  ran_at: timestamp,
  /** Times after it that had passed as well, with no worker there to run them: this run stands for all of them. At most 100 are counted. */
  missed: z.number().int(),
  /** What it has created; null where it could not, for the reason in `error`. */
  batch: batchSchema.pick({ id: true, name: true, state: true, total: true }).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type ScheduleRun = z.infer<typeof scheduleRunSchema>;

/** Runs a workflow again and again on the same rows. */
export const scheduleSchema = z.object({
  id,
  workflow_id: id,
  name: z.string(),
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string(),
  /** IANA name, such as `Europe/Berlin`: the times are those of its clocks. */
  time_zone: z.string(),
  enabled: z.boolean(),
  rows: z.number().int().positive(),
  /** Null while it is off. */
  next_run_at: timestamp.nullable(),
  /** The newest ten, newest first. */
  last_runs: z.array(scheduleRunSchema),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** With its rows. */
export const scheduleDetailSchema = scheduleSchema.extend({ tasks: createTasksBodySchema.shape.tasks });
export type ScheduleDetail = z.infer<typeof scheduleDetailSchema>;

const settings = {
  name: line(120),
  cron: z.string().trim().min(1, 'Required').max(100),
  time_zone: z.string().trim().min(1, 'Required').max(64),
  enabled: z.boolean(),
};
const rows = {
  tasks: createTasksBodySchema.shape.tasks.optional(),
  /** In place of `tasks`: a CSV with a header line. */
  csv: z.string().min(1).max(10_000_000).optional(),
};
const namesRowsOnce = ({ tasks, csv }: { tasks?: unknown; csv?: unknown }) => tasks === undefined || csv === undefined;
const hasRows = ({ tasks, csv }: { tasks?: unknown; csv?: unknown }) => tasks !== undefined || csv !== undefined;

export const createScheduleBodySchema = z
  .strictObject({ ...settings, enabled: settings.enabled.optional(), ...rows })
  .refine(hasRows, { path: ['tasks'], message: 'Required, or csv' })
  .refine(namesRowsOnce, { path: ['csv'], message: 'Either tasks or csv' });

/** Any subset. */
export const updateScheduleBodySchema = z
  .strictObject({ ...settings, ...rows })
  .partial()
  .refine(namesRowsOnce, { path: ['csv'], message: 'Either tasks or csv' });
