import { renderTemplate, type TemplateScope } from '@pipelines/contracts';
import { StepFailure } from '../step-failure.ts';

/** A URL with its variables put in. Only one at the very beginning may say where to; others are escaped, so that data stays data. */
export function renderUrl(template: string, scope: TemplateScope): string {
  return renderTemplate(template.trim(), scope, (text, index) => (index === 0 ? text : escapeText(text)));
}

/** A path beneath an address that stands: every variable is escaped. */
export function renderPath(template: string, scope: TemplateScope): string {
  return renderTemplate(template.trim(), scope, escapeText);
}

/** @throws StepFailure `invalid_request` for what a parser takes for a step along the path, however it is escaped */
function escapeText(text: string): string {
  if (text === '.' || text === '..')
    throw new StepFailure('invalid_request', `A variable in the address is "${text}", which would lead elsewhere.`);
  // Half of a character cannot be escaped.
  return encodeURIComponent(Buffer.from(text).toString());
}
