import { lookUp, parseTemplate, type TemplateScope, textOf } from '@pipelines/contracts';

/** A URL with its variables put in. Only one at the very beginning may say where to; others are escaped, so that data stays data. */
export function renderUrl(template: string, scope: TemplateScope): string {
  return parseTemplate(template.trim())
    .map((part, index) => {
      if (part.kind === 'text') return part.text;
      const text = textOf(lookUp(scope, part.path));
      return index === 0 ? text : encodeURIComponent(text);
    })
    .join('');
}
