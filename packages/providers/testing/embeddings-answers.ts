/** The vector that a fake gives a text: two numbers, so that tests can tell one from another. */
export function vectorOf(text: unknown): number[] {
  return [String(text).length, 0.5];
}

/** OpenAI's answer to an embeddings request, and how many tokens it took: one for each text or token. */
export function toEmbeddingList(body: Readonly<Record<string, unknown>>): object {
  const { input, model, encoding_format: format } = body;
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
  const data = inputs.map((text: unknown, index: number) => {
    const vector = vectorOf(text);
    const embedding = format === 'base64' ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector;
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', data, model, usage: { prompt_tokens: inputs.length, total_tokens: inputs.length } };
}
