import type { ServerResponse } from 'node:http';

/** An answer that is a file for a spreadsheet instead of JSON. */
export class CsvAnswer {
  readonly text: string;
  readonly fileName: string;

  /** @param fileName of letters, digits, `-`, `_` and `.` only: it stands in a header */
  constructor(text: string, fileName: string) {
    this.text = text;
    this.fileName = fileName;
  }
}

/** Always a download: a browser must never show what a model wrote as a page of ours. */
export function sendCsv(response: ServerResponse, status: number, { text, fileName }: CsvAnswer): void {
  response.writeHead(status, {
    'content-type': 'text/csv; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
  });
  response.end(text);
}
