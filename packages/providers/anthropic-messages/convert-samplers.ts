import type { ChatRequest } from '@pipelines/contracts';
import type { Changes } from '../changes.ts';
import type { ClaudeFamily } from '../claude-families.ts';
import type { MessagesRequest } from './messages-types.ts';

type Samplers = Pick<MessagesRequest, 'temperature' | 'top_p' | 'top_k'>;

/** `temperature`, `top_p` and `top_k` as far as the model takes them; what it does not take is dropped, and said so. */
export function convertSamplers(request: ChatRequest, family: ClaudeFamily, thinks: boolean, changes: Changes): Samplers {
  const asked = (['temperature', 'top_p', 'top_k'] as const).filter((field) => typeof request[field] === 'number');
  const taken = asked.filter((field) => {
    const refusal = refuse(field);
    if (refusal !== null) changes.note(field, refusal);
    return refusal === null;
  });
  return Object.fromEntries(taken.map((field) => [field, fit(field, request[field] as number)]));

  function refuse(field: (typeof asked)[number]): string | null {
    if (family.samplers === 'none') return 'dropped, this model takes none';
    if (thinks) return 'dropped, this model takes none while it thinks';
    const second = field === 'top_p' && asked.includes('temperature') && family.samplers === 'one';
    return second ? 'dropped, this model takes temperature or top_p' : null;
  }

  function fit(field: string, value: number): number {
    if (field !== 'temperature' || value <= 1) return value;
    changes.note('temperature', 'lowered to 1, the highest of Anthropic');
    return 1;
  }
}
