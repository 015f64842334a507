export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; none of anything else. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of each item of a list. */
export function items(value: unknown): readonly Fields[] {
  return list(value).map(fields);
}
