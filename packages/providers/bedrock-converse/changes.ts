/** Collects what a translation drops or rewrites, in words of ours. */
export class Changes {
  readonly list: string[] = [];

  note(field: string, change: string): void {
    this.list.push(`${field}: ${change}`);
  }
}
