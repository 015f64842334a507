import type { ChatMessage } from '@pipelines/contracts';
import { editJsonBody } from '../edit-json-body.ts';
import { parseJsonBody } from '../json-body.ts';
import { scanObjectItems } from '../scan-json-fields.ts';

const system = { set: { role: 'system' }, remove: [] };

/** A list of messages with the role `developer` as `system`, and every other byte as the caller sent it. */
export function renameDeveloperRole(messages: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let copiedTo = 0;
  for (const { start, end } of scanObjectItems(messages)) {
    const message = parseJsonBody<Partial<ChatMessage>>(messages.subarray(start, end));
    if (message.value.role !== 'developer') continue;
    pieces.push(messages.subarray(copiedTo, start), editJsonBody(message, system));
    copiedTo = end;
  }
  return Buffer.concat([...pieces, messages.subarray(copiedTo)]);
}
