import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageFile {
  readonly bytes: Buffer;
  /** Null where packing does not help. */
  readonly gzipped: Buffer | null;
  readonly contentType: string;
  readonly etag: string;
  /** Its name holds a hash of its contents, so it never changes. */
  readonly immutable: boolean;
}

/** The built page by address, such as `/index.html`. In memory: no request ever names a file of this machine. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const packable = /^(?:text\/|application\/|image\/svg)/;
const hashedName = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

/** Reads the folder once. Files of an unknown kind, such as source maps, are left out; a missing folder is an empty page. */
export async function loadPage(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const entry of await readFolder(folder)) {
    const contentType = contentTypes[path.extname(entry)];
    if (contentType === undefined || path.basename(entry).startsWith('.')) continue;
    const bytes = await readFile(path.join(folder, entry));
    const gzipped = packable.test(contentType) ? gzipSync(bytes) : null;
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(`/${entry.split(path.sep).join('/')}`, { bytes, gzipped, contentType, etag, immutable: hashedName.test(entry) });
  }
  return files;
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
