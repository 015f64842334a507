import { PipelinesError } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { Caller } from '../attempts/caller.ts';
import type { AskedChat } from '../attempts/chat-call.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import type { ImageDoors } from './fetch-image.ts';
import { inlineImages } from './inline-images.ts';

export interface PicturedCall {
  readonly asked: Pick<AskedChat, 'principal'>;
  readonly request: SpokenRequest;
  readonly caller: Caller;
}

/**
 * The request of a call with the bytes of its images in it, for as long as somebody waits for the answer.
 * @throws PipelinesError `client_closed_request`, and as `inlineImages`
 */
export async function fetchImages(
  doors: ImageDoors,
  { asked, request, caller }: PicturedCall,
  model: ResolvedModel,
): Promise<SpokenRequest> {
  const abort = new AbortController();
  caller.whenGone(() => abort.abort());
  if (caller.gone) abort.abort();
  try {
    return await inlineImages(doors, request, model, { organizationId: asked.principal.organizationId, signal: abort.signal });
  } catch (error) {
    throw caller.gone ? new PipelinesError('client_closed_request') : error;
  } finally {
    caller.whenGone(null);
  }
}
