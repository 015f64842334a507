import type { ChatRequest } from '@pipelines/contracts';
import { type JsonBody, parseJsonBody } from '@pipelines/providers';
import { checkMessages } from './check-messages.ts';
import { wrongField } from './field-errors.ts';
import { refuseRoutingFields } from './refuse-routing-fields.ts';

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isBetween =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;
const isPositiveInteger: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList: Check = (value) => Array.isArray(value) && value.every(isString);

/** The fields that we or a translation read. All others are the provider's business and pass unread. */
const knownFields: readonly (readonly [field: string, check: Check, expected: string])[] = [
  ['stream', (value) => typeof value === 'boolean', 'true or false'],
  ['stream_options', isObject, 'an object'],
  ['max_tokens', isPositiveInteger, 'a positive integer'],
  ['max_completion_tokens', isPositiveInteger, 'a positive integer'],
  ['temperature', isBetween(0, 2), 'a number from 0 to 2'],
  ['top_p', isBetween(0, 1), 'a number from 0 to 1'],
  ['presence_penalty', isBetween(-2, 2), 'a number from -2 to 2'],
  ['frequency_penalty', isBetween(-2, 2), 'a number from -2 to 2'],
  ['stop', (value) => isString(value) || isTextList(value), 'a string or a list of strings'],
  ['tools', (value) => Array.isArray(value) && value.every(isObject), 'a list of objects'],
  ['functions', (value) => Array.isArray(value) && value.every(isObject), 'a list of objects'],
  ['tool_choice', (value) => isString(value) || isObject(value), 'a string or an object'],
  ['response_format', (value) => isObject(value) && isString((value as { type?: unknown }).type), 'an object with a type'],
  ['reasoning_effort', isString, 'a string'],
  ['reasoning', isObject, 'an object'],
];

const maxModelLength = 300;

/**
 * Reads the body of a chat completion: parsed once, its bytes kept.
 * @throws PipelinesError `invalid_json`, `duplicate_field`, or `invalid_request` with the parameter to blame
 */
export function readChatRequest(bytes: Uint8Array): JsonBody<ChatRequest> {
  const body = parseJsonBody<ChatRequest>(bytes);
  const fields: Readonly<Record<string, unknown>> = body.value;
  if (!isString(fields.model) || fields.model === '' || (fields.model as string).length > maxModelLength) {
    throw wrongField('model', 'the slug of a model');
  }
  checkMessages(fields.messages);
  checkChatFields(fields);
  refuseRoutingFields(fields);
  return body;
}

/** Checks the fields that we or a translation read, messages apart. @throws PipelinesError `invalid_request` */
export function checkChatFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [field, check, expected] of knownFields) {
    const value = fields[field];
    if (value !== undefined && value !== null && !check(value)) throw wrongField(field, expected);
  }
}
