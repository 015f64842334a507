export type {
  AdapterTarget,
  BudgetRange,
  ChatCall,
  ListedPrices,
  ListedThinking,
  ModelListCall,
  NativeAnswer,
  NativeCall,
  NativeDialect,
  NativeWire,
  PreparedRequest,
  ProviderAdapter,
  ProviderListing,
  RawResponse,
  ReadAnswer,
  StreamEvent,
  StreamObserver,
  StreamOutcome,
  TokenCount,
} from './adapter.ts';
export { adapters } from './adapters.ts';
export { readAnswerLimit } from './answer-limit.ts';
export { type AuthorizedRequest, authorizeHeaders, authorizeRequest } from './authorize-request.ts';
export type { CauseContext, CauseDescription, DescribableError } from './cause-description.ts';
export { type CredentialFacts, checkCredential } from './check-credential.ts';
export type { AuthScheme, OpenCredential } from './credential.ts';
export { checkCredentialFields, credentialFields } from './credential-fields.ts';
export { describeCause } from './describe-cause.ts';
export { type DestinationChoice, destinationOf, followsHostRule, type ResolvedDestination } from './destination.ts';
export { type BodyEdit, editJsonBody } from './edit-json-body.ts';
export { countImages, findImage, isImagePart } from './find-images.ts';
export { type JsonBody, parseJsonBody } from './json-body.ts';
export { maskCredential, maskPreview } from './mask-preview.ts';
export type { ConnectionTestPreset, Preset } from './presets/preset.ts';
export { listProviders, presetOf } from './presets.ts';
export type { Quirks } from './quirks.ts';
export { readUsage } from './read-usage.ts';
export { UpstreamError, type UpstreamErrorOptions } from './upstream-error.ts';
