/** A conversation whose roles alternate: what one side says in a row is one turn. */
export class Turns<Role extends string, Part> {
  readonly list: { readonly role: Role; readonly parts: Part[] }[] = [];

  /** Adds to the last turn where it is the same side's. Nothing said is no turn. */
  push(role: Role, parts: readonly Part[]): void {
    if (parts.length === 0) return;
    const last = this.list.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else this.list.push({ role, parts: [...parts] });
  }
}

/** What stands where a provider wants a text and there is none. */
export const EMPTY_TEXT = '(empty)';
