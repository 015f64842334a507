import { lookUp, parseTemplate, type TemplateScope, textOf } from '@pipelines/contracts';

/** A URL with its variables put in. Only one at the very beginning may say where to; others are escaped, so that data stays data. */
export function renderUrl(template: string, scope: TemplateScope): string {
  return render(template, scope, (text, index) => (index === 0 ? text : encodeURIComponent(text)));
}

/** A path beneath an address that stands: every variable is escaped. */
export function renderPath(template: string, scope: TemplateScope): string {
  return render(template, scope, encodeURIComponent);
}

function render(template: string, scope: TemplateScope, put: (text: string, index: number) => string): string {
  return parseTemplate(template.trim())
    .map((part, index) => (part.kind === 'text' ? part.text : put(textOf(lookUp(scope, part.path)), index)))
    .join('');
}
