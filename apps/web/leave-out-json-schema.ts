import type { Plugin } from 'vite';

const MODULES = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;
const EXPORTED = /^export (?:const|function|class) (\w+)/gm;

/** Takes zod's making of JSON schemas out of the page, which only checks values with its schemas: 5 KB of the first load. */
export function leaveOutJsonSchema(): Plugin {
  return {
    name: 'leave-out-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!MODULES.test(id)) return null;
      const names = [...code.matchAll(EXPORTED)].map(([, name]) => name);
      const exported = names.map((name) => `leftOut as ${name}`).join(', ');
      return {
        code: `function leftOut() { throw new Error('The page is built without JSON schemas of zod schemas.'); }\nexport { ${exported} };`,
        map: null,
      };
    },
  };
}
