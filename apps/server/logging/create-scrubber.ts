const replacement = '[secret]';
/** Shorter texts would blank out half of every line. */
const shortestSecret = 8;

/** Shapes of secrets that nobody should have written: keys of ours, of providers, of AWS; bearer and URL passwords; private keys. */
const shapes: readonly RegExp[] = [
  /\bppl_[0-9a-f]{40}\b/g,
  /\b(?:sk|fw|hf|tgp|pk|rk|gsk|xai|r8)[-_][A-Za-z0-9_-]{16,}/g,
  /\bABSK[A-Za-z0-9+/=]{16,}/g,
  /\bbedrock-api-key-[A-Za-z0-9+/=_-]{16,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bBearer\s+[^\s"\\]{8,}/gi,
  /(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/**
 * The last look at a line before it is written. Nothing should be left to find by then: events are
 * allow-listed and secrets are `Secret`s; this catches what a mistake would let through.
 *
 * @param secrets texts in use; found as they are, in base64, URL-encoded and JSON-escaped
 */
export function createScrubber(secrets: readonly string[]): (line: string) => string {
  const exact = [...new Set(secrets.filter((text) => text.length >= shortestSecret).flatMap(spellings))].sort(
    (a, b) => b.length - a.length,
  );
  return (line) => {
    let scrubbed = line;
    for (const text of exact) scrubbed = scrubbed.replaceAll(text, replacement);
    for (const shape of shapes) scrubbed = scrubbed.replace(shape, replacement);
    return scrubbed;
  };
}

function spellings(text: string): string[] {
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
  ];
}
