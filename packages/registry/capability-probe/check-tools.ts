import type { ChatTool, ToolCall } from '@pipelines/contracts';
import type { Ask, AskedModel } from './ask-model.ts';
import { type Judged, judged, judgeError, wasCut } from './judge.ts';
import { answerTokens, type Nonce } from './nonce.ts';

const toolName = 'report_code';

function toolFor(code: Record<string, unknown>): ChatTool {
  const parameters = { type: 'object', properties: { code }, required: ['code'], additionalProperties: false };
  return { type: 'function', function: { name: toolName, description: 'Reports a code', parameters } };
}

/** A call whose argument must carry the nonce; where the model does not call by itself, one that is demanded. */
export async function checkToolUse(ask: Ask, nonce: Nonce): Promise<Judged> {
  const code = nonce();
  const asked = await askToCall(ask, [code]);
  const failed = judgeError('tool_use', asked);
  if (failed) return failed;
  if (codesOf(asked.toolCalls).includes(code)) return judged('tool_use', 'works', 'It called a tool with the right argument.', [asked]);
  const demanded = await ask({
    messages: [{ role: 'user', content: `Call ${toolName} with the code ${code}.` }],
    tools: [toolFor({ type: 'string', enum: [code] })],
    tool_choice: { type: 'function', function: { name: toolName } },
    max_tokens: answerTokens,
  });
  if (codesOf(demanded.toolCalls).includes(code)) {
    return judged('tool_use', 'works', 'It calls a tool when one is demanded, and not by itself.', [asked, demanded]);
  }
  if (wasCut(asked)) return judged('tool_use', 'unclear', 'Its answer was cut off before it could show it.', [asked, demanded]);
  return judged('tool_use', 'ignored', 'It answered without calling the tool.', [asked, demanded]);
}

/** Two calls in one answer. */
export async function checkParallelTools(ask: Ask, nonce: Nonce): Promise<Judged> {
  const codes = [nonce(), nonce()];
  const asked = await askToCall(ask, codes);
  const failed = judgeError('parallel_tools', asked);
  if (failed) return failed;
  const called = codesOf(asked.toolCalls);
  return codes.every((code) => called.includes(code))
    ? judged('parallel_tools', 'works', 'It made two calls in one answer.', [asked])
    : judged('parallel_tools', 'ignored', 'It made one call at a time.', [asked]);
}

/** The same call as a stream, whose pieces must make up the argument; the last chunk must tell the usage. */
export async function checkStreaming(ask: Ask, nonce: Nonce, callsTools: boolean): Promise<readonly [tools: Judged, usage: Judged]> {
  const code = nonce();
  const asked = callsTools
    ? await askToCall(ask, [code], true)
    : await ask({ messages: [{ role: 'user', content: `Repeat: ${code}` }], stream: true, max_tokens: answerTokens });
  const usage =
    judgeError('usage_in_stream', asked) ??
    (asked.usage === null
      ? judged('usage_in_stream', 'ignored', 'The stream ended without a usage: what such calls cost stays unknown.', [asked])
      : judged('usage_in_stream', 'works', 'The stream told its usage.', [asked]));
  if (!callsTools) return [judged('streamed_tools', 'not_applicable', 'It calls no tools by itself.', []), usage];
  return [judgeError('streamed_tools', asked) ?? (await judgeStreamedCall(ask, asked, code)), usage];
}

/** A model may leave a tool alone once; its calls are then asked for whole, so it is asked a second time. */
async function judgeStreamedCall(ask: Ask, asked: AskedModel, code: string): Promise<Judged> {
  const works = 'The pieces of a streamed call made up its argument.';
  if (codesOf(asked.toolCalls).includes(code)) return judged('streamed_tools', 'works', works, [asked]);
  const again = await askToCall(ask, [code], true);
  if (codesOf(again.toolCalls).includes(code)) return judged('streamed_tools', 'works', works, [asked, again]);
  return judged('streamed_tools', 'ignored', 'No whole tool call came out of two streams.', [asked, again]);
}

function askToCall(ask: Ask, codes: readonly string[], stream = false): Promise<AskedModel> {
  const wish = codes.map((code) => `with the code ${code}`).join(' and once more ');
  return ask({
    messages: [{ role: 'user', content: `Call ${toolName} ${wish}${codes.length > 1 ? ', both at once' : ''}.` }],
    tools: [toolFor({ type: 'string' })],
    tool_choice: 'auto',
    max_tokens: answerTokens,
    ...(stream && { stream }),
  });
}

function codesOf(calls: readonly ToolCall[]): unknown[] {
  return calls.flatMap(({ function: { name, arguments: text } }) => {
    if (name !== toolName) return [];
    try {
      return [(JSON.parse(text) as { code?: unknown } | null)?.code];
    } catch {
      return [];
    }
  });
}
