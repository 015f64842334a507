/** Why the server does not start: every fault of its configuration at once, in sentences for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIGURATION';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
