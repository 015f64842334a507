import type { UpstreamCause } from '@pipelines/contracts';
import type { CauseContext, DescribableError, Sentences } from './cause-description.ts';

type Write = (context: CauseContext, error: DescribableError) => Sentences;

/** What each cause says when nothing more exact is known. Every cause has its words. */
export const causeSentences: Readonly<Record<UpstreamCause, Write>> = {
  bad_key: ({ providerName }) => ({
    message: `${providerName} rejected the key.`,
    fix: 'Copy the key again from the provider; check that it has not been deleted and belongs to this account.',
  }),
  expired_key: ({ providerName }) => ({ message: `${providerName} says that the key has expired.`, fix: 'Create a new key and enter it.' }),
  wrong_region: ({ region }, { facts }) => ({
    message: facts?.keyRegion
      ? `The key belongs to ${facts.keyRegion}, and the chosen region is ${region ?? 'none'}.`
      : `The key or the model does not belong to the region ${region ?? 'that is set'}.`,
    fix: facts?.keyRegion
      ? `Choose the region ${facts.keyRegion}, or enter a key of ${region ?? 'the chosen region'}.`
      : 'Choose the region where the model and the key are.',
  }),
  needs_inference_profile: ({ providerModelId }) => ({
    message: `${providerModelId} is called through an inference profile in this region, not by its plain ID.`,
    fix: 'Put the prefix of the geography before the ID: us., eu., apac. or global.',
  }),
  model_not_found: ({ providerName, providerModelId, nearestModels = [] }) => ({
    message: `${providerName} has no model ${providerModelId} that this key can see.`,
    fix:
      nearestModels.length > 0
        ? `Nearest: ${nearestModels.slice(0, 3).join(', ')}.`
        : 'Check the ID letter by letter, and that the model is deployed.',
  }),
  no_access: ({ providerModelId }) => ({
    message: `The key works, but it may not use ${providerModelId}.`,
    fix: 'Grant access to this model in the provider’s console, or use another key.',
  }),
  endpoint_paused: () => ({ message: 'The endpoint is paused.', fix: 'Resume it in the provider’s console, then try again.' }),
  endpoint_starting: () => ({ message: 'The endpoint is starting.', fix: 'Try again in a few minutes.' }),
  quota_exhausted: ({ providerName }) => ({
    message: `The account at ${providerName} has no quota or credit left.`,
    fix: 'Check the balance and the limits in the provider’s console.',
  }),
  rate_limited: ({ providerName }, { retryAfterSeconds }) => ({
    message: `${providerName} limits the pace of this account.`,
    fix: retryAfterSeconds ? `Try again in ${retryAfterSeconds} seconds.` : 'Try again in a moment.',
  }),
  not_chat_model: ({ providerModelId }) => ({
    message: `${providerModelId} exists, but it is not a chat model.`,
    fix: 'Choose a model for chat (an instruct or chat variant).',
  }),
  feature_unsupported: ({ providerModelId }) => ({
    message: `${providerModelId} does not support something that the request asks for.`,
    fix: 'Remove it from the request, or switch the capability off for this model.',
  }),
  context_too_long: ({ providerModelId }) => ({
    message: `The request is longer than ${providerModelId} can take.`,
    fix: 'Send less text or lower max_tokens, or use a model with a larger context.',
  }),
  content_blocked: ({ providerName }) => ({
    message: `${providerName} blocked the content.`,
    fix: 'Change the content, or review the moderation settings of the account.',
  }),
  bad_request: ({ providerName }) => ({
    message: `${providerName} does not accept the request.`,
    fix: 'Check the parameters of the request against the model’s documentation.',
  }),
  not_openai_shape: ({ baseUrl }) => ({
    message: `${baseUrl ?? 'The provider'} did not answer like a chat API.`,
    fix: 'Check the URL: it is the one before /chat/completions, and often ends with /v1.',
  }),
  egress_blocked: () => ({
    message: 'This server does not connect to that address.',
    fix: 'The operator can allow it with EGRESS_ALLOW.',
  }),
  dns_failed: ({ baseUrl, region, providerName }) => ({
    message: region ? `${providerName} has no host in the region ${region}.` : `The host of ${baseUrl ?? 'the provider'} cannot be found.`,
    fix: region ? 'Choose a region where it is offered.' : 'Check the spelling of the URL, and that the endpoint still exists.',
  }),
  connection_refused: ({ baseUrl }) => ({
    message: `Nothing listens at ${baseUrl ?? 'the provider’s address'}.`,
    fix: 'Start the server there, or correct the host and the port.',
  }),
  tls_failed: ({ baseUrl }) => ({
    message: `No secure connection to ${baseUrl ?? 'the provider'} can be made.`,
    fix: 'Check that its certificate is valid for this host, and that https:// is right for this port.',
  }),
  timed_out: ({ providerName }) => ({
    message: `${providerName} did not answer in time.`,
    fix: 'Try again. A model that is loaded on demand may need a few minutes at first.',
  }),
  redirected: ({ baseUrl }) => ({
    message: `${baseUrl ?? 'The provider'} redirects elsewhere, and a key is not sent after it.`,
    fix: 'Enter the final URL: often https:// instead of http://, or another path.',
  }),
  connection_lost: ({ providerName }) => ({ message: `The connection to ${providerName} broke off.`, fix: 'Try again.' }),
  response_too_large: ({ providerName }) => ({
    message: `${providerName} sent more than an answer may hold.`,
    fix: 'Check that the URL is that of a chat API, and lower max_tokens.',
  }),
  upstream_unavailable: ({ providerName }, { retryAfterSeconds }) => ({
    message: `${providerName} cannot answer right now.`,
    fix: retryAfterSeconds ? `Try again in ${retryAfterSeconds} seconds.` : 'Try again in a moment, or see the provider’s status page.',
  }),
  canceled: () => ({ message: 'The call was canceled.', fix: 'Nothing: whoever asked has gone.' }),
};
