import type { Target } from './target.ts';

/** Publishes start → ask → end on the model of the product. Returns the workflow's ID. */
export async function createBenchWorkflow(product: Target): Promise<string> {
  const { id, revision } = await callProduct<{ id: string; revision: number }>(product, 'POST', '/api/workflows', {
    name: 'Bench',
    graph: oneStep(product.model),
  });
  await callProduct(product, 'POST', `/api/workflows/${id}/publish`, { revision });
  return id;
}

/** Sends so many rows, each answered after `latencyMs`, and waits until the last has ended. */
export async function runBatch(
  product: Target,
  workflowId: string,
  tasks: number,
  latencyMs: number,
): Promise<{ readonly seconds: number; readonly failed: number }> {
  const rows = Array.from({ length: tasks }, (_, index) => ({ input: { text: `${'word '.repeat(40)}${index} wait=${latencyMs}` } }));
  const { batch } = await callProduct<{ batch: BatchAnswer }>(product, 'POST', `/api/workflows/${workflowId}/tasks`, { tasks: rows });
  for (let look = 0; look < 10_000; look += 1) {
    // Rarely: each look sums up the whole batch.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { state, counts, created_at, finished_at } = await callProduct<BatchAnswer>(product, 'GET', `/api/batches/${batch.id}`);
    if (state === 'finished')
      return { seconds: (Date.parse(finished_at ?? '') - Date.parse(created_at)) / 1_000, failed: counts.failed ?? 0 };
  }
  throw new Error('The batch never came to its end.');
}

interface BatchAnswer {
  readonly id: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly created_at: string;
  readonly finished_at: string | null;
}

async function callProduct<Answer>(product: Target, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(new URL(path, product.url), {
    method,
    headers: { ...product.headers, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

function oneStep(model: string): object {
  const at = { position: { x: 0, y: 0 } };
  const fields = [{ name: 'text', type: 'text', required: true, description: '' }];
  const ask = {
    model,
    fallback_model: null,
    system_prompt: '',
    user_prompt: '{{input.text}}',
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
  return {
    steps: [
      { kind: 'start', name: 'start', title: 'Start', ...at, config: { fields } },
      { kind: 'llm', name: 'ask', title: 'Ask', ...at, config: ask },
      { kind: 'end', name: 'end', title: 'End', ...at, config: { mapping: [{ name: 'answer', value: '{{steps.ask.output}}' }] } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'end' },
    ],
  };
}
