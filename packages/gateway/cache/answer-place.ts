import { createHash } from 'node:crypto';
import type { ChatRequest } from '@pipelines/contracts';
import { editJsonBody } from '@pipelines/providers';
import { chatDialect } from '../dialects/chat/chat-dialect.ts';
import { cutCompletion } from '../forms/cut-completion.ts';
import { joinChunks } from '../forms/join-chunks.ts';
import type { CacheableCall } from './cacheable-call.ts';

/** Where the answer of a call is among the kept ones. */
export interface AnswerPlace {
  /** Of the answer to exactly this request, in the form that it asks for. */
  readonly key: string;
  /** Where the answer may be that the same request was given in another form. Null: it has no other. */
  readonly other: OtherForm | null;
}

export interface OtherForm {
  readonly key: string;
  /** That answer in the form that is asked for; null where that cannot be said exactly. */
  rewrite(bytes: Buffer): Buffer | null;
}

/** @param prefix what the keys of all answers of this version of the model begin with */
export function findPlace(prefix: string, { body, asRead, request }: CacheableCall): AnswerPlace {
  const words = JSON.stringify(request.native === null ? null : [request.native.dialect, request.native.headers]);
  const place = (bytes: Uint8Array) => `${prefix}${createHash('sha256').update(bytes).update('\0').update(words).digest('base64url')}`;
  // Other dialects have forms of their own: theirs are given as they came.
  if (asRead.dialect !== chatDialect) return { key: place(body), other: null };
  const { value } = asRead.chat;
  const form = formOf(value);
  const base = place(editJsonBody(asRead.chat, { set: {}, remove: ['stream', 'stream_options'] }));
  return { key: `${base}/${form}`, other: otherForm(base, form) };
}

function formOf({ stream, stream_options: options }: ChatRequest): string {
  const { include_usage: usage = false, ...rest } = options ?? {};
  const isKnown = typeof usage === 'boolean' && Object.keys(rest).length === 0;
  if (stream === true && isKnown) return usage ? 'stream-with-usage' : 'stream';
  if (stream !== true && options == null) return 'whole';
  return JSON.stringify([stream, options]);
}

function otherForm(base: string, form: string): OtherForm | null {
  switch (form) {
    case 'whole':
      // A whole answer always has its usage.
      return { key: `${base}/stream-with-usage`, rewrite: joinChunks };
    case 'stream':
      return { key: `${base}/whole`, rewrite: (bytes) => cutCompletion(bytes, false) };
    case 'stream-with-usage':
      return { key: `${base}/whole`, rewrite: (bytes) => cutCompletion(bytes, true) };
    default:
      return null;
  }
}
