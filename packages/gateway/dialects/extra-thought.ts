import type { ReasoningDetail } from '@pipelines/contracts';

/** What a provider wants back with a tool call, as something to be kept among the thoughts of its turn. */
export function toExtraThought(id: string, extraContent: unknown): ReasoningDetail {
  return { type: 'extra_content', id, extra_content: extraContent };
}
