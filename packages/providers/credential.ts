import type { Secret } from '@pipelines/contracts';

/** How a request is authorised: data, chosen by preset and auth kind. */
export type AuthScheme = 'none' | 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'sigv4-bedrock';

/** An opened credential: every value is a `Secret`. */
export interface OpenCredential {
  readonly apiKey?: Secret;
  readonly accessKeyId?: Secret;
  readonly secretAccessKey?: Secret;
  readonly sessionToken?: Secret;
  /** Extra headers of an OpenAI-compatible endpoint. */
  readonly headers?: Readonly<Record<string, Secret>>;
}
