import { maxReplayInputs, PipelinesError } from '@pipelines/contracts';
import { type ReplayRequest, toReplayRequest } from './replay-request.ts';

/**
 * Requests from a text of one JSON value a line: chat requests, or lists of messages. Empty lines are passed over.
 * @throws PipelinesError `invalid_request` with the line
 */
export function parsePasted(jsonl: string): readonly ReplayRequest[] {
  const lines = jsonl.split(/\r?\n/).map((text, index) => ({ text, line: index + 1 }));
  const filled = lines.filter(({ text }) => text.trim() !== '');
  if (filled.length === 0) throw wrong('There is no line with a request');
  if (filled.length > maxReplayInputs) throw wrong(`At most ${maxReplayInputs} lines, not ${filled.length}`);
  return filled.map(({ text, line }) => {
    const request = toReplayRequest(parse(text, line));
    if (request === null) throw wrong(`Line ${line} is neither a chat request nor a list of messages`);
    return request;
  });
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(`Line ${line} is not valid JSON`);
  }
}

function wrong(message: string): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field: 'inputs.jsonl', message }] });
}
