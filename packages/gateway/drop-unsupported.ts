import { type Capability, type ChatMessage, type ChatRequest, capabilityNames } from '@pipelines/contracts';
import { editJsonBody, findImage, isImagePart, parseJsonBody } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import { findJsonField, findReasoningField, findToolField } from './check-capabilities.ts';
import { composeChat } from './dialects/compose-chat.ts';
import type { SpokenRequest } from './dialects/dialect.ts';

interface Feature {
  readonly capability: Capability;
  isAsked(request: ChatRequest): boolean;
  /** The fields that ask for it. */
  readonly fields: readonly string[];
}

const features: readonly Feature[] = [
  {
    capability: 'tool_use',
    isAsked: (request) => findToolField(request) !== null,
    fields: ['tools', 'functions', 'tool_choice', 'function_call', 'parallel_tool_calls'],
  },
  { capability: 'json_mode', isAsked: (request) => findJsonField(request) !== null, fields: ['response_format'] },
  { capability: 'reasoning', isAsked: (request) => findReasoningField(request) !== null, fields: ['reasoning', 'reasoning_effort'] },
];

/** The request without what the model is not offered for, and each part that was dropped told: for callers who would rather have an answer. */
export function dropUnsupported(model: Pick<ResolvedModel, 'target'>, request: SpokenRequest): SpokenRequest {
  const { capabilities } = model.target;
  const { chat, native } = request;
  const { value } = chat;
  const lacking = features.filter(({ capability, isAsked }) => !capabilities[capability] && isAsked(value));
  const hidesImages = !capabilities.vision && findImage(value) !== null;
  if (lacking.length === 0 && !hidesImages) return request;
  if (native?.untranslatable != null) throw native.untranslatable;
  const remove = lacking.flatMap(({ fields }) => fields.filter((field) => value[field] != null));
  const dropped = lacking.map(({ capability, fields }) => tell(fields.find((field) => value[field] != null) ?? capability, capability));
  if (hidesImages) dropped.push(tell('images', 'vision'));
  const set = hidesImages ? { messages: value.messages.map(withoutImages) } : {};
  const left = Object.fromEntries(Object.entries({ ...value, ...set }).filter(([field]) => !remove.includes(field))) as ChatRequest;
  return {
    ...request,
    chat: chat.composed === true ? composeChat(left) : parseJsonBody<ChatRequest>(editJsonBody(chat, { set, remove })),
    native: null,
    dropped: [...(native?.lost ?? []), ...dropped],
  };
}

function tell(field: string, capability: Capability): string {
  return `${field}: dropped, the model's ${capabilityNames[capability]} is off`;
}

function withoutImages(message: ChatMessage): ChatMessage {
  if (!Array.isArray(message.content)) return message;
  const content = message.content.filter((part) => !isImagePart(part));
  return { ...message, content: content.length === 0 ? '' : content };
}
