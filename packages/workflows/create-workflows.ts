import { cancelBatch, pauseBatch, resumeBatch, retryBatch } from './batches/change-batch.ts';
import { getBatch, listBatches } from './batches/list-batches.ts';
import { exportBatchResults, readBatchResults } from './batches/read-batch-results.ts';
import { readImpact } from './impact/read-impact.ts';
import { getConcurrencyLimit, setConcurrencyLimit } from './limits/concurrency-limits.ts';
import { watchBatch } from './live/watch-batch.ts';
import { watchTask } from './live/watch-task.ts';
import { listRepoints } from './repoint/list-repoints.ts';
import { repointModel } from './repoint/repoint-model.ts';
import { undoRepoint } from './repoint/undo-repoint.ts';
import { createSchedule } from './schedules/create-schedule.ts';
import { getSchedule, listSchedules } from './schedules/list-schedules.ts';
import { deleteSchedule, updateSchedule } from './schedules/update-schedule.ts';
import { tryStep } from './steps/try-step.ts';
import { cancelTask, regenerateStep, retryTask, reviewStep } from './tasks/act-on-task.ts';
import { createTasks } from './tasks/create-tasks.ts';
import { getTask } from './tasks/get-task.ts';
import { listTasks } from './tasks/list-tasks.ts';
import { readCsvRows } from './tasks/read-csv-rows.ts';
import { readJsonRows } from './tasks/read-json-rows.ts';
import { getVersion, listVersions } from './versions/list-versions.ts';
import { publishWorkflow } from './versions/publish-workflow.ts';
import { archiveWorkflow, pauseWorkflow, resumeWorkflow } from './workflows/change-state.ts';
import { createWorkflow } from './workflows/create-workflow.ts';
import { getWorkflow } from './workflows/get-workflow.ts';
import { listWorkflows } from './workflows/list-workflows.ts';
import { updateWorkflow } from './workflows/update-workflow.ts';
import type { Workflows } from './workflows.ts';
import type { LiveContext } from './workflows-context.ts';

export function createWorkflows(context: LiveContext): Workflows {
  return {
    createWorkflow: (principal, body) => createWorkflow(context, principal, body),
    listWorkflows: (principal, query) => listWorkflows(context, principal, query),
    getWorkflow: (principal, id) => getWorkflow(context, principal, id),
    updateWorkflow: (principal, id, body) => updateWorkflow(context, principal, id, body),
    publishWorkflow: (principal, id, body) => publishWorkflow(context, principal, id, body),
    pauseWorkflow: (principal, id) => pauseWorkflow(context, principal, id),
    resumeWorkflow: (principal, id) => resumeWorkflow(context, principal, id),
    archiveWorkflow: (principal, id) => archiveWorkflow(context, principal, id),
    listVersions: (principal, id) => listVersions(context, principal, id),
    getVersion: (principal, id, version) => getVersion(context, principal, id, version),
    createTasks: (principal, id, body, options) => createTasks(context, principal, id, (fields) => readJsonRows(fields, body), options),
    createTasksFromCsv: (principal, id, csv, options) => createTasks(context, principal, id, (fields) => readCsvRows(fields, csv), options),
    listTasks: (principal, id, query) => listTasks(context, principal, id, query),
    getTask: (principal, id) => getTask(context, principal, id),
    cancelTask: (principal, id) => cancelTask(context, principal, id),
    retryTask: (principal, id) => retryTask(context, principal, id),
    watchTask: (principal, id) => watchTask(context, principal, id),
    watchBatch: (principal, id) => watchBatch(context, principal, id),
    tryStep: (principal, body, tell, signal) => tryStep(context.stepDoors, principal, body, tell, signal),
    regenerateStep: (principal, id) => regenerateStep(context, principal, id),
    reviewStep: (principal, id, body) => reviewStep(context, principal, id, body),
    readImpact: (principal, slug, change) => readImpact(context, principal, slug, change),
    repointModel: (principal, slug, body) => repointModel(context, principal, slug, body),
    listRepoints: (principal, slug) => listRepoints(context, principal, slug),
    undoRepoint: (principal, slug, id) => undoRepoint(context, principal, slug, id),
    listBatches: (principal, id) => listBatches(context, principal, id),
    getBatch: (principal, id) => getBatch(context, principal, id),
    readBatchResults: (principal, id) => readBatchResults(context, principal, id),
    exportBatchResults: (principal, id) => exportBatchResults(context, principal, id),
    pauseBatch: (principal, id) => pauseBatch(context, principal, id),
    resumeBatch: (principal, id) => resumeBatch(context, principal, id),
    cancelBatch: (principal, id) => cancelBatch(context, principal, id),
    retryBatch: (principal, id) => retryBatch(context, principal, id),
    listSchedules: (principal, workflowId) => listSchedules(context, principal, workflowId),
    createSchedule: (principal, workflowId, body) => createSchedule(context, principal, workflowId, body),
    getSchedule: (principal, id) => getSchedule(context, principal, id),
    updateSchedule: (principal, id, body) => updateSchedule(context, principal, id, body),
    deleteSchedule: (principal, id) => deleteSchedule(context, principal, id),
    getConcurrencyLimit: (principal, subject) => getConcurrencyLimit(context, principal, subject),
    setConcurrencyLimit: (principal, subject, limit) => setConcurrencyLimit(context, principal, subject, limit),
  };
}
