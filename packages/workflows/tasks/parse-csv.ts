import { Readable } from 'node:stream';
import { PipelinesError } from '@pipelines/contracts';
import { CsvError, parse } from 'csv-parse';

const pieceBytes = 64 * 1024;
/** Files that were put together have several: judged by the first line, two rows would be taken for one. */
const lineEnds = ['\r\n', '\n', '\r'];

/**
 * The records of a CSV, header first, empty lines left out. Reads piece by piece, so that a large file does not
 * keep others waiting. Delimited by what its first line has: commas, semicolons or tabs.
 *
 * @throws PipelinesError `invalid_request` for what is no CSV, with the line
 */
export async function* parseCsv(bytes: Uint8Array): AsyncGenerator<readonly string[]> {
  const text = decode(bytes);
  const parser = Readable.from(inPieces(text)).pipe(
    parse({ bom: true, delimiter: chooseDelimiter(text), record_delimiter: lineEnds, relax_column_count: true, skip_empty_lines: true }),
  );
  try {
    for await (const record of parser) yield record as readonly string[];
  } catch (error) {
    if (error instanceof CsvError) throw describe(error);
    throw error;
  } finally {
    parser.destroy();
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal('The file is not UTF-8.', 'Save it as "CSV UTF-8" and send it again.');
  }
}

function* inPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    // A piece never ends in the middle of a surrogate pair: each is encoded by itself.
    const end = start + pieceBytes;
    const cut = /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end;
    yield text.slice(start, cut);
    start = cut;
  }
}

function chooseDelimiter(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  if (header.includes(',')) return ',';
  return [';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

/** The parser's own words quote the file. */
function describe(error: CsvError): PipelinesError {
  const { lines } = error as CsvError & { readonly lines?: unknown };
  const place = typeof lines === 'number' ? ` near line ${lines}` : '';
  return refusal(
    error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'A quote that is opened in the CSV never closes.' : `A quote is in the wrong place${place}.`,
    'Put cells that hold quotes into quotes, and double the quotes inside: "say ""hello""".',
  );
}

function refusal(detail: string, fix: string): PipelinesError {
  return new PipelinesError('invalid_request', { detail, fix, fields: [{ field: '', message: detail }] });
}
