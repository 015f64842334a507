/** One entry of the registry: what the client is told when nothing more exact is known. */
export interface ErrorEntry {
  /** HTTP status under `/api` and `/v1`. */
  readonly status: number;
  /** A short, stable sentence: the problem's `title`. */
  readonly title: string;
  /** What the reader can do about it. */
  readonly fix: string;
}

/** Every error code of the product, in one place. Codes are stable; texts may improve. */
export const errorRegistry = {
  invalid_request: { status: 400, title: 'The request is not valid.', fix: 'Correct the fields that are listed and send it again.' },
  invalid_json: { status: 400, title: 'The body is not valid JSON.', fix: 'Send one JSON object, with Content-Type: application/json.' },
  duplicate_field: { status: 400, title: 'A field is given twice.', fix: 'Send each top-level field once.' },
  unsupported_media_type: { status: 415, title: 'The body has the wrong content type.', fix: 'Send Content-Type: application/json.' },
  body_too_large: { status: 413, title: 'The body is too large.', fix: 'Send a smaller body.' },
  request_timeout: { status: 408, title: 'The request body did not arrive in time.', fix: 'Send the whole body at once.' },
  unauthenticated: {
    status: 401,
    title: 'Authentication is required.',
    fix: 'Sign in, or send a valid API key as "Authorization: Bearer ppl_…".',
  },
  invalid_api_key: { status: 401, title: 'The API key is not valid.', fix: 'Check the key, or create a new one under API keys.' },
  wrong_email_or_password: { status: 401, title: 'The email or the password is wrong.', fix: 'Check both and try again.' },
  forbidden: { status: 403, title: 'Your role does not allow this.', fix: 'Ask an admin of your organization.' },
  cross_site_request: { status: 403, title: 'The request came from another site.', fix: 'Use the page of this server, or an API key.' },
  model_not_allowed: {
    status: 403,
    title: 'This API key may not call this model.',
    fix: 'Use another model, or a key that is not limited to others.',
  },
  not_found: { status: 404, title: 'There is nothing here.', fix: 'Check the address.' },
  model_not_found: { status: 404, title: 'There is no such model.', fix: 'See GET /v1/models for the models that this key may call.' },
  method_not_allowed: { status: 405, title: 'This method is not offered here.', fix: 'See /api/docs for what is.' },
  conflict: { status: 409, title: 'Somebody else has changed this meanwhile.', fix: 'Reload and try again.' },
  already_exists: { status: 409, title: 'It exists already.', fix: 'Choose another.' },
  setup_closed: { status: 409, title: 'The first admin exists already.', fix: 'Sign in, or ask an admin for an invitation.' },
  setup_link_invalid: {
    status: 403,
    title: 'The setup link is not valid any more.',
    fix: 'Use the newest link that the server has printed.',
  },
  invitation_invalid: { status: 404, title: 'The invitation is not valid any more.', fix: 'Ask an admin for a new one.' },
  last_admin: { status: 409, title: 'The organization needs an admin.', fix: 'Make somebody else an admin first.' },
  workflow_incomplete: {
    status: 422,
    title: 'The workflow is not complete.',
    fix: 'Solve the problems that are listed by step, then publish again.',
  },
  workflow_not_active: {
    status: 409,
    title: 'The workflow takes no tasks.',
    fix: 'Publish it first, or resume it.',
  },
  rows_invalid: {
    status: 422,
    title: 'Some rows do not fit the input of the workflow.',
    fix: 'Correct the rows that are listed, or repeat with ?rows=valid to run the others.',
  },
  model_in_use: {
    status: 409,
    title: 'Active workflows or aliases use this model.',
    fix: 'Point them to another model, or repeat with ?confirm=true.',
  },
  tool_discovery_failed: {
    status: 422,
    title: 'The tools of the endpoint could not be read.',
    fix: 'Correct what the message names, then try again.',
  },
  tool_endpoint_in_use: {
    status: 409,
    title: 'Active workflows use this tool endpoint.',
    fix: 'Take its tools out of them, or repeat with ?confirm=true.',
  },
  tool_unavailable: {
    status: 409,
    title: 'A tool that the step needs is not there.',
    fix: 'Bring it back under Tools, or take it out of the step and publish again.',
  },
  tool_limit_reached: {
    status: 422,
    title: 'The step has used all that its tools may take.',
    fix: 'Raise the limit in the step, or ask for less.',
  },
  model_inactive: { status: 409, title: 'The model has been deactivated.', fix: 'Choose another model.' },
  platform_model_immutable: {
    status: 409,
    title: 'Platform models are kept by the operator.',
    fix: 'Add a custom model of your own instead.',
  },
  default_model_protected: { status: 409, title: 'This is the default model.', fix: 'Choose another default model first.' },
  connection_test_required: {
    status: 422,
    title: 'A passed connection test of exactly this configuration is required.',
    fix: 'Run Test connection again, then save within ten minutes.',
  },
  credential_in_use: {
    status: 409,
    title: 'Active models use this credential.',
    fix: 'Give them another credential, or deactivate them first.',
  },
  credential_required: {
    status: 422,
    title: 'The credential must be entered again.',
    fix: 'A stored credential is used only for the destination that it was entered for.',
  },
  credential_unavailable: {
    status: 503,
    title: 'The stored credential cannot be opened.',
    fix: 'Enter it again on the model page, or ask the operator about the encryption keys.',
  },
  credential_unreadable: {
    status: 503,
    title: 'The stored credential is damaged or was sealed with another key.',
    fix: 'Enter it again on the model page.',
  },
  content_unreadable: {
    status: 503,
    title: 'The kept content cannot be opened.',
    fix: 'Ask the operator about the encryption keys.',
  },
  platform_not_configured: {
    status: 503,
    title: 'Platform models are not configured on this server.',
    fix: 'The operator must set OPENROUTER_API_KEY.',
  },
  capability_missing: {
    status: 400,
    title: 'The model does not have this capability.',
    fix: 'Use another model, or switch the capability on if the provider supports it.',
  },
  model_task_mismatch: {
    status: 400,
    title: 'The model is not for this kind of call.',
    fix: 'Call it at the route of its task, or use another model.',
  },
  unsupported_parameter: { status: 400, title: 'The model cannot do this.', fix: 'Remove the parameter, or use another model.' },
  count_unsupported: {
    status: 400,
    title: 'The provider of this model has no way to count the tokens of a prompt.',
    fix: 'Read the usage of an answer instead, or use a model that Anthropic, Google or Bedrock serves.',
  },
  context_length_exceeded: {
    status: 400,
    title: 'The request is longer than the model can hold.',
    fix: 'Shorten the messages, or use a model with a larger context.',
  },
  content_blocked: {
    status: 400,
    title: "The provider's content filter refused the request.",
    fix: 'Change the messages, or use another model.',
  },
  budget_exceeded: {
    status: 402,
    title: 'The budget does not allow this call.',
    fix: 'Ask an admin to raise the budget, or wait for its next period.',
  },
  price_unknown: {
    status: 402,
    title: 'The budget allows only models whose price is known.',
    fix: "Ask an admin to enter the model's prices, or to let the budget allow models of unknown price.",
  },
  rate_limited: { status: 429, title: 'Too many requests.', fix: 'Wait for the time in Retry-After, then try again.' },
  egress_blocked: {
    status: 422,
    title: 'This server does not connect to that address.',
    fix: 'The operator can allow it with EGRESS_ALLOW.',
  },
  upstream_error: {
    status: 502,
    title: 'The provider did not answer as it should.',
    fix: 'See the cause in the message; try again, or test the model on its page.',
  },
  upstream_timeout: { status: 504, title: 'The provider did not answer in time.', fix: 'Try again, or use another model.' },
  circuit_open: {
    status: 503,
    title: 'The model has failed several times in a row and is not called for a moment.',
    fix: 'Wait for the time in Retry-After, or use another model; its page tells the cause.',
  },
  client_closed_request: { status: 499, title: 'The caller went away.', fix: 'Nothing: the call was canceled upstream too.' },
  unavailable: { status: 503, title: 'The server cannot answer right now.', fix: 'Try again in a moment.' },
  internal_error: {
    status: 500,
    title: 'Something went wrong on our side.',
    fix: 'Try again. If it stays, tell the operator the request ID.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorRegistry;

/** One field that is wrong, and why. `field` is a dotted path, empty for the whole body. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface PipelinesErrorOptions {
  /** The exact sentence for this case, safe to show: never a secret, never an upstream's words. */
  readonly detail?: string;
  readonly fix?: string;
  readonly fields?: readonly FieldError[];
  /** The parameter to blame, for OpenAI-shaped errors. */
  readonly param?: string;
  readonly retryAfterSeconds?: number;
  /** True where the same request may well succeed in a moment. */
  readonly transient?: boolean;
  /** Overrides the registry's status where an upstream's own status is more exact. */
  readonly status?: number;
}

/** The only error that reaches a client with its own words. Everything else becomes `internal_error`. */
export class PipelinesError extends Error {
  override readonly name = 'PipelinesError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly fix: string;
  readonly fields: readonly FieldError[];
  readonly param: string | null;
  readonly retryAfterSeconds: number | null;
  readonly transient: boolean;

  constructor(code: ErrorCode, options: PipelinesErrorOptions = {}) {
    const entry: ErrorEntry = errorRegistry[code];
    super(options.detail ?? entry.title);
    this.code = code;
    this.status = options.status ?? entry.status;
    this.title = entry.title;
    this.fix = options.fix ?? entry.fix;
    this.fields = options.fields ?? [];
    this.param = options.param ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.transient = options.transient ?? false;
  }
}
