import { parseSync, Visitor } from 'oxc-parser';

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {boolean} typeOnly gone after compilation
 * @property {number} line
 *
 * @typedef {object} Module what the rules look at
 * @property {string} file relative to the root
 * @property {Import[]} imports
 * @property {number[]} exposeLines where `.expose()` is called
 * @property {number[]} connectionLines where a connection maker of the runtime is reached through `globalThis`
 */

const CONNECTION_GLOBALS = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);

/** Reads one TypeScript or JavaScript file. @param {string} file @param {string} source @returns {Module} */
export function readModule(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  /** @type {Module} */
  const module = { file, imports: [], exposeLines: [], connectionLines: [] };
  /** @param {{ start: number }} node */
  const lineOf = (node) => source.slice(0, node.start).split('\n').length;
  /** @param {any} specifier @param {boolean} typeOnly */
  const addImport = (specifier, typeOnly) => {
    if (typeof specifier?.value === 'string') module.imports.push({ specifier: specifier.value, typeOnly, line: lineOf(specifier) });
  };

  new Visitor({
    ImportDeclaration: (node) => addImport(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => addImport(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => addImport(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => addImport(node.source, false),
    TSImportType: (node) => addImport(node.source, true),
    CallExpression: (node) => {
      const callee = /** @type {any} */ (node.callee);
      if (callee.type === 'Identifier' && callee.name === 'require') addImport(node.arguments[0], false);
      if (memberName(callee) === 'expose') module.exposeLines.push(lineOf(node));
    },
    MemberExpression: (node) => {
      const { object } = /** @type {any} */ (node);
      const isGlobal = object.type === 'Identifier' && /^(globalThis|global|window|self)$/.test(object.name);
      if (isGlobal && CONNECTION_GLOBALS.has(memberName(node) ?? '')) module.connectionLines.push(lineOf(node));
    },
  }).visit(program);
  return module;
}

/** The name in `a.name`, `a?.name` or `a['name']`. @param {any} node @returns {string | null} */
function memberName(node) {
  const member = node.type === 'ChainExpression' ? node.expression : node;
  if (member.type !== 'MemberExpression') return null;
  return member.computed ? (member.property.value ?? null) : member.property.name;
}
