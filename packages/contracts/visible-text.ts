/**
 * What nobody sees and yet is legitimate: the joiners between letters of scripts that join, and between the parts of an
 * emoji; a variation of an emoji, a Han or a Mongolian character; the letters of a flag. In Latin, Greek and Cyrillic
 * a joiner changes nothing that is seen.
 */
const legitimate = new RegExp(
  [
    String.raw`(?<=[\p{L}\p{M}])[\u200c\u200d](?=(?![\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}])\p{L})`,
    String.raw`(?<=[\p{ExtPict}\p{EMod}\ufe0f])\u200d(?=\p{ExtPict})`,
    String.raw`(?<=[\p{ExtPict}\p{scx=Han}\p{scx=Mongolian}])[\ufe00-\ufe0f\u180b-\u180d\u{e0100}-\u{e01ef}]`,
    String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
    String.raw`(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f}`,
  ].join('|'),
  'gu',
);

/** Control characters, other ends of lines, halves of characters, and what is drawn as nothing at all. */
const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]/gu;

/** Apart from blanks and accents that stand on nothing. The Braille pattern without a dot counts as a blank. */
const visible = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u;

/** Whether it has characters that nobody sees: two names could then look the same, and a name like another text. */
export function hasHidden(text: string): boolean {
  return text.replace(legitimate, '').search(hidden) !== -1;
}

/** Whether there is anything to be seen of it. */
export function isVisible(text: string): boolean {
  return visible.test(text.replace(hidden, ''));
}

/** Without what nobody sees, for a text that becomes a name unread, such as that of a file. */
export function withoutHidden(text: string): string {
  return hasHidden(text) ? text.replace(hidden, '') : text;
}
