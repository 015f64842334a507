/**
 * A base URL as people paste it, brought to the form that is stored: no trailing slash, no
 * endpoint path (`/chat/completions`, `/v1/messages` …) at its end. Syntax and policy are checked
 * elsewhere; a text that is no URL comes back trimmed.
 */
export function normalizeBaseUrl(text: string): string {
  return text
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/(?:chat\/completions|completions|messages|responses|models)$/, '')
    .replace(/\/+$/, '');
}
