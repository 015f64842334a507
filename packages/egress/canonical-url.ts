import { PipelinesError } from '@pipelines/contracts';

const maxLength = 2048;

/**
 * The one spelling of a base URL: parsed once as browsers parse (so `http://2130706433` is seen as
 * `http://127.0.0.1`), international names in ASCII, no default port, no trailing dot or slash.
 * Idempotent. Whether the server may connect there is another question: see `Egress.checkTarget`.
 * @throws PipelinesError `invalid_request` naming `base_url`
 */
export function canonicalizeBaseUrl(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid('Enter the URL, such as https://api.example.com/v1.');
  if (trimmed.length > maxLength) throw invalid(`The URL is longer than ${maxLength.toLocaleString('en-US')} characters.`);
  // Parsers drop or bend these silently, so that a reader and a parser could see different hosts.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(trimmed)) throw invalid('The URL contains a space, a control character or a backslash.');
  if (!/^https?:\/\/[^/]/i.test(trimmed)) throw invalid('The URL must start with https:// or http://.');
  if (/[?#]/.test(trimmed)) throw invalid('The URL must have no query and no fragment.');
  if (/^[^/]*\/\/[^/]*@/.test(trimmed)) throw invalid('The URL must have no user name or password.');

  const url = parse(trimmed);
  if (url === null) throw invalid('This is not a valid URL.');
  if (url.port === '0') throw invalid('The port must be between 1 and 65535.');
  const hostname = url.hostname.replace(/\.+$/, '');
  if (hostname === '' || hostname.includes('..')) throw invalid('The host name is not valid.');
  const port = url.port === '' ? '' : `:${url.port}`;
  const canonical = `${url.protocol}//${hostname}${port}${url.pathname.replace(/\/+$/, '')}`;
  if (canonical.length > maxLength) throw invalid(`The URL is longer than ${maxLength.toLocaleString('en-US')} characters.`);
  // A host may turn into an address once its trailing dot is gone; what is stored must parse to itself.
  const again = parse(canonical);
  if (again === null || again.hostname !== hostname) throw invalid('The host name is not valid.');
  return canonical;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function invalid(message: string): PipelinesError {
  return new PipelinesError('invalid_request', { detail: message, fields: [{ field: 'base_url', message }], param: 'base_url' });
}
