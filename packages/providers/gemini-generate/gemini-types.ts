/** The parts of Gemini's wire that we write and read. */
export type Part = { readonly thoughtSignature?: string } & (
  | { readonly text: string; readonly thought?: boolean }
  | { readonly fileData: { readonly mimeType: string; readonly fileUri: string } }
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } }
  | { readonly functionCall: { readonly id?: string; readonly name: string; readonly args: Record<string, unknown> } }
  | { readonly functionResponse: { readonly id?: string; readonly name: string; readonly response: Record<string, unknown> } }
);

export interface Content {
  readonly role: 'user' | 'model';
  readonly parts: readonly Part[];
}

export interface FunctionDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly parametersJsonSchema?: Readonly<Record<string, unknown>>;
}

export interface ThinkingConfig {
  readonly includeThoughts?: true;
  readonly thinkingBudget?: number;
  readonly thinkingLevel?: string;
}

export interface GenerationConfig {
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly stopSequences?: readonly string[];
  readonly responseMimeType?: 'application/json';
  readonly responseJsonSchema?: Readonly<Record<string, unknown>>;
  readonly thinkingConfig?: ThinkingConfig;
}

export interface GenerateRequest {
  readonly contents: readonly Content[];
  readonly systemInstruction?: { readonly parts: readonly Part[] };
  readonly tools?: readonly [{ readonly functionDeclarations: readonly FunctionDeclaration[] }];
  readonly toolConfig?: {
    readonly functionCallingConfig: { readonly mode: 'AUTO' | 'ANY' | 'NONE'; readonly allowedFunctionNames?: readonly string[] };
  };
  readonly generationConfig?: GenerationConfig;
}
