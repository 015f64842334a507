import type { Principal, ReplayBody, ReplayEstimate } from '@pipelines/contracts';
import Big from 'big.js';
import { type CollectedInput, collectInputs } from './collect-inputs.ts';
import type { ReplaysContext } from './replays-context.ts';

/** English has about four bytes a token. */
const bytesPerToken = 4;
/** Of an answer whose length nobody knows. */
const usualAnswerTokens = 400;

/** What a replay would cost: by what the logged calls have taken, or by the length of pasted requests. */
export async function estimateReplay(
  context: ReplaysContext,
  principal: Principal,
  slug: string,
  body: ReplayBody,
): Promise<ReplayEstimate> {
  const inputs = await collectInputs(context, principal, slug, body);
  const sizes = inputs.map(sizeOf);
  const models = body.inputs.kind === 'pasted' ? [slug, body.to] : [body.to];
  const costs = models.flatMap((model) => sizes.map((size) => context.gateway.priceCall(principal.organizationId, model, size)));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0) * models.length;
  return {
    inputs: inputs.length,
    calls: inputs.length * models.length,
    prompt_tokens: sum(sizes.map(({ promptTokens }) => promptTokens)),
    completion_tokens: sum(sizes.map(({ completionTokens }) => completionTokens)),
    cost: costs.includes(null) ? null : costs.reduce<Big>((total, cost) => total.plus(cost ?? '0'), new Big(0)).toFixed(),
  };
}

function sizeOf({ request, logged }: CollectedInput): { readonly promptTokens: number; readonly completionTokens: number } {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? usualAnswerTokens;
  return {
    promptTokens: logged?.call.promptTokens ?? Math.ceil(Buffer.byteLength(JSON.stringify(request)) / bytesPerToken),
    completionTokens: logged?.call.completionTokens ?? Math.min(typeof limit === 'number' ? limit : usualAnswerTokens, usualAnswerTokens),
  };
}
