const REDACTED = '[secret]';

/**
 * A string that must not be seen. It prints, serialises and inspects as `[secret]`; the only way to
 * the value is `expose()`, which a lint rule allows in two files: where a credential is sealed or
 * opened, and where a request to a provider is authorised.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  expose(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
