export { startTinyLlm, type TinyLlm, type TinyLlmOptions } from './start-tiny-llm.ts';
