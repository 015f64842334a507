/** One of them, by chance, as often as its weight says. Those of weight 0 only when there are no others. Null: there is none. */
export function drawByWeight<Item extends { readonly weight: number }>(items: readonly Item[], random: () => number): Item | null {
  if (items.length <= 1) return items[0] ?? null;
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return items[Math.floor(random() * items.length)] ?? null;
  let left = random() * total;
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items.findLast(({ weight }) => weight > 0) ?? null;
}
