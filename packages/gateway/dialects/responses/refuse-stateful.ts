import { type Fields, isObject, unsupported } from '../request-fields.ts';

/** What would need a memory of ours, or tools that only OpenAI runs. Each with what to do instead. */
const stateful: readonly (readonly [field: string, what: string, fix: string])[] = [
  ['previous_response_id', 'Responses are not kept here, so there is none to go on from.', 'Send the whole conversation as input.'],
  ['conversation', 'Conversations are not kept here.', 'Send the whole conversation as input.'],
  ['prompt', 'Prompts are not kept here.', 'Send its text as instructions and input.'],
  ['context_management', 'Conversations are not kept here.', 'Send the conversation as it should be read.'],
];

const knownIncludes = new Set<unknown>(['reasoning.encrypted_content']);

/** @throws PipelinesError `unsupported_parameter` */
export function refuseStateful(body: Fields): void {
  for (const [field, what, fix] of stateful) if (body[field] != null) throw unsupported(field, what, fix);
  if (body.store === true) throw unsupported('store', 'Responses are not kept here.', 'Send store: false.');
  if (body.background === true) throw unsupported('background', 'A response is answered at once here.', 'Send background: false.');
  if (body.truncation != null && body.truncation !== 'disabled') {
    throw unsupported('truncation', 'The input is sent as it is here.', 'Shorten the input yourself.');
  }
  refuseTools(body);
  const includes = Array.isArray(body.include) ? body.include : [];
  if (!includes.every((name) => knownIncludes.has(name))) {
    throw unsupported('include', 'Only reasoning.encrypted_content can be included.', 'Leave the others out.');
  }
}

function refuseTools({ tools, tool_choice: choice }: Fields): void {
  for (const [index, tool] of (Array.isArray(tools) ? tools : []).entries()) {
    if (isObject(tool) && tool.type === 'function') continue;
    throw unsupported(
      `tools[${index}].type`,
      `"tools[${index}]" is not a function, and only functions can be called through this gateway.`,
      'Declare it as a function, and answer its calls yourself.',
    );
  }
  if (isObject(choice) && choice.type !== 'function') {
    throw unsupported('tool_choice', 'Only a function can be chosen.', 'Send "auto", "none", "required", or a function by its name.');
  }
}
