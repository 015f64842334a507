import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../repository.mjs';
import { DAYS } from './travel-requests.mjs';

/** @typedef {import('./product-api.mjs').ProductApi} ProductApi */

const PIPELINE = fromRoot('scripts/demo/travel-desk.json');
const BATCH_TIMEOUT_MS = 60_000;

/**
 * Makes the demo's pipeline the way a person does it: from an exported file, with the tiny model chosen. One that is
 * there already is left as it is, whatever has been made of it.
 * @param {ProductApi} api @param {string} slug of the tiny model @param {string | null} savedId
 * @returns {Promise<string>} its ID
 */
export async function makeTravelDesk(api, slug, savedId) {
  if (savedId && (await api.call('GET', `/api/workflows/${savedId}`)).status === 200) return savedId;
  const { name, graph } = JSON.parse(readFileSync(PIPELINE, 'utf8'));
  for (const step of graph.steps) if (step.kind === 'llm') step.config.model = slug;
  const description = 'Which city is it, and is it far away? Then the hours are worked out, and a person approves the trip.';
  return (await api.expect('POST', '/api/workflows', { name, description, graph })).id;
}

/**
 * Publishes the pipeline and gives it two days of work: Monday's is reviewed and finishes, Tuesday's far trips wait for
 * a person. Doing it again changes nothing.
 * @param {ProductApi} api @param {string} id of the pipeline
 * @returns {Promise<number>} how many trips wait for a review
 */
export async function runTravelDesk(api, id) {
  const workflow = await api.expect('GET', `/api/workflows/${id}`);
  if (workflow.state === 'draft')
    await api.expect('POST', `/api/workflows/${id}/publish`, { revision: workflow.revision, note: 'First version' });
  else if (workflow.state !== 'active') return 0;
  const monday = await createBatch(api, id, 'Monday');
  const tuesday = await createBatch(api, id, 'Tuesday');
  await waitForPeople(api, monday);
  await passReviews(api, id, monday);
  await waitForPeople(api, tuesday);
  return (await tasksOf(api, id, tuesday, 'in_progress')).filter(isWaiting).length;
}

/** The same day of the same pipeline is created once: its name is the idempotency key. @param {ProductApi} api @param {string} id @param {keyof typeof DAYS} day @returns {Promise<string>} */
async function createBatch(api, id, day) {
  const headers = { 'idempotency-key': `demo-${day}` };
  const { batch } = await api.expect('POST', `/api/workflows/${id}/tasks?name=${day}`, { tasks: DAYS[day] }, headers);
  return batch.id;
}

/** Until every task has ended or waits for a review; a batch that somebody has paused is not waited for. @param {ProductApi} api @param {string} batchId */
async function waitForPeople(api, batchId) {
  const deadline = Date.now() + BATCH_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const batch = await api.expect('GET', `/api/batches/${batchId}`);
    if (batch.state !== 'running' || batch.counts.pending === 0) {
      const open = await tasksOf(api, batch.workflow_id, batchId, 'in_progress');
      if (batch.state !== 'running' || open.every(isWaiting)) return;
    }
    await sleep(200);
  }
  throw new Error('The demo pipeline did not get through its tasks in time; server.log in the demo directory says why.');
}

/** @param {ProductApi} api @param {string} id @param {string} batchId */
async function passReviews(api, id, batchId) {
  for (const task of await tasksOf(api, id, batchId, 'in_progress')) {
    const review = task.steps.find(isOpenReview);
    if (review)
      await api.expect('POST', `/api/steps/${review.id}/review`, { verdict: 'pass', comment: 'Added up rightly. Have a good trip!' });
  }
}

/** With every run of their steps. @param {ProductApi} api @param {string} id @param {string} batchId @param {string} state @returns {Promise<any[]>} */
async function tasksOf(api, id, batchId, state) {
  const { data } = await api.expect('GET', `/api/workflows/${id}/tasks?batch_id=${batchId}&state=${state}&limit=100`);
  return Promise.all(data.map((/** @type {{ id: string }} */ task) => api.expect('GET', `/api/tasks/${task.id}`)));
}

/** @param {{ kind: string, state: string }} run */
const isOpenReview = (run) => run.kind === 'review' && run.state === 'waiting';
/** @param {{ steps: { kind: string, state: string }[] }} task */
const isWaiting = (task) => task.steps.some(isOpenReview);
