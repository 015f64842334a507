import type { PricePeriod } from '@pipelines/contracts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { describePrices } from './describe-prices.ts';
import { PriceOrigin } from './price-origin.tsx';

/** Every price set, from when to when, where it came from, and who set it. */
export function PriceHistory({ periods }: { readonly periods: readonly PricePeriod[] }) {
  return (
    <Table label="Price history">
      <TableHead card>
        <Th lead>From</Th>
        <Th>Until</Th>
        <Th>Prices</Th>
        <Th>Source</Th>
        <Th>Set by</Th>
      </TableHead>
      <tbody>
        {periods.map((period) => (
          <Tr card key={period.id} className="align-top text-[13px]">
            <Td place="lead" className="whitespace-nowrap align-top">
              <RelativeTime at={period.since} />
            </Td>
            <Td place="beside" className="whitespace-nowrap align-top">
              {period.until === null ? <span className="font-medium text-ok">holds now</span> : <RelativeTime at={period.until} />}
            </Td>
            <Td place="line" className="align-top">
              <ul>
                {describePrices(period).map(({ name, text }) => (
                  <li key={name} className="tabular-nums">
                    <span className="text-muted">{name}</span> {text}
                  </li>
                ))}
              </ul>
            </Td>
            <Td className="align-top">
              <PriceOrigin {...period} />
            </Td>
            <Td label="set by" className="align-top">
              {setBy(period)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function setBy({ set_by }: PricePeriod): string {
  if (set_by === null) return 'its source';
  return set_by.name ?? (set_by.type === 'api_key' ? 'an API key' : set_by.type === 'system' ? 'the server' : 'a former member');
}
