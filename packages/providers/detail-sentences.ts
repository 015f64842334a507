import type { CauseContext, Sentences } from './cause-description.ts';
import { networkSentences } from './network-sentences.ts';

type Write = (context: CauseContext, facts: Readonly<Record<string, string>>) => Partial<Sentences>;

const lacks = (what: string, then: string): Write => {
  return ({ providerModelId }) => ({ message: `${providerModelId} does not support ${what} at this provider.`, fix: then });
};

/** Where an adapter knows more than the cause: by `cause.detail`. */
export const detailSentences: Readonly<Record<string, Write>> = {
  ...networkSentences,
  'bad_key.access_key_id': () => ({
    message: 'AWS does not know the Access Key ID.',
    fix: 'Copy the Access Key ID again. One that begins with ASIA also needs its session token.',
  }),
  'bad_key.secret_access_key': () => ({
    message: 'The Secret Access Key does not belong to the Access Key ID.',
    fix: 'Copy the Secret Access Key again; AWS shows it once, so create a new pair if it is lost.',
  }),
  'bad_key.clock': () => ({
    message: 'AWS says that the clock of this server is wrong.',
    fix: 'The operator must set the server’s clock.',
  }),
  'bad_key.api_key': () => ({
    message: 'AWS rejected the Bedrock API key.',
    fix: 'Copy the key again, whole, with its prefix ABSK or bedrock-api-key-.',
  }),
  'bad_key.leaked': ({ providerName }) => ({
    message: `${providerName} has shut the key, because it was found in public.`,
    fix: 'Create a new key and enter it, and find out where the old one was seen.',
  }),
  'bad_key.kind_of_key': ({ providerName }) => ({
    message: `${providerName} does not take this kind of key for its API.`,
    fix: 'Create an API key in the provider’s console: a sign-in token of an app or an admin key does not call models.',
  }),
  'expired_key.short_term_key': (_, { expiresAt }) => ({
    message: expiresAt ? `The short-term Bedrock API key expired at ${expiresAt}.` : 'The short-term Bedrock API key has expired.',
    fix: 'Create a new one; short-term keys last 12 hours at most. A long-term key or an IAM key pair lasts longer.',
  }),
  'expired_key.session_token': () => ({ message: 'The AWS session has expired.', fix: 'Enter a new key pair with its session token.' }),
  'no_access.iam_action': ({ providerModelId }, { action }) => ({
    message: action
      ? `The AWS identity lacks the permission ${action} for ${providerModelId}.`
      : `The AWS identity may not use ${providerModelId}.`,
    fix: `Add ${action ?? 'bedrock:InvokeModel'} for this model to its IAM policy.`,
  }),
  'no_access.organization_policy': () => ({
    message: 'A service control policy of the AWS organization denies this call.',
    fix: 'Ask the administrator of the AWS organization, or choose another region.',
  }),
  'no_access.marketplace': () => ({
    message: 'The AWS account has no marketplace subscription to this model yet.',
    fix: 'Call the model once in the Bedrock console with an identity that may subscribe (aws-marketplace:Subscribe).',
  }),
  'no_access.use_case_form': () => ({
    message: 'The AWS account has not sent the use case details for this model.',
    fix: 'Fill in the form in the Bedrock console, then wait some minutes.',
  }),
  'no_access.country': ({ providerName }) => ({
    message: `${providerName} does not serve the country of this server.`,
    fix: 'Use another provider for this model.',
  }),
  'no_access.key_restrictions': ({ providerName }) => ({
    message: `The restrictions of the key at ${providerName} rule out calls from this server.`,
    fix: 'Let the key be used for this API and from this server’s address, or create one without restrictions.',
  }),
  'no_access.api_disabled': ({ providerName }) => ({
    message: `The API is not switched on in the project of the key at ${providerName}.`,
    fix: 'Switch the Generative Language API on in the project’s console, then wait some minutes.',
  }),
  'no_access.privacy_settings': ({ providerName }) => ({
    message: `The privacy settings of the account at ${providerName} rule out every server of this model.`,
    fix: 'Change the data policy or the guardrails there, or choose another model.',
  }),
  'endpoint_paused.dedicated_endpoint': ({ providerModelId }) => ({
    message: `${providerModelId} runs on a dedicated endpoint only, and none is running.`,
    fix: 'Start a dedicated endpoint for it in the provider’s console, or choose a serverless model.',
  }),
  'quota_exhausted.account_suspended': ({ providerName }) => ({
    message: `${providerName} has suspended the account.`,
    fix: 'Check billing in the provider’s console.',
  }),
  'quota_exhausted.no_credit': ({ providerName }) => ({
    message: `The account at ${providerName} has no credit left.`,
    fix: 'Buy credit, or set up billing, in the provider’s console.',
  }),
  'quota_exhausted.spend_limit': ({ providerName }) => ({
    message: `The account at ${providerName} has reached its own spend limit.`,
    fix: 'Raise the limit in the provider’s console, or wait for the next month.',
  }),
  'quota_exhausted.no_free_tier': ({ providerName, providerModelId }) => ({
    message: `${providerName} does not serve ${providerModelId} without payment.`,
    fix: 'Set up billing for the project of the key, or choose another model.',
  }),
  'quota_exhausted.daily_requests': ({ providerName }) => ({
    message: `The account at ${providerName} has used up its quota of the day.`,
    fix: 'Wait until tomorrow, or raise the quota in the provider’s console.',
  }),
  'quota_exhausted.daily_tokens': () => ({
    message: 'The account has used up its tokens of the day.',
    fix: 'Ask AWS for a higher quota, or wait until tomorrow.',
  }),
  'model_not_found.pull': ({ providerModelId, nearestModels = [] }) => ({
    message: `Ollama has not pulled ${providerModelId}.`,
    fix:
      nearestModels.length > 0
        ? `Nearest: ${nearestModels.slice(0, 3).join(', ')}. Or run “ollama pull ${providerModelId}” there.`
        : `Run “ollama pull ${providerModelId}” there.`,
  }),
  'model_not_found.retired': ({ providerName, providerModelId, nearestModels = [] }) => ({
    message: `${providerName} does not serve ${providerModelId} any more.`,
    fix: nearestModels.length > 0 ? `Nearest: ${nearestModels.slice(0, 3).join(', ')}.` : 'Choose a newer model.',
  }),
  'upstream_unavailable.malformed_answer': ({ providerModelId }) => ({
    message: `${providerModelId} garbled its own answer.`,
    fix: 'Try again; where it stays so, make the tools or the schema simpler.',
  }),
  'upstream_unavailable.adapter': ({ providerModelId }) => ({
    message: `The fine-tuned weights of ${providerModelId} could not be loaded.`,
    fix: 'Redeploy them at the provider.',
  }),
  'not_openai_shape.html': ({ baseUrl }) => ({
    message: `${baseUrl ?? 'The provider'} answered with a web page, not with a chat API.`,
    fix: 'Check the URL: did you forget /v1?',
  }),
  'not_openai_shape.path': ({ baseUrl }) => ({
    message: `There is no chat API under ${baseUrl ?? 'this URL'}.`,
    fix: 'Check the path: it is the one before /chat/completions, and often ends with /v1.',
  }),
  'bad_request.max_tokens': () => ({
    message: 'The model wants its limit as max_completion_tokens.',
    fix: 'Send max_completion_tokens instead of max_tokens.',
  }),
  'bad_request.thought_signature': ({ providerModelId }) => ({
    message: `${providerModelId} wants the signatures of its thoughts back with its tool calls.`,
    fix: 'Send the assistant’s message back as it came, with extra_content and reasoning_details.',
  }),
  'bad_request.thinking_budget': ({ providerModelId }) => ({
    message: `${providerModelId} does not take this thinking budget.`,
    fix: 'Ask for an effort, or for a budget within what the model’s documentation says.',
  }),
  'bad_request.tool_turns': () => ({
    message: 'The tool calls and their results do not follow each other as the provider wants it.',
    fix: 'Answer each tool call of the assistant in the messages that come right after it.',
  }),
  'bad_request.answer_limit': ({ providerModelId }) => ({
    message: `The limit of the answer is above what ${providerModelId} can give.`,
    fix: 'Lower Max tokens of the model, or max_tokens of the request.',
  }),
  'bad_request.samplers': ({ providerModelId }) => ({
    message: `${providerModelId} does not take this temperature, top_p or top_k.`,
    fix: 'Leave them out for this model.',
  }),
  'bad_request.prefill': ({ providerModelId }) => ({
    message: `${providerModelId} does not continue an answer that was begun for it.`,
    fix: 'End the messages with one of the user or of a tool.',
  }),
  'bad_request.schema': ({ providerName }) => ({
    message: `${providerName} does not accept the JSON schema of the answer.`,
    fix: 'Give every object its properties, name no free keys, and make the schema simpler.',
  }),
  'bad_request.image': ({ providerName }) => ({
    message: `${providerName} cannot read an image of the request.`,
    fix: 'Send PNG, JPEG, GIF or WebP of a moderate size, inline in base64.',
  }),
  'upstream_unavailable.overloaded': ({ providerName }) => ({
    message: `${providerName} is overloaded.`,
    fix: 'Try again in a moment, or use another model meanwhile.',
  }),
  'connection_lost.stream_cut': ({ providerName }) => ({ message: `${providerName} broke off in the middle of the answer.` }),
  'feature_unsupported.tools': lacks('tools', 'Switch Tool use off, or start the server with tool calling.'),
  'feature_unsupported.images': lacks('images', 'Switch Vision off, or choose a model that takes images.'),
  'feature_unsupported.json_mode': lacks('structured JSON answers', 'Switch JSON mode off, or choose another model.'),
  'feature_unsupported.reasoning': lacks('the reasoning parameter', 'Switch Extended reasoning off, or choose the other parameter shape.'),
  'feature_unsupported.json_with_tools': lacks('tools and JSON mode together', 'Ask for one of the two at a time.'),
  'feature_unsupported.thinking_budget': lacks(
    'a thinking budget',
    'Choose reasoning.effort as the parameter shape of Extended reasoning.',
  ),
  'feature_unsupported.thinking_effort': lacks(
    'a thinking effort',
    'Choose reasoning.max_tokens as the parameter shape of Extended reasoning.',
  ),
  'feature_unsupported.embeddings': lacks('embeddings', 'Choose a provider that has them, or add it as a model that chats.'),
  'feature_unsupported.counting': lacks('counting tokens', 'Read the usage of an answer instead.'),
  'feature_unsupported.system_message': lacks('system messages', 'Put the instructions into the user message.'),
};
