/** Collects what a translation drops or rewrites, in words of ours. */
export class Changes {
  readonly list: string[] = [];

  note(field: string, change: string): void {
    this.list.push(`${field}: ${change}`);
  }

  /** Notes every field of a request that a wire has no place for; one that asks for nothing is not worth a word. */
  noteDropped(request: Readonly<Record<string, unknown>>, knownFields: ReadonlySet<string>, providerName: string): void {
    for (const [field, value] of Object.entries(request)) {
      if (knownFields.has(field) || value === null || value === false || (field === 'n' && value === 1)) continue;
      // A field's name is the caller's text, and the notes become a header.
      if (/^[A-Za-z0-9_]{1,40}$/.test(field)) this.note(field, `dropped, ${providerName} has no such parameter`);
    }
  }
}
