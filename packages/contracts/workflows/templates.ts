/**
 * Templates are logic-less: text with variables, `{{input.ticket}}`, `{{steps.classify.output.label}}`.
 * Nothing is ever evaluated. What is put in is data: it is not searched for variables again.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly path: readonly string[]; readonly source: string };

const variable = /\{\{\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}\}/g;

export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(variable)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    parts.push({ kind: 'variable', path: (match[1] ?? '').split('.'), source: match[0] });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** A variable where it stands in a template, braces included: characters `from` to `to`, the last one not counted. */
export interface PlacedVariable {
  readonly variable: string;
  readonly from: number;
  readonly to: number;
}

/** Every variable of a template, in order of appearance. */
export function placeVariables(template: string): PlacedVariable[] {
  let to = 0;
  return parseTemplate(template).flatMap((part): PlacedVariable[] => {
    const from = to;
    to += part.kind === 'text' ? part.text.length : part.source.length;
    return part.kind === 'text' ? [] : [{ variable: part.path.join('.'), from, to }];
  });
}

/** The variables of a template, each once, in order of appearance: `['input.ticket', …]`. */
export function variablesOf(template: string): string[] {
  return [...new Set(placeVariables(template).map(({ variable }) => variable))];
}

/** What variables stand for. */
export interface TemplateScope {
  readonly input: Readonly<Record<string, unknown>>;
  readonly steps: Readonly<Record<string, { readonly output: unknown }>>;
}

/** The value at a path into a `TemplateScope` or another object of values; undefined where there is none. Only own properties count. */
export function lookUp(scope: object, path: readonly string[]): unknown {
  let value: unknown = scope;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** What a template may come to, in characters: one that repeats a long value would take all memory. */
export const maxRenderedLength = 10_000_000;

/** A template that would come to more than `maxRenderedLength` characters. */
export class RenderedTooLong extends Error {
  override readonly name = 'RenderedTooLong';
}

/**
 * The template with its variables put in as text: strings as they are, everything else as JSON, nothing for what is absent.
 * @param put how the text of a variable is put in at its place among the parts; default: as it is
 * @throws RenderedTooLong
 */
export function renderTemplate(template: string, scope: object, put: (text: string, index: number) => string = (text) => text): string {
  let length = 0;
  const rendered = parseTemplate(template).map((part, index) => {
    const text = part.kind === 'text' ? part.text : put(textOf(lookUp(scope, part.path)), index);
    length += text.length;
    if (length > maxRenderedLength) throw new RenderedTooLong();
    return text;
  });
  return rendered.join('');
}

/** Like `renderTemplate`, but a template that is one variable alone keeps that variable's type. */
export function renderValue(template: string, scope: object): unknown {
  const parts = parseTemplate(template.trim());
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'variable') return lookUp(scope, only.path) ?? null;
  return renderTemplate(template, scope);
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
