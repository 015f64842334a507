import type { Canary } from './canaries.ts';

export interface Spelling {
  readonly encoding: string;
  readonly needle: Buffer;
}

/** Every way in which a secret may have been written down. */
export function spellCanary({ bytes, head }: Canary): readonly Spelling[] {
  const text = bytes.toString('utf8');
  const spelled: readonly (readonly [string, string | Buffer])[] = [
    ['raw', bytes],
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['URL-encoded', encodeURIComponent(text)],
    ['form-encoded', new URLSearchParams({ x: text }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(text).slice(1, -1)],
    ...base64Inside(bytes).flatMap((base64) => [
      ['base64', base64] as const,
      ['base64url', base64.replaceAll('+', '-').replaceAll('/', '_')] as const,
    ]),
    ...(head === '' ? [] : [['first 16', head] as const, ['first 16 in hex', Buffer.from(head).toString('hex')] as const]),
  ];
  const seen = new Set<string>();
  return spelled
    .map(([encoding, needle]) => ({ encoding, needle: Buffer.from(needle) }))
    .filter(({ needle }) => !seen.has(needle.toString('latin1')) && seen.add(needle.toString('latin1')));
}

/** What base64 makes of the bytes wherever they begin in a longer text, without the characters that they share with their neighbours. */
function base64Inside(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((offset * 8) / 6);
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return encoded.slice(from, whole);
  });
}
