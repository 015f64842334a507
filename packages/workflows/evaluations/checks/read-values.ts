import { lookUp, parseTemplate, renderTemplate } from '@pipelines/contracts';

/** What the templates of checks speak of: one task's output, and its row of the dataset. */
export interface CheckScope {
  readonly output: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is looked at: the value itself where the template is one variable, else a text. Undefined where that variable is absent. */
export function readActual(template: string, scope: CheckScope): unknown {
  const parts = parseTemplate(template.trim());
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'variable' ? lookUp(scope, only.path) : renderTemplate(template, scope);
}

/** The same for what is expected. Undefined when any of its variables is absent: what is not known is not compared with. */
export function readExpected(template: string, scope: CheckScope): unknown {
  const absent = parseTemplate(template).some((part) => {
    const value = part.kind === 'variable' ? lookUp(scope, part.path) : '';
    return value === undefined || value === null;
  });
  return absent ? undefined : readActual(template, scope);
}
