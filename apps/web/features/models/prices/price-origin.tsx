import type { Model } from '@pipelines/contracts';
import { priceSourceNames } from '../../../ui/price-source-names.ts';

export type PriceOriginProps = Pick<Model, 'price_source' | 'price_dated' | 'price_url'>;

/** Where prices come from, with the date and a link where the source has them. */
export function PriceOrigin({ price_source, price_dated, price_url }: PriceOriginProps) {
  if (price_source === null) return <span className="text-muted">not known</span>;
  return (
    <>
      {price_url === null ? (
        priceSourceNames[price_source]
      ) : (
        <a href={price_url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
          {priceSourceNames[price_source]}
        </a>
      )}
      {price_dated && <span className="text-muted">, {price_dated}</span>}
    </>
  );
}
