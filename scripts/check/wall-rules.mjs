import { builtinModules } from 'node:module';
import { ARROWS, foundationsOf, isTestCode, readDoor, resolveRelative, roomOf } from './rooms.mjs';

/** @typedef {import('./read-module.mjs').Module} Module */
/** @typedef {import('./read-module.mjs').Import} Import */
/** @typedef {(module: Module) => string[]} WallRule each fault as `file:line sentence` */

/** The only two files that may look inside a `Secret`. */
const MAY_EXPOSE = ['packages/providers/authorize-request.ts', 'packages/registry/credential-vault/secret-fields.ts'];

/** What can open a connection, and the rooms that may import it. Types alone connect to nothing. */
const CONNECTION_MAKERS = [
  { modules: /^(undici|aws4fetch\/.+|(node:)?(dgram|http2))$/, rooms: ['packages/egress'] },
  { modules: /^(node:)?(net|tls|http|https)$/, rooms: ['packages/egress', 'packages/database', 'apps/server', 'demo/tiny-llm'] },
  { modules: /^(pg|pg-[a-z-]+|postgres)$/, rooms: ['packages/database'] },
  { modules: /^(axios|got|node-fetch|ky|ws|openai|ai|@ai-sdk\/.+|@aws-sdk\/.+|@smithy\/node-http-handler|@langchain\/.+)$/, rooms: [] },
];

/** Folders of `packages/providers` that are not a protocol. */
const NOT_A_PROTOCOL = ['presets', 'testing'];

/** @type {WallRule} */
export function arrowRule(module) {
  const room = roomOf(module.file);
  const allowed = room ? ARROWS[room] : undefined;
  if (!allowed) return room && !isTestCode(module.file) ? [`${module.file}:1 ${room} has no arrows in scripts/check/rooms.mjs`] : [];
  return faults(module, ({ specifier }) => {
    const door = readDoor(specifier);
    if (!door || `packages/${door.name}` === room || allowed.includes(door.name)) return null;
    const forTests = door.door === 'testing' || door.name === 'tiny-llm' || foundationsOf(room ?? '').has(door.name);
    if (isTestCode(module.file) && forTests) return null;
    return `${room} must not know ${door.name}`;
  });
}

/** @type {WallRule} */
export function doorRule(module) {
  const room = roomOf(module.file);
  return faults(module, ({ specifier }) => {
    const target = resolveRelative(module.file, specifier);
    if (target && room && roomOf(target) !== room) return `${specifier} climbs out of ${room}; import the other package by its door`;
    const door = readDoor(specifier);
    if (!door?.door) return null;
    if (door.door !== 'testing') return `${specifier} goes past the door of @pipelines/${door.name}`;
    return isTestCode(module.file) ? null : `${specifier} is a door for tests only`;
  });
}

/** @type {WallRule} */
export function protocolRule(module) {
  const own = protocolOf(module.file);
  return faults(module, ({ specifier }) => {
    const other = protocolOf(resolveRelative(module.file, specifier) ?? '');
    return own && other && own !== other ? `protocol ${own} must not import protocol ${other}` : null;
  });
}

/** @param {string} file */
function protocolOf(file) {
  const folder = /^packages\/providers\/([^/]+)\//.exec(file)?.[1];
  return folder && !NOT_A_PROTOCOL.includes(folder) ? folder : null;
}

/** @type {WallRule} */
export function featureRule(module) {
  const own = featureOf(module.file);
  return faults(module, ({ specifier }) => {
    const other = featureOf(resolveRelative(module.file, specifier) ?? '');
    if (own && other && own !== other) return `feature ${own} must not import feature ${other}`;
    return other && module.file.startsWith('apps/web/ui/') ? `the kit must not know feature ${other}` : null;
  });
}

/** @param {string} file */
function featureOf(file) {
  return /^apps\/web\/features\/([^/]+)\//.exec(file)?.[1] ?? null;
}

/** @type {WallRule} */
export function connectionRule(module) {
  const room = roomOf(module.file);
  if (!room || isTestCode(module.file) || isToolConfig(module.file)) return [];
  const imported = faults(module, ({ specifier, typeOnly }) => {
    const maker = typeOnly ? undefined : CONNECTION_MAKERS.find(({ modules }) => modules.test(specifier));
    if (!maker || maker.rooms.includes(room)) return null;
    return `${specifier} can open a connection; only packages/egress leads outward`;
  });
  const apiClient = room === 'apps/web';
  const reached = apiClient ? [] : module.connectionLines.map((line) => `${module.file}:${line} a connection outside packages/egress`);
  return [...imported, ...reached];
}

/** @type {WallRule} */
export function exposeRule(module) {
  if (isTestCode(module.file) || MAY_EXPOSE.includes(module.file)) return [];
  return module.exposeLines.map((line) => `${module.file}:${line} a Secret is exposed; only ${MAY_EXPOSE.join(' and ')} may`);
}

/** @type {WallRule} */
export function browserRule(module) {
  const isBrowserCode = /^(apps\/web|packages\/contracts)\//.test(module.file);
  if (!isBrowserCode || isTestCode(module.file) || isToolConfig(module.file)) return [];
  return faults(module, ({ specifier }) => (isBuiltin(specifier) ? `${specifier} does not exist in a browser` : null));
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** Settings of a build tool, such as `vite.config.ts`. @param {string} file */
function isToolConfig(file) {
  return /\.config\.[a-z]+$/.test(file);
}

/** @param {Module} module @param {(found: Import) => string | null} judge */
function faults(module, judge) {
  return module.imports.flatMap((found) => {
    const fault = judge(found);
    return fault ? [`${module.file}:${found.line} ${fault}`] : [];
  });
}
