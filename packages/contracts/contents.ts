import { z } from 'zod';
import { id, timestamp } from './fields.ts';

/** Days after which kept contents are deleted. */
export const contentRetentionDaysSchema = z.number().int().min(1).max(90);

/** One body as it was kept: text, cut off where it was longer than what is kept. */
export const keptBodySchema = z.object({
  text: z.string(),
  /** Of the whole body, in bytes. */
  bytes: z.number().int(),
  truncated: z.boolean(),
});
export type KeptBody = z.infer<typeof keptBodySchema>;

/** What was said in one call. Headers and credentials are never part of it. */
export const attemptContentSchema = z.object({
  attempt_id: id,
  kept_at: timestamp,
  deleted_at: timestamp,
  /** What the caller sent. */
  request: keptBodySchema,
  /** What went to the provider; null where it is the same, byte for byte. */
  upstream_request: keptBodySchema.nullable(),
  /** What the caller got, a stream as its events; null where there was no answer. */
  answer: keptBodySchema.nullable(),
});
export type AttemptContent = z.infer<typeof attemptContentSchema>;

/** Takes down what is said in one call. Copies what it keeps; never waits, never throws. */
export interface ContentDraft {
  /**
   * One call to a provider.
   *
   * @param upstreamRequest the body as it goes out
   * @param hide takes the secrets of its credential out of a text
   */
  addAttempt(attemptId: string, upstreamRequest: Uint8Array | null, hide: (text: string) => string | Promise<string>): void;
  /** The next piece of the answer, as the caller gets it. */
  addAnswer(bytes: Uint8Array): void;
  /** The call is over. */
  end(): void;
}

/** Where contents are kept, for the organizations that want it. */
export interface ContentKeeper {
  /** Null where the organization keeps none. `request` is the caller's body. */
  begin(organizationId: string, request: Uint8Array): ContentDraft | null;
}
