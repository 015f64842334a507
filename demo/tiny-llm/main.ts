/**
 * The tiny model as a process of its own. Prints one line, `{"url":"http://127.0.0.1:…/v1"}`, when it
 * listens, and stops on SIGTERM, on SIGINT, or when a parent process that forked it is gone.
 *
 *   TINY_LLM_PORT       default: a free port
 *   TINY_LLM_API_KEY    default: none needed
 *   TINY_LLM_DELAY_MS   pause after each token, default 0
 */
import { startTinyLlm } from './start-tiny-llm.ts';

const { TINY_LLM_PORT, TINY_LLM_API_KEY, TINY_LLM_DELAY_MS } = process.env;

const tinyLlm = await startTinyLlm({
  port: Number(TINY_LLM_PORT ?? 0),
  tokenDelayMs: Number(TINY_LLM_DELAY_MS ?? 0),
  ...(TINY_LLM_API_KEY ? { apiKey: TINY_LLM_API_KEY } : {}),
});
console.log(JSON.stringify({ url: tinyLlm.url }));

const stop = () => void tinyLlm.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
