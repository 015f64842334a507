import { randomUUID } from 'node:crypto';
import type { ChatUsage } from '@pipelines/contracts';
import { type Fields, fieldsOf } from '../request-fields.ts';

/** What of a request an answer tells again, with what is usual where it says nothing. */
const usual = {
  instructions: null,
  max_output_tokens: null,
  parallel_tool_calls: true,
  temperature: 1,
  top_p: 1,
  tool_choice: 'auto',
  tools: [],
  metadata: {},
  user: null,
};

export interface ResponseState {
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly model: string;
  readonly output: readonly object[];
  readonly usage?: ChatUsage | null | undefined;
  readonly error?: { readonly code: string; readonly message: string };
  readonly incompleteReason?: string;
}

/** Writes one response in each state that it goes through. */
export function createResponseObject(request: Fields): (state: ResponseState) => object {
  const id = newId('resp');
  const createdAt = Math.floor(Date.now() / 1000);
  const echoed = Object.fromEntries(Object.entries(usual).map(([field, value]) => [field, request[field] ?? value]));
  const { effort = null, summary = null } = fieldsOf(request.reasoning);
  return ({ status, model, output, usage, error, incompleteReason }) => ({
    id,
    object: 'response',
    created_at: createdAt,
    status,
    background: false,
    error: error ?? null,
    incomplete_details: incompleteReason === undefined ? null : { reason: incompleteReason },
    ...echoed,
    model,
    output,
    previous_response_id: null,
    reasoning: { effort, summary },
    store: false,
    text: { format: { type: 'text' }, ...fieldsOf(request.text) },
    truncation: 'disabled',
    usage: usage == null ? null : toResponseUsage(usage),
  });
}

export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

function toResponseUsage(usage: ChatUsage): object {
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: { cached_tokens: usage.prompt_tokens_details?.cached_tokens ?? 0 },
    output_tokens: usage.completion_tokens,
    output_tokens_details: { reasoning_tokens: usage.completion_tokens_details?.reasoning_tokens ?? 0 },
    total_tokens: usage.total_tokens,
    ...(usage.cost != null && { cost: usage.cost }),
  };
}

const incompleteReasons: Readonly<Record<string, string>> = { length: 'max_output_tokens', content_filter: 'content_filter' };

/** Why a response is not whole; undefined where it is. */
export function toIncompleteReason(finishReason: string | null): string | undefined {
  return incompleteReasons[finishReason ?? ''];
}
