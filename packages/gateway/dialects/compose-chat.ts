import type { ChatRequest } from '@pipelines/contracts';
import { type JsonBody, parseJsonBody } from '@pipelines/providers';

/** A chat that we have written ourselves. Its bytes are made when somebody wants them: most translations read the value only. */
export function composeChat(value: ChatRequest): JsonBody<ChatRequest> {
  let parsed: JsonBody<ChatRequest> | null = null;
  const parse = () => {
    parsed ??= parseJsonBody<ChatRequest>(Buffer.from(JSON.stringify(value)));
    return parsed;
  };
  return {
    value,
    composed: true,
    get bytes() {
      return parse().bytes;
    },
    get fields() {
      return parse().fields;
    },
  };
}
