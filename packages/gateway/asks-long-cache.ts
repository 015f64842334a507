/** Whether something of a request is to stay in the provider's cache for an hour: a mark on a message, a part, a tool or all of it. */
export function asksLongCache(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(asksLongCache);
  return Object.entries(value).some(([name, inner]) => (name === 'cache_control' ? isLong(inner) : asksLongCache(inner)));
}

function isLong(mark: unknown): boolean {
  return typeof mark === 'object' && mark !== null && 'ttl' in mark && mark.ttl === '1h';
}
