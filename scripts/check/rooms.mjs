import { dirname, join, normalize } from 'node:path/posix';

/**
 * The rooms of the house and the doors that each may use. Nothing else: an arrow that is not here is a fault.
 * @type {Record<string, readonly string[]>}
 */
export const ARROWS = {
  'packages/contracts': [],
  'packages/database': ['contracts'],
  'packages/egress': ['contracts'],
  'packages/identity': ['contracts', 'database'],
  'packages/providers': ['contracts'],
  'packages/registry': ['contracts', 'database', 'providers', 'egress', 'identity'],
  'packages/usage': ['contracts', 'database', 'identity'],
  'packages/limits': ['contracts', 'database', 'egress', 'identity', 'registry', 'usage'],
  'packages/gateway': ['contracts', 'registry', 'providers', 'egress', 'usage', 'identity'],
  'packages/workflows': ['contracts', 'database', 'gateway', 'registry', 'egress', 'identity'],
  'apps/server': ['contracts', 'database', 'egress', 'identity', 'providers', 'registry', 'usage', 'limits', 'gateway', 'workflows'],
  'apps/web': ['contracts'],
  'demo/tiny-llm': [],
};

const PACKAGE = /^@pipelines\/([^/]+)(?:\/(.+))?$/;
const TEST = /\.test\.tsx?$|(^|\/)(testing|__fixtures__)\//;

/** The workspace that a file lives in, such as `packages/egress`; null for files of the root, scripts included. @param {string} file */
export function roomOf(file) {
  const [top = '', name = ''] = file.split('/');
  if (top === 'e2e' || top === 'bench') return top;
  return ['packages', 'apps', 'demo'].includes(top) ? `${top}/${name}` : null;
}

/** Tests, their fixtures, test doors, journeys and benchmarks: code that is never shipped. @param {string} file */
export function isTestCode(file) {
  return TEST.test(file) || file.startsWith('e2e/') || file.startsWith('bench/');
}

/** Every room that a room stands on, near or far: what its tests may set up. @param {string} room @returns {Set<string>} */
export function foundationsOf(room) {
  const near = ARROWS[room] ?? [];
  return new Set([...near, ...near.flatMap((name) => [...foundationsOf(`packages/${name}`)])]);
}

/** A door import taken apart: `@pipelines/database/testing` is `{ name: 'database', door: 'testing' }`. @param {string} specifier */
export function readDoor(specifier) {
  const match = PACKAGE.exec(specifier);
  return match ? { name: /** @type {string} */ (match[1]), door: match[2] ?? null } : null;
}

/** Where a relative import leads, relative to the root. @param {string} file @param {string} specifier */
export function resolveRelative(file, specifier) {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : null;
}
