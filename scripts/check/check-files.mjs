import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const MAX_LINES = 400;
const COUNTED = /\.(ts|tsx|mjs|js|css|html|sql|json|ya?ml|md|py)$/;
const NOT_WRITTEN_BY_HAND = /(^|\/)(package-lock\.json|train\.py)$|\/migrations\/|\/snapshot[^/]*\.json$|\/__fixtures__\/.*\.json$/;
const EMPTY_NAMES = /^(utils?|shared|common|core|helpers?)$/;

/** Files that have grown past what one head holds. @param {string} root @param {string[]} files */
export function checkFileSizes(root, files) {
  return files
    .filter((file) => COUNTED.test(file) && !NOT_WRITTEN_BY_HAND.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file} has ${lines} lines; ${MAX_LINES} is the most. Split it by what it does`);
}

/** Names that say nothing of what is inside. @param {string} _root @param {string[]} files */
export function checkNames(_root, files) {
  return files
    .filter((file) => file.split('/').some((part) => EMPTY_NAMES.test(basename(part).split('.')[0] ?? '')))
    .map((file) => `${file} is named for nothing; name it for what it does`);
}
