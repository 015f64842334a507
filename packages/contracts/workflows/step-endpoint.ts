/** What a step must know of a tool endpoint. */
export interface StepEndpoint {
  readonly id: string;
  readonly name: string;
  readonly kind: 'mcp' | 'http';
  readonly enabled: boolean;
  readonly tools: readonly { readonly name: string; readonly enabled: boolean }[];
}
