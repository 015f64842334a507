import type { EgressResponse } from '@pipelines/egress';
import { failedStatus, ToolError } from '../tool-error.ts';
import { type ToolDoors, type ToolPlace, toolRequest } from '../tool-protocol.ts';
import { type JsonRpcAnswer, readAnswer } from './read-answer.ts';

/** The newest that we speak first; each is the same in the part that we use. */
const protocolVersions = ['2025-11-25', '2025-06-18', '2025-03-26'];
const maxAnswerBytes = 5 * 1024 * 1024;

/**
 * The client's half of the Model Context Protocol over streamable HTTP, as far as tools need it: JSON-RPC by POST,
 * answered as JSON or as an event stream. Every request goes through the egress, to one address.
 */
export class McpSession {
  readonly #doors: ToolDoors;
  readonly #place: ToolPlace & { readonly url: string };
  #opening: Promise<void> | null = null;
  #sessionId: string | null = null;
  #version: string | null = null;
  #lastId = 0;

  constructor(doors: ToolDoors, place: ToolPlace & { readonly url: string }) {
    this.#doors = doors;
    this.#place = place;
  }

  /** Asks, after the greeting. A session that the server has forgotten is opened anew, once. */
  async ask(method: string, params: Record<string, unknown>, signal: AbortSignal): Promise<JsonRpcAnswer> {
    try {
      await this.#open(signal);
      try {
        return await this.#request(method, params, signal);
      } catch (error) {
        if (!(error instanceof ToolError) || error.cause !== 'not_found' || this.#sessionId === null) throw error;
        this.#opening = null;
        await this.#open(signal);
        return await this.#request(method, params, signal);
      }
    } catch (error) {
      throw ToolError.of(error, signal);
    }
  }

  async close(): Promise<void> {
    if (this.#sessionId === null) return;
    const signal = AbortSignal.timeout(2_000);
    await this.#send('DELETE', null, signal).then(
      (response) => response.discard(),
      () => undefined,
    );
  }

  /** Calls at the same time share one greeting. */
  #open(signal: AbortSignal): Promise<void> {
    this.#opening ??= this.#greet(signal).catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #greet(signal: AbortSignal): Promise<void> {
    this.#sessionId = null;
    this.#version = null;
    const clientInfo = { name: 'pipelines', version: '1' };
    const answer = await this.#request(
      'initialize',
      { protocolVersion: protocolVersions[0], capabilities: {}, clientInfo },
      signal,
      (id) => {
        this.#sessionId = id;
      },
    );
    if (!answer.ok) throw new ToolError('mcp_failed');
    const { protocolVersion } = answer.result;
    if (typeof protocolVersion !== 'string') throw new ToolError('not_mcp');
    if (!protocolVersions.includes(protocolVersion)) throw new ToolError('mcp_version');
    this.#version = protocolVersion;
    const response = await this.#send('POST', { jsonrpc: '2.0', method: 'notifications/initialized' }, signal);
    response.discard();
    if (response.status >= 300) throw failedStatus(response.status);
  }

  async #request(
    method: string,
    params: Record<string, unknown>,
    signal: AbortSignal,
    onSession?: (id: string | null) => void,
  ): Promise<JsonRpcAnswer> {
    this.#lastId += 1;
    const id = this.#lastId;
    const response = await this.#send('POST', { jsonrpc: '2.0', id, method, params }, signal);
    if (response.status >= 300) {
      response.discard();
      throw response.status === 405 ? new ToolError('not_mcp', 405) : failedStatus(response.status);
    }
    onSession?.(readSessionId(response));
    return readAnswer(response, id, async (reply) => (await this.#send('POST', reply, signal)).discard());
  }

  #send(method: 'POST' | 'DELETE', message: Record<string, unknown> | null, signal: AbortSignal): Promise<EgressResponse> {
    return this.#doors.egress.request({
      ...toolRequest(this.#place, signal),
      url: this.#place.url,
      method,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(message !== null && { 'content-type': 'application/json' }),
        ...(this.#version !== null && { 'mcp-protocol-version': this.#version }),
        ...(this.#sessionId !== null && { 'mcp-session-id': this.#sessionId }),
        ...this.#place.credential?.headers,
      },
      ...(message !== null && { body: JSON.stringify(message) }),
      maxResponseBytes: maxAnswerBytes,
    });
  }
}

/** Visible ASCII, as the protocol wants it: anything else could not be sent back. */
function readSessionId({ headers }: EgressResponse): string | null {
  const id = headers['mcp-session-id'];
  return id !== undefined && /^[\x21-\x7e]{1,512}$/.test(id) ? id : null;
}
