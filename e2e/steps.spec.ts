import type { Batch, Graph, LlmConfig, Task, Workflow } from '@pipelines/contracts';
import { findViolations } from './support/find-violations.ts';
import { expect, test } from './support/journey.ts';
import type { ManagementApi } from './support/management-api.ts';
import { openStepRun } from './support/open-step-run.ts';
import { registerModel } from './support/register-model.ts';
import { providerKeys } from './support/start-providers.ts';

const at = (row: number) => ({ x: 0, y: row * 140 });
const config: LlmConfig = {
  model: null,
  fallback_model: null,
  system_prompt: '',
  user_prompt: 'Answer {{input.ticket}}',
  temperature: null,
  max_tokens: null,
  tools: [],
  max_tool_rounds: 5,
  reasoning: { effort: null, max_tokens: null },
  output: { type: 'text' },
  images: [],
  retries: 0,
  timeout_seconds: 60,
};

function graphOn(model: string): Graph {
  const fields = [{ name: 'ticket', type: 'text' as const, required: true, description: '' }];
  return {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', position: at(0), config: { fields } },
      { kind: 'llm', name: 'ask', title: 'Ask', position: at(1), config: { ...config, model } },
      { kind: 'end', name: 'end', title: 'End', position: at(2), config: { mapping: [{ name: 'answer', value: '{{steps.ask.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'end' },
    ],
  };
}

async function beginTask(api: ManagementApi, workflowId: string): Promise<string> {
  const body = { tasks: [{ input: { ticket: 'a question' } }] };
  const { batch } = await api<{ batch: Batch }>('POST', `/api/workflows/${workflowId}/tasks`, body);
  const { data } = await api<{ data: Task[] }>('GET', `/api/workflows/${workflowId}/tasks?batch_id=${batch.id}`);
  return data[0]?.id as string;
}

test('a step is tried on samples, watched in a task, regenerated and compared', async ({ page, api, providers: { vllm } }) => {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: vllm.baseUrl,
    provider_model_id: 'qwen3-32b',
    credential: { api_key: providerKeys.vllm },
  } as const;
  const prices = { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' };
  const { slug } = await registerModel(api, connection, { display_name: 'Step model', ...prices });
  const workflow = await api<Workflow>('POST', '/api/workflows', { name: 'Answers', graph: graphOn(slug) });

  await test.step('try: the answer streams, and can be stopped', async () => {
    await page.goto(`/workflows/${workflow.id}`);
    await page.locator('[data-step=ask]').click();
    await page.getByRole('button', { name: 'Try on samples' }).click();
    const trial = page.getByRole('region', { name: 'Try the step' });
    await trial.getByLabel('ticket').fill('my sample');
    vllm.answerOnce({ chunks: ['Half of ', 'an answer'], hang: 'stream' });
    await trial.getByRole('button', { name: 'Try it' }).click();
    await expect(trial).toContainText('Half of an answer');
    await trial.getByRole('button', { name: 'Stop' }).click();
    await expect(trial).toContainText('Stopped');
    await vllm.waitForAbort(10_000);
  });

  await test.step('try: the whole answer with its cost and what was sent', async () => {
    const trial = page.getByRole('region', { name: 'Try the step' });
    vllm.answerOnce({
      text: 'All is well',
      reasoning: 'Let me see.',
      usage: { prompt_tokens: 30, completion_tokens: 10, total_tokens: 40 },
    });
    await trial.getByRole('button', { name: 'Try it' }).click();
    await expect(trial).toContainText('All is well');
    await expect(trial).toContainText(/Finished in .*, cost \$0\.00005/);
    await expect(trial).toContainText('Answer my sample');
    expect(await findViolations(page)).toEqual([]);
  });

  await test.step('a running task shows the answer as it comes', async () => {
    await api('POST', `/api/workflows/${workflow.id}/publish`, { revision: workflow.revision });
    vllm.answerOnce({ chunks: ['One word ', 'after another'], hang: 'stream' });
    await page.goto(`/tasks/${await beginTask(api, workflow.id)}`);
    await expect(page.getByRole('region', { name: 'Answer as it comes' })).toContainText('One word after another');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Canceled', { exact: true })).toBeVisible();
  });

  await test.step('another generation goes on to the end, and both are compared', async () => {
    vllm.answerOnce({ text: 'The old answer' });
    await page.goto(`/tasks/${await beginTask(api, workflow.id)}`);
    const path = page.getByRole('region', { name: 'Path' });
    await expect(page.getByRole('main')).toContainText('"answer": "The old answer"');
    await openStepRun(page, 'Ask');
    await expect(path).toContainText('Answer a question');
    vllm.answerOnce({ text: 'The new answer' });
    await path.getByRole('button', { name: 'Regenerate' }).click();
    await expect(path.getByText('by an admin')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('"answer": "The new answer"');
    await path.getByRole('button', { name: 'Compare 2 generations' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Compare: Ask' });
    await expect(dialog.locator('del')).toHaveText('old');
    await expect(dialog.locator('ins')).toHaveText('new');
    expect(await findViolations(page)).toEqual([]);
  });

  await test.step('a schedule is made on the page, says when it runs next, and is switched off', async () => {
    await page.goto(`/workflows/${workflow.id}/tasks?view=schedules`);
    await page.getByRole('button', { name: 'Add schedule' }).click();
    const form = page.getByRole('dialog', { name: 'Add schedule' });
    await form.getByLabel(/^Name/).fill('Every morning');
    await form.getByRole('radio', { name: 'Cron' }).click();
    await form.getByLabel(/^Cron pattern/).fill('61 9 * * 1');
    await form.getByLabel(/^ticket/).fill('a question of each day');
    await form.getByRole('button', { name: 'Add schedule' }).click();
    await expect(form.getByLabel(/^Cron pattern/)).toHaveAttribute('aria-invalid', 'true');
    await form.getByLabel(/^Cron pattern/).fill('30 9 1 1 *');
    await form.getByLabel(/^Time zone/).fill('Europe/Berlin');
    await page.getByRole('option', { name: 'Europe/Berlin' }).click();
    await expect(form.getByRole('status', { name: 'Next runs' })).toContainText('09:30');
    await form.getByRole('button', { name: 'Add schedule' }).click();
    await expect(form).toBeHidden();
    const card = page.getByRole('article', { name: 'Every morning' });
    await expect(card).toContainText('Europe/Berlin · 1 row');
    await expect(card).toContainText(/Next run .*09:30/);
    await card.getByRole('switch', { name: 'Every morning is on' }).click();
    await expect(card).toContainText('none: it is off');
  });
});
