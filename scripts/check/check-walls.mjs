import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModule } from './read-module.mjs';
import { arrowRule, browserRule, connectionRule, doorRule, exposeRule, featureRule, protocolRule } from './wall-rules.mjs';

const RULES = [arrowRule, doorRule, protocolRule, featureRule, connectionRule, exposeRule, browserRule];
const MODULE = /\.(ts|tsx|mjs|js)$/;

/** The walls of the house, rule by rule. @param {string} root @param {string[]} files @returns {string[]} faults */
export function checkWalls(root, files) {
  const modules = files.filter((file) => MODULE.test(file)).map((file) => readModule(file, readFileSync(join(root, file), 'utf8')));
  return modules.flatMap((module) => RULES.flatMap((rule) => rule(module)));
}
