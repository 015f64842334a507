import { failedStatus, ToolError } from '../tool-error.ts';
import { type ToolDoors, type ToolPlace, type ToolProtocol, toolRequest } from '../tool-protocol.ts';
import { ArgumentError, buildOperationRequest } from './build-operation-request.ts';
import { isWithin } from './is-within.ts';
import { listOperations } from './list-operations.ts';
import { operationSchema } from './operation.ts';
import { readDocument } from './read-document.ts';

const maxDocumentBytes = 5 * 1024 * 1024;
const maxAnswerBytes = 1024 * 1024;

export const httpProtocol: ToolProtocol = {
  async discover(doors, place, signal) {
    const text = place.document ?? (await fetchDocument(doors, place, signal));
    return listOperations(readDocument(text));
  },

  connect(doors, place) {
    return {
      async call({ tool, arguments: args, idempotencyKey, signal }) {
        const operation = operationSchema.safeParse(tool.operation);
        if (!operation.success) throw new ToolError('not_openapi');
        try {
          const { headers, ...request } = buildOperationRequest(place.url, operation.data, args);
          const response = await doors.egress.request({
            ...toolRequest(place, signal),
            ...request,
            headers: { ...headers, 'idempotency-key': idempotencyKey, ...place.credential?.headers },
            maxResponseBytes: maxAnswerBytes,
          });
          const text = Buffer.from(await response.bytes()).toString('utf8');
          const ok = response.status < 300;
          return { ok, text: ok ? text : `Status ${response.status}\n${text}` };
        } catch (error) {
          if (error instanceof ArgumentError) return { ok: false, text: error.message };
          throw ToolError.of(error, signal);
        }
      },
      close: async () => undefined,
    };
  },
};

/** The credential goes along only where the document lies beneath the endpoint's own address. */
async function fetchDocument({ egress }: ToolDoors, place: ToolPlace, signal: AbortSignal): Promise<string> {
  const { documentUrl, url, credential } = place;
  if (documentUrl === null) throw new ToolError('not_openapi');
  const secret = url !== null && isWithin(url, documentUrl) ? credential?.headers : {};
  try {
    const response = await egress.request({
      ...toolRequest(place, signal),
      url: documentUrl,
      method: 'GET',
      headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5', ...secret },
      maxResponseBytes: maxDocumentBytes,
    });
    if (response.status >= 300) {
      response.discard();
      throw failedStatus(response.status);
    }
    return Buffer.from(await response.bytes()).toString('utf8');
  } catch (error) {
    throw ToolError.of(error, signal);
  }
}
