import { gzipSync } from 'node:zlib';

/** @typedef {{ page: string, gzippedBytes: number }} FirstLoad */
/** @typedef {Pick<import('vite').Rolldown.OutputChunk, 'type' | 'fileName' | 'code' | 'imports' | 'isEntry' | 'facadeModuleId'>} Chunk */

/** The pages that somebody meets first, and the modules that the router loads for them. */
const FIRST_PAGES = {
  setup: ['features/session/setup-page.tsx'],
  'sign-in': ['features/session/sign-in-page.tsx'],
  models: ['shell/shell.tsx', 'features/models/list/model-list-page.tsx'],
};

/**
 * The JavaScript that each first page needs before it stands, gzipped: the entry, the page, and all that these import.
 * @param {readonly (Chunk | { type: 'asset' })[]} output of the build
 * @returns {FirstLoad[]}
 */
export function measureFirstLoads(output) {
  const chunks = output.filter((file) => file.type === 'chunk');
  const entry = chunks.find((chunk) => chunk.isEntry);
  return Object.entries(FIRST_PAGES).map(([page, modules]) => {
    const roots = [entry, ...modules.map((module) => chunks.find((chunk) => chunk.facadeModuleId?.endsWith(`/apps/web/${module}`)))];
    if (roots.includes(undefined)) throw new Error(`The page "${page}" is not loaded by ${modules.join(' and ')} any more.`);
    const files = importedFiles(
      chunks,
      roots.flatMap((chunk) => chunk?.fileName ?? []),
    );
    const loaded = chunks.filter((chunk) => files.has(chunk.fileName));
    return { page, gzippedBytes: loaded.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0) };
  });
}

/** @param {readonly Chunk[]} chunks @param {readonly string[]} roots */
function importedFiles(chunks, roots) {
  const files = new Set(roots);
  // A set that grows while it is walked is walked to its end.
  for (const file of files) {
    for (const imported of chunks.find((chunk) => chunk.fileName === file)?.imports ?? []) files.add(imported);
  }
  return files;
}
