import type { ChatMessage, ReasoningDetail } from '@pipelines/contracts';
import { joinThought } from './dialects/join-thought.ts';
import { objectsOf } from './dialects/request-fields.ts';

/** What of a streamed answer its model wants back in the next turn: thoughts with their signatures, and what stands beside. */
export class KeptThoughts {
  readonly #details: ReasoningDetail[] = [];
  #extraContent: unknown;

  take({ reasoning_details: details, extra_content }: Readonly<Record<string, unknown>>): void {
    for (const detail of objectsOf(details)) joinThought(this.#details, detail as unknown as ReasoningDetail);
    this.#extraContent = extra_content ?? this.#extraContent;
  }

  /** The fields of the message; none where nothing came. */
  get fields(): Pick<ChatMessage, 'reasoning_details'> & { readonly extra_content?: unknown } {
    return {
      ...(this.#details.length > 0 && { reasoning_details: this.#details }),
      ...(this.#extraContent !== undefined && { extra_content: this.#extraContent }),
    };
  }
}
