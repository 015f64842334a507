import { Money } from '../../ui/money.tsx';
import type { DayCost } from './day-series.ts';
import { formatDay } from './format-day.ts';

export function CostTable({ days }: { readonly days: readonly DayCost[] }) {
  return (
    <table>
      <caption>Cost per day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Cost</th>
          <th scope="col">Calls</th>
          <th scope="col">Of unknown cost</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{formatDay(day.day)}</th>
            <td>
              <Money amount={day.cost} />
            </td>
            <td>{day.calls}</td>
            <td>{day.unknownCostCalls}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
