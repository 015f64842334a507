import { PipelinesError } from '@pipelines/contracts';
import type { DataKeys } from './data-keys.ts';
import { open, seal, UnreadableSealError } from './envelope.ts';

/** The one row that a sealed content belongs to. In any other it does not open. */
export interface ContentPlace {
  readonly kind: 'attempt' | 'replay_input' | 'replay_answer';
  readonly organizationId: string;
  /** Of the row; more than one part where its key has more. */
  readonly id: readonly string[];
}

/** What was said, as a row holds it. */
export interface SealedContent {
  readonly sealed: Uint8Array;
  readonly dataKeyVersion: number;
}

const contextOf = ({ kind, organizationId, id }: ContentPlace): readonly string[] => ['pipelines/content/v1', kind, organizationId, ...id];

/** Seals what was said in the place where it is kept. Done before SQL, which sees the ciphertext only. */
export async function sealContent(dataKeys: DataKeys, place: ContentPlace, plaintext: Uint8Array): Promise<SealedContent> {
  const key = await dataKeys.current(place.organizationId);
  return { sealed: seal(key, plaintext, contextOf(place)), dataKeyVersion: key.version };
}

/** @throws PipelinesError `content_unreadable` for whatever is wrong with it */
export async function openContent(dataKeys: DataKeys, place: ContentPlace, { sealed, dataKeyVersion }: SealedContent): Promise<Buffer> {
  try {
    const key = dataKeys.cached(place.organizationId, dataKeyVersion) ?? (await dataKeys.load(place.organizationId, dataKeyVersion));
    return open(key, sealed, contextOf(place));
  } catch (error) {
    if (error instanceof PipelinesError || error instanceof UnreadableSealError) {
      throw new PipelinesError('content_unreadable');
    }
    throw error;
  }
}
