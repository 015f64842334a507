import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DOCUMENT = /^[^/]+\.md$|^docs\/.*\.md$/;
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;
const CODE = /`([^`\s]+)`/g;
const TOP_FOLDERS = /^\.?\/?(apps|bench|demo|docs|e2e|packages|scripts|\.ci)\//;
/** Made at run time, or a placeholder to be filled in. */
const NOT_A_SOURCE = /(^|\/)(dist|data|node_modules)(\/|$)|[<>{}…$]/;

/** Paths that a document names and the repository does not have. @param {string} root @param {string[]} files */
export function checkDocuments(root, files) {
  return files
    .filter((file) => DOCUMENT.test(file))
    .flatMap((document) => {
      const text = readFileSync(join(root, document), 'utf8');
      const linked = [...text.matchAll(LINK)].map(([, path = '']) => join(dirname(document), path));
      const named = [...text.matchAll(CODE)].map(([, path = '']) => path).filter((path) => TOP_FOLDERS.test(path));
      return [...linked, ...named]
        .filter((path) => !exists(root, files, path))
        .map((path) => `${document} names ${path}, which does not exist`);
    });
}

/** @param {string} root @param {string[]} files @param {string} path */
function exists(root, files, path) {
  if (NOT_A_SOURCE.test(path)) return true;
  const plain = path.replace(/:\d+$/, '');
  return plain.includes('*') ? files.some((file) => toPattern(plain).test(file)) : existsSync(join(root, plain));
}

/** `*` is anything within a folder, `**` anything at all. @param {string} glob */
function toPattern(glob) {
  const source = glob.replace(/[.+()[\]]/g, '\\$&').replace(/\*+/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}$`);
}
