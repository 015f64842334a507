export interface FakeError {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const openAi = (status: number, message: string, type: string, param: string | null, code: string | null): FakeError => ({
  status,
  body: { error: { message, type, param, code } },
});

/** Error answers as the real servers write them. Some echo pieces of the key, as the real ones do. */
export const fakeErrors = {
  openAiBadKey: openAi(
    401,
    'Incorrect API key provided: sk-wrong…abcd. You can find your API key at https://platform.openai.com/account/api-keys.',
    'invalid_request_error',
    null,
    'invalid_api_key',
  ),
  openAiModel: openAi(
    404,
    'The model `x` does not exist or you do not have access to it.',
    'invalid_request_error',
    null,
    'model_not_found',
  ),
  openAiPath: openAi(404, 'Invalid URL (POST /chat/completions)', 'invalid_request_error', null, null),
  maxTokens: openAi(
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    'invalid_request_error',
    'max_tokens',
    'unsupported_parameter',
  ),
  tooFewTokens: openAi(
    400,
    "Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 16.",
    'invalid_request_error',
    'max_completion_tokens',
    'integer_below_min_value',
  ),
  unknownReasoning: openAi(400, "Unknown parameter: 'reasoning'.", 'invalid_request_error', 'reasoning', 'unknown_parameter'),
  unknownRole: openAi(400, "Invalid role: 'developer'", 'invalid_request_error', 'messages', null),
  openRouterBadKey: { status: 401, body: { error: { message: 'User not found.', code: 401 } } },
  openRouterModel: { status: 400, body: { error: { message: 'x is not a valid model ID', code: 400 }, user_id: 'user_1' } },
  fireworksBadKey: {
    status: 401,
    body: {
      error: { object: 'error', type: 'invalid_request_error', code: 'invalid_api_key', message: 'The API key you provided is invalid.' },
    },
  },
  fireworksModel: {
    status: 404,
    body: { error: { message: 'Model not found, inaccessible, and/or not deployed', param: 'model', code: 'NOT_FOUND', type: 'error' } },
  },
  fireworksPath: {
    status: 404,
    body: { fault: { faultstring: 'Path not found', detail: { errorcode: 'messaging.adaptors.http.flow.ApplicationNotFound' } } },
  },
  togetherBadKey: {
    status: 401,
    body: {
      id: 'oabc-1',
      error: {
        message: 'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
  },
  togetherModel: {
    status: 404,
    body: {
      id: 'oabc-2',
      error: {
        message: 'Unable to access model x. Please visit https://api.together.ai/models to view the list of supported models.',
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found',
      },
    },
  },
  togetherLogprobs: openAi(400, 'Input validation error: logprobs must be an integer', 'invalid_request_error', 'logprobs', null),
  huggingFaceBadKey: { status: 401, body: { error: 'Invalid username or password.' } },
  huggingFacePaused: { status: 400, body: { error: 'The endpoint is paused, ask a maintainer to restart it' } },
  huggingFaceAsleep: { status: 503, body: { error: '503 Service Unavailable' } },
  vllmBadKey: { status: 401, body: { error: 'Unauthorized' } },
  vllmModel: {
    status: 404,
    body: { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: 'model', code: 404 } },
  },
  vllmOldModel: {
    status: 404,
    body: { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, code: 404 },
  },
  ollamaBadKey: { status: 401, body: { error: { message: 'unauthorized', type: 'api_error', param: null, code: null } } },
  ollamaModel: {
    status: 404,
    body: { error: { message: 'model "x" not found, try pulling it first', type: 'not_found_error', param: null, code: null } },
  },
  liteLlmBadKey: {
    status: 401,
    body: {
      error: {
        message: 'Authentication Error, Invalid proxy server token passed. Received API Key = sk-...8aSP, Key Hash (Token) =5699a2',
        type: 'token_not_found_in_db',
        param: 'key',
        code: '401',
      },
    },
  },
  liteLlmModel: {
    status: 400,
    body: {
      error: {
        message: '/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.',
        type: 'invalid_request_error',
        param: null,
        code: '400',
      },
    },
  },
  fastApiPath: { status: 404, body: { detail: 'Not Found' } },
  goPath: { status: 404, body: '404 page not found' },
  plainNotFound: { status: 404, body: 'Not Found' },
  htmlPage: { status: 404, body: '<!DOCTYPE html><html><body>This page could not be found</body></html>' },
} as const satisfies Record<string, FakeError>;
