import type { ProbeCheckName, ProbeVerdict, UpstreamCause } from '@pipelines/contracts';
import type { AskedModel } from './ask-model.ts';

/** A check that has been made, with the calls that it was made by. */
export interface Judged {
  readonly name: ProbeCheckName;
  readonly verdict: ProbeVerdict;
  readonly detail: string;
  readonly cause: UpstreamCause | null;
  readonly asked: readonly AskedModel[];
}

/** Causes by which a provider says that it has no such thing. */
const refusals: ReadonlySet<UpstreamCause> = new Set<UpstreamCause>([
  'feature_unsupported',
  'bad_request',
  'model_not_found',
  'not_chat_model',
  'no_access',
]);

export function judged(name: ProbeCheckName, verdict: ProbeVerdict, detail: string, asked: readonly AskedModel[]): Judged {
  return { name, verdict, detail, cause: asked.find(({ error }) => error !== null)?.error?.reason ?? null, asked };
}

/** What a call that brought no answer says of a check; null for one that did. */
export function judgeError(name: ProbeCheckName, asked: AskedModel): Judged | null {
  if (asked.error === null) return null;
  return refusals.has(asked.error.reason)
    ? judged(name, 'refused', `The provider refused it${asked.error.status === null ? '' : ` with status ${asked.error.status}`}.`, [asked])
    : judged(name, 'unclear', `The call came to nothing: ${asked.error.reason.replaceAll('_', ' ')}.`, [asked]);
}

/** An answer that was cut off has shown nothing. */
export function wasCut({ finishReason }: AskedModel): boolean {
  return finishReason === 'length';
}

export const notApplicable = (name: ProbeCheckName): Judged =>
  judged(name, 'not_applicable', 'The wire of this provider has no such thing.', []);
