import { weatherTool } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProtocolStand, pixel } from '../../__fixtures__/open-protocol-stand.ts';

const none = { json_mode: false, vision: false, tool_use: false, reasoning: false };
const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } };
const content = [image, { type: 'text', text: 'Hello' }];

/** What a key may have left out of a request, because the model is not offered for it. */
export function describeUnsupported(openStand: () => ProtocolStand): void {
  describe('a key that drops what a model lacks', () => {
    let stand: ProtocolStand;
    let slug: string;
    let claude: string;
    beforeAll(async () => {
      stand = openStand();
      slug = await stand.addModel('openai-chat', 'Plain', { capabilities: none });
      claude = await stand.addModel('anthropic-messages', 'Plain Claude', { capabilities: none });
    });
    afterAll(() => stand.gateway.answerUnsupported('refuse'));

    const post = (path: string, body: object | string) =>
      fetch(`${stand.gateway.url}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

    it('is answered without it, told so, and every other byte goes through', async () => {
      const body = `{"model":"${slug}","seed" : 7, "messages":[{"role":"user","content":"Hi \u00e9"}],"tools":[${JSON.stringify(weatherTool)}],"tool_choice":"auto","response_format":{"type":"json_object"},"reasoning_effort":"high"}`;
      stand.gateway.answerUnsupported('refuse');
      expect((await post('/chat/completions', body)).status).toBe(400);
      stand.gateway.answerUnsupported('drop');
      const answer = await post('/chat/completions', body);
      expect(answer.status).toBe(200);
      const told = answer.headers.get('x-pipelines-changes');
      for (const said of ['tools: dropped', 'response_format: dropped', 'reasoning_effort: dropped']) expect(told).toContain(said);
      const sent = stand.lastRequest('openai-chat')?.bytes.toString();
      expect(sent).toBe(`{"model":"llama-3","seed" : 7, "messages":[{"role":"user","content":"Hi \u00e9"}]}`);
    });

    it('is shown no images', async () => {
      stand.gateway.answerUnsupported('drop');
      const answer = await post('/chat/completions', { model: slug, messages: [{ role: 'user', content }] });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-pipelines-changes')).toContain("images: dropped, the model's Vision is off");
      expect(stand.lastRequest('openai-chat')?.body).toMatchObject({ messages: [{ content: [{ type: 'text', text: 'Hello' }] }] });
    });

    it('is served in the other dialects too', async () => {
      stand.gateway.answerUnsupported('drop');
      const tools = [{ name: 'weather', input_schema: { type: 'object' } }];
      const messages = [{ role: 'user', content: 'Hello' }];
      const message = await post('/messages', { model: claude, max_tokens: 9, messages, tools });
      expect(message.status).toBe(200);
      expect(message.headers.get('x-pipelines-changes')).toContain("tools: dropped, the model's Tool use is off");
      expect(await message.json()).toMatchObject({ type: 'message' });
      expect(stand.lastRequest('anthropic-messages')?.body).not.toHaveProperty('tools');
      const response = await post('/responses', { model: slug, input: 'Hello', store: false, text: { format: { type: 'json_object' } } });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-pipelines-changes')).toContain('response_format: dropped');
    });
  });
}
