import type { UnitPrices } from '@pipelines/contracts';
import type { ModelRow, PlatformModelRow } from '../models/model-rows.ts';
import { trimDecimal } from '../models/trim-decimal.ts';

/** What calls of a model are charged at. */
export function pricesOf(row: ModelRow | PlatformModelRow): UnitPrices {
  return {
    input: trimDecimal(row.inputCostPerToken),
    output: trimDecimal(row.outputCostPerToken),
    cacheRead: 'cacheReadCostPerToken' in row ? trimDecimal(row.cacheReadCostPerToken) : null,
    cacheWrite: 'cacheWriteCostPerToken' in row ? trimDecimal(row.cacheWriteCostPerToken) : null,
    ...('priceTiers' in row && row.priceTiers.length > 0 && { tiers: row.priceTiers }),
  };
}
