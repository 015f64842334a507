/** What an error answer tells, whatever dialect it is in. Read by a classifier, and dropped: none of it is kept. */
export interface ErrorSignals {
  /** The HTTP status, or the one that an error inside a 200 claims; null where neither tells. */
  readonly status: number | null;
  /** Codes and types, lower case. */
  readonly codes: readonly string[];
  readonly message: string;
  readonly form: 'json' | 'html' | 'text' | 'empty';
}

/** A pattern is run over no more than this of a message. */
const MESSAGE_LIMIT = 4_096;

/** Reads the dialects that are about: `{error:{…}}`, `{error:"…"}`, vLLM's flat form, `{detail}`, `{fault}`, arrays, bare strings, HTML. */
export function parseErrorBody(status: number, body: Uint8Array): ErrorSignals {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 65_536)).toString('utf8').trim();
  if (text === '') return { status, codes: [], message: '', form: 'empty' };
  if (text.startsWith('<')) return { status, codes: [], message: '', form: 'html' };
  try {
    return readErrorValue(status, JSON.parse(text));
  } catch {
    return { status, codes: [], message: text.slice(0, MESSAGE_LIMIT), form: 'text' };
  }
}

/** The same for JSON that is parsed already, such as an error inside a stream. */
export function readErrorValue(status: number, value: unknown): ErrorSignals {
  const codes: string[] = [];
  const messages: string[] = [];
  collect(value, codes, messages, 0);
  const claimed = codes.map(Number).find((code) => Number.isInteger(code) && code >= 400 && code <= 599);
  return {
    status: status >= 300 ? status : (claimed ?? null),
    codes: codes.map((code) => code.toLowerCase()),
    message: messages.join('\n').slice(0, MESSAGE_LIMIT),
    form: 'json',
  };
}

const codeKeys = ['code', 'type', 'error_type', 'errorcode', 'limit_source', 'status', 'reason', 'error_code', '__type'];
const messageKeys = ['message', 'Message', 'faultstring', 'raw', 'msg'];
const nestedKeys = ['error', 'detail', 'details', 'fault', 'metadata', 'raw', 'errors', 'choices'];

function collect(value: unknown, codes: string[], messages: string[], depth: number): void {
  if (depth > 4) return;
  if (typeof value === 'string') messages.push(value);
  else if (Array.isArray(value)) for (const item of value.slice(0, 4)) collect(item, codes, messages, depth + 1);
  else if (typeof value === 'object' && value !== null) collectFields(value as Record<string, unknown>, codes, messages, depth);
}

function collectFields(object: Record<string, unknown>, codes: string[], messages: string[], depth: number): void {
  for (const key of codeKeys) {
    const code = object[key];
    if ((typeof code === 'string' && code.length <= 100) || typeof code === 'number') codes.push(String(code));
  }
  for (const key of messageKeys) {
    if (typeof object[key] === 'string') messages.push(object[key]);
  }
  for (const key of nestedKeys) {
    if (key === 'raw' && typeof object.raw === 'string') continue;
    collect(object[key], codes, messages, depth + 1);
  }
}
