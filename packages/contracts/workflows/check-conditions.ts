import type { Condition, StepOf } from './graph.ts';
import { parseJsonPath } from './json-path.ts';
import { variablesOf } from './templates.ts';

/** What of a pattern the engine without backtracking cannot follow: looking around, and what was matched before. */
const lookaround = /\(\?<?[=!]|\\[1-9]/;

/** Paths, patterns and numbers in a gate's conditions that could only fail when a task meets them. */
export function checkConditions({ config }: StepOf<'gate'>): readonly (readonly [field: string, message: string])[] {
  return config.routes.flatMap((route, index) =>
    route.conditions.flatMap((condition, place) => {
      const at = `routes.${index}.conditions.${place}`;
      const operand = faultOfOperand(condition);
      return [
        ...(condition.json_path.trim() !== '' && parseJsonPath(condition.json_path) === null
          ? [[`${at}.json_path`, `"${condition.json_path}" is not a path such as $.items[0].kind.`] as const]
          : []),
        ...(operand === null ? [] : [[`${at}.operand`, operand] as const]),
      ];
    }),
  );
}

function faultOfOperand({ operator, operand }: Condition): string | null {
  // What a variable stands for is known when the task runs.
  if (variablesOf(operand).length > 0) return null;
  if (operator === 'greater' || operator === 'less') {
    return operand.trim() !== '' && Number.isFinite(Number(operand)) ? null : 'Enter a number, or a variable that is one.';
  }
  if (operator !== 'matches') return null;
  if (operand === '') return 'Enter a pattern.';
  if (lookaround.test(operand)) return 'The pattern looks around or back, which is not possible here.';
  try {
    new RegExp(operand);
    return null;
  } catch {
    return 'The pattern is not a regular expression.';
  }
}
