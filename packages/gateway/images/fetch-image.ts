import { PipelinesError } from '@pipelines/contracts';
import { type Egress, EgressError } from '@pipelines/egress';

export interface ImageDoors {
  /** The way out for addresses that callers name: public hosts only. */
  readonly imageEgress: Pick<Egress, 'request'>;
}

export interface ImagePlace {
  /** Where the request names it. */
  readonly field: string;
  readonly organizationId: string;
  /** Ends the fetch. */
  readonly signal: AbortSignal;
}

export interface FetchedImage {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What providers take of one image. */
const maxImageBytes = 5 * 1024 * 1024;
const timeouts = { connectMs: 5_000, firstByteMs: 10_000, idleMs: 5_000, totalMs: 20_000 };

/** The kinds that providers take, told by their first bytes: a server's word for them is not believed. */
const kinds: readonly { readonly mediaType: string; begins(text: string): boolean }[] = [
  { mediaType: 'image/png', begins: (text) => text.startsWith('\x89PNG\r\n') },
  { mediaType: 'image/jpeg', begins: (text) => text.startsWith('\xff\xd8\xff') },
  { mediaType: 'image/gif', begins: (text) => /^GIF8[79]a/.test(text) },
  { mediaType: 'image/webp', begins: (text) => text.startsWith('RIFF') && text.startsWith('WEBP', 8) },
];

/**
 * The image at an address that a caller has named. Nothing of what the other side says is told.
 * @throws PipelinesError `invalid_request`
 */
export async function fetchImage(
  { imageEgress }: ImageDoors,
  url: string,
  { field, organizationId, signal }: ImagePlace,
): Promise<FetchedImage> {
  const bytes = await read();
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const kind = kinds.find((each) => each.begins(start));
  if (kind === undefined) throw refuse('is no PNG, JPEG, GIF or WebP');
  return { mediaType: kind.mediaType, bytes };

  async function read(): Promise<Uint8Array> {
    if (!URL.canParse(url)) throw refuse('has no address that can be read');
    try {
      const headers = { accept: 'image/png, image/jpeg, image/gif, image/webp' };
      const call = { url, method: 'GET', headers, timeouts, maxResponseBytes: maxImageBytes, purpose: 'image' } as const;
      const response = await imageEgress.request({ ...call, organizationId, signal });
      const body = await response.bytes();
      if (response.status !== 200) throw refuse('is not there');
      return body;
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      if (error.cause === 'egress_blocked') throw refuse('is at an address that this server fetches nothing from');
      throw refuse(error.cause === 'response_too_large' ? 'is larger than 5 MB' : 'could not be fetched');
    }
  }

  function refuse(why: string): PipelinesError {
    return new PipelinesError('invalid_request', {
      detail: `The image "${field}" ${why}.`,
      fix: 'Send it inline, as a data: URI in base64.',
      param: field,
    });
  }
}
