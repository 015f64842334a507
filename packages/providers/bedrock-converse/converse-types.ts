/** The parts of the Converse wire that we write and read. */
export type ContentBlock =
  | { readonly text: string }
  | { readonly image: { readonly format: string; readonly source: { readonly bytes: string } } }
  | { readonly toolUse: { readonly toolUseId: string; readonly name: string; readonly input: Record<string, unknown> } }
  | { readonly toolResult: { readonly toolUseId: string; readonly content: readonly ContentBlock[] } }
  | { readonly reasoningContent: ReasoningContent };

export interface ReasoningContent {
  readonly reasoningText?: { readonly text?: string; readonly signature?: string };
  /** Base64. */
  readonly redactedContent?: string;
}

export interface ConverseMessage {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

export interface ToolSpec {
  readonly toolSpec: {
    readonly name: string;
    readonly description?: string;
    readonly inputSchema: { readonly json: Record<string, unknown> };
    readonly strict?: true;
  };
}

export interface ToolConfig {
  readonly tools: readonly ToolSpec[];
  readonly toolChoice?: { readonly auto: object } | { readonly any: object } | { readonly tool: { readonly name: string } };
}

export interface OutputConfig {
  readonly effort?: string;
  readonly textFormat?: {
    readonly type: 'json_schema';
    readonly structure: { readonly jsonSchema: { readonly name: string; readonly schema: string } };
  };
}

export interface ConverseRequest {
  readonly messages: readonly ConverseMessage[];
  readonly system?: readonly ContentBlock[];
  readonly inferenceConfig?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
  };
  readonly toolConfig?: ToolConfig;
  readonly outputConfig?: OutputConfig;
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>>;
}
