/** How providers say that the prompt is too long: one line a provider. */
const patterns = [
  /maximum context length/i, // OpenAI, vLLM, OpenRouter
  /longer than the model'?s context length/i, // Together
  /context (?:length|window|size|limit).{0,40}exceed|exceed.{0,40}context (?:length|window|size|limit)/i, // llama.cpp, Ollama, LiteLLM
  /prompt is too long/i, // Fireworks, Anthropic
  /`inputs` (?:tokens|must have less than)/i, // TGI
  /input (?:is too long|length and `max_tokens` exceed)/i, // Bedrock, Anthropic
  /too many (?:input )?tokens(?! per)/i, // Bedrock
  /expected maxlength/i, // Bedrock
  /input token count.{0,60}exceeds/i, // Gemini
];

export function isContextOverflow(message: string): boolean {
  return patterns.some((pattern) => pattern.test(message));
}
