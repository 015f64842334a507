/** What a fake upstream answers instead of its usual answer. Everything is optional. */
export interface ChatScript {
  /** The answer's text; streamed word by word, or as `chunks` says. */
  readonly text?: string;
  readonly chunks?: readonly string[];
  readonly reasoning?: string;
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  readonly finishReason?: string | null;
  /** Null: none is told. */
  readonly usage?: Readonly<Record<string, unknown>> | null;
  /** An answer with this status and body, instead of a chat. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The exact pieces of a stream, written one by one. */
  readonly rawStream?: readonly (string | Uint8Array)[];
  /** Nothing comes before this has come to pass. */
  readonly after?: Promise<unknown>;
  /** Before the headers of the answer. */
  readonly delayMs?: number;
  /** Between the chunks of a stream. */
  readonly chunkDelayMs?: number;
  /** The connection breaks after so many chunks. */
  readonly breakAfterChunks?: number;
  /** `headers`: nothing ever comes. `stream`: nothing comes after the chunks. */
  readonly hang?: 'headers' | 'stream';
  /** Ends without `[DONE]`. */
  readonly omitDone?: boolean;
}

/** What a chat request asks for, as far as a fake looks at it. */
export interface AskedChat {
  readonly model: string;
  readonly stream: boolean;
  readonly askedUsage: boolean;
  /** The limit in tokens that this server understood. */
  readonly limit: number | null;
  readonly thinks: boolean;
  readonly json: 'none' | 'object' | Readonly<Record<string, unknown>>;
  readonly tools: readonly string[];
  readonly forcedTool: string | null;
  readonly lastText: string;
  readonly promptTokens: number;
  readonly images: number;
}

/** One whole answer, before it is written in a dialect. */
export interface PlannedAnswer {
  readonly chunks: readonly string[];
  readonly reasoning: string | null;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finishReason: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly usage: Readonly<Record<string, unknown>> | null | undefined;
}

/** Decides what a model would say: a tool call where one is wanted, JSON where it must be, an echo otherwise. */
export function planAnswer(asked: AskedChat, script: ChatScript): PlannedAnswer {
  const reasoning = script.reasoning ?? (asked.thinks ? 'Let me think about that.' : null);
  const called = script.toolCalls ?? (script.text === undefined && script.chunks === undefined ? usualCalls(asked) : []);
  const toolCalls = called.map((call, index) => ({ id: call.id ?? `call_${index + 1}`, name: call.name, arguments: call.arguments }));
  const said = script.chunks ?? (toolCalls.length > 0 ? [] : toWords(script.text ?? usualText(asked)));
  const cut = asked.limit !== null && said.length > asked.limit;
  const chunks = cut ? said.slice(0, asked.limit ?? undefined) : said;
  const usual = cut ? 'length' : toolCalls.length > 0 ? 'tool_calls' : 'stop';
  return {
    chunks,
    reasoning,
    toolCalls,
    finishReason: script.finishReason === undefined ? usual : script.finishReason,
    promptTokens: asked.promptTokens,
    completionTokens: Math.max(1, chunks.length + toolCalls.length + (reasoning === null ? 0 : toWords(reasoning).length)),
    usage: script.usage,
  };
}

function toWords(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

/** Words for tokens, as these fakes count a prompt. */
export function countPrompt(texts: readonly string[]): number {
  return Math.max(
    1,
    texts.reduce((sum, text) => sum + toWords(text).length, 0),
  );
}

function usualCalls({ forcedTool, tools, lastText }: AskedChat): NonNullable<ChatScript['toolCalls']> {
  const named = forcedTool === null ? tools.filter((name) => lastText.includes(name)) : [forcedTool];
  return named.map((name) => ({ name, arguments: '{"city":"Rome"}' }));
}

function usualText({ json, lastText, images }: AskedChat): string {
  if (json === 'object') return '{"ok":true}';
  if (json !== 'none') return JSON.stringify(exampleOf(json));
  if (lastText === 'ping') return 'pong';
  return images > 0 ? `I see ${images} image.` : `You said: ${lastText}`;
}

/** A value that a JSON schema allows, as far as tests need it. */
function exampleOf(schema: Readonly<Record<string, unknown>>): unknown {
  const choices = schema.enum;
  if (Array.isArray(choices)) return choices[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>).map(([name, property]) => [
          name,
          exampleOf(property),
        ]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 7;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}
