/** A decimal as PostgreSQL prints it (`0.00000250`) in its shortest exact form (`0.0000025`). */
export function trimDecimal(text: string): string;
export function trimDecimal(text: string | null): string | null;
export function trimDecimal(text: string | null): string | null {
  if (text === null || !text.includes('.')) return text;
  return text.replace(/0+$/, '').replace(/\.$/, '');
}

/** Whether two decimals are the same number, however they are written. */
export function isSameDecimal(a: string | null, b: string | null): boolean {
  const short = (text: string) => trimDecimal(text.replace(/^0+(?=\d)/, ''));
  return a === null || b === null ? a === b : short(a) === short(b);
}
