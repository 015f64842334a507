import type { ServerResponse } from 'node:http';
import { type ChatScript, planAnswer } from './chat-script.ts';
import { checkConverseBody, checkCountBody } from './check-converse-body.ts';
import { toConverseAnswer, toConverseFrames } from './converse-answers.ts';
import { vectorOf } from './embeddings-answers.ts';
import { type FakeUpstream, type RecordedRequest, sendJson, startFakeUpstream } from './fake-upstream.ts';
import { fields } from './fields.ts';
import { playScript, wholeAnswer } from './play-script.ts';
import { readAskedConverse } from './read-asked-converse.ts';
import { type AwsRefusal, type IamIdentity, verifySigV4 } from './verify-sigv4.ts';

export interface FakeBedrockOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  readonly identities?: readonly IamIdentity[];
  readonly apiKeys?: readonly string[];
  /** Models on demand; null: any. */
  readonly models?: readonly string[] | null;
  /** Models that are called through an inference profile only. */
  readonly profileOnlyModels?: readonly string[];
  /** False: the lists are denied, as they are to keys that may only call models. */
  readonly mayList?: boolean;
  readonly answer?: ChatScript;
  readonly port?: number;
}

export interface FakeBedrock extends FakeUpstream {
  readonly region: string;
  answerOnce(...scripts: readonly ChatScript[]): void;
}

/** Amazon Bedrock, strict: it recomputes signatures and checks bodies as the real one does. Runtime and control plane on one host. */
export async function startFakeBedrock(options: FakeBedrockOptions = {}): Promise<FakeBedrock> {
  const region = options.region ?? 'us-east-1';
  const scripts: ChatScript[] = [];
  const upstream = await startFakeUpstream(
    async (request, response) => {
      const refusal = authenticate(request, options, region);
      if (refusal !== null) return refuse(response, 403, refusal);
      if (request.method === 'GET') {
        return options.mayList === false ? refuse(response, 403, listDenied) : sendJson(response, 200, listsOf(request.path, options));
      }
      if (request.path.endsWith('/invoke')) return embed(request, response);
      const counted = /^\/model\/([^/]+)\/count-tokens$/.exec(request.path)?.[1];
      if (counted !== undefined) return count(request, response, decodeURIComponent(counted), { ...scripts.shift() });
      const match = /^\/model\/([^/]+)\/(converse|converse-stream)$/.exec(request.path);
      if (match === null) return refuse(response, 404, { type: 'UnknownOperationException', message: 'Unknown operation' });
      const model = decodeURIComponent(match[1] ?? '');
      const invalid = checkModel(model, options) ?? checkConverseBody(request.body);
      if (invalid !== null) return refuse(response, 400, { type: 'ValidationException', message: invalid });
      await converse(request, response, model, match[2] === 'converse-stream', { ...options.answer, ...scripts.shift() });
    },
    options.port === undefined ? {} : { port: options.port },
  );
  return { ...upstream, region, answerOnce: (...once) => void scripts.push(...once) };
}

/** Titan takes one text, Cohere a list of them. */
function embed({ path, body }: RecordedRequest, response: ServerResponse): void {
  const { inputText, texts } = body as { inputText?: string; texts?: string[] };
  if (path.includes('titan')) sendJson(response, 200, { embedding: vectorOf(inputText), inputTextTokenCount: 3 });
  else sendJson(response, 200, { embeddings: (texts ?? []).map(vectorOf) }, { 'x-amzn-bedrock-input-token-count': '5' });
}

/** A model counts under its own name only, and only Claude does. */
async function count({ body }: RecordedRequest, response: ServerResponse, model: string, script: ChatScript): Promise<void> {
  const invalid = model.startsWith('anthropic.') ? checkCountBody(body) : "The provided model doesn't support counting tokens.";
  if (invalid !== null) return refuse(response, 400, { type: 'ValidationException', message: invalid });
  const { promptTokens } = readAskedConverse(fields(fields(body).input).converse, model, false);
  await playScript(response, script, wholeAnswer({ inputTokens: promptTokens }));
}

function authenticate(request: RecordedRequest, options: FakeBedrockOptions, region: string): AwsRefusal | null {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Bearer ')) return verifySigV4(request, options.identities ?? [], region);
  if ((options.apiKeys ?? []).includes(header.slice(7))) return null;
  return { type: 'AccessDeniedException', message: 'Authentication failed: Please make sure your API Key is valid.' };
}

function checkModel(model: string, { models = null, profileOnlyModels = [] }: FakeBedrockOptions): string | null {
  if (profileOnlyModels.includes(model)) {
    return `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
  }
  const known = models === null || models.includes(model) || profileOnlyModels.some((id) => model.endsWith(`.${id}`));
  return known ? null : 'The provided model identifier is invalid.';
}

const listDenied: AwsRefusal = {
  type: 'AccessDeniedException',
  message: 'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: bedrock:ListFoundationModels',
};

function listsOf(path: string, { models, profileOnlyModels = [] }: FakeBedrockOptions): unknown {
  if (!path.startsWith('/foundation-models')) {
    const profiles = profileOnlyModels.map((id) => ({
      inferenceProfileId: `us.${id}`,
      inferenceProfileName: `US ${id}`,
      status: 'ACTIVE',
    }));
    return { inferenceProfileSummaries: profiles };
  }
  const summary = (modelId: string, type: string) => ({
    modelId,
    modelName: modelId,
    inputModalities: ['TEXT', 'IMAGE'],
    inferenceTypesSupported: [type],
  });
  const onDemand = (models ?? ['amazon.nova-lite-v1:0']).map((id) => summary(id, 'ON_DEMAND'));
  return { modelSummaries: [...onDemand, ...profileOnlyModels.map((id) => summary(id, 'INFERENCE_PROFILE'))] };
}

async function converse(
  request: RecordedRequest,
  response: ServerResponse,
  model: string,
  stream: boolean,
  script: ChatScript,
): Promise<void> {
  const planned = planAnswer(readAskedConverse(request.body, model, stream), script);
  await playScript(response, script, {
    stream,
    contentType: 'application/vnd.amazon.eventstream',
    pieces: () => toConverseFrames(planned),
    whole: () => toConverseAnswer(planned),
    headers: { 'x-amzn-requestid': '00000000-0000-4000-8000-000000000000' },
  });
}

function refuse(response: ServerResponse, status: number, { type, message }: AwsRefusal): void {
  sendJson(response, status, { message }, { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` });
}
