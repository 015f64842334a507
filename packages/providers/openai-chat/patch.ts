/** Collects what must change in a request, and says so in words of ours. */
export class Patch {
  readonly fields: Record<string, unknown> = {};
  readonly removed: string[] = [];
  readonly changes: string[] = [];

  set(field: string, value: unknown, change: string | null = null): void {
    this.fields[field] = value;
    if (change !== null) this.note(field, change);
  }

  remove(field: string, change: string | null): void {
    this.removed.push(field);
    if (change !== null) this.note(field, change);
  }

  note(field: string, change: string): void {
    this.changes.push(`${field}: ${change}`);
  }
}
