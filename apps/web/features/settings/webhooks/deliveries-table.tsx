import type { WebhookDelivery } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Status } from '../../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { deliveriesQuery } from './use-webhooks.ts';

const states: Record<WebhookDelivery['state'], { readonly tone: 'ok' | 'warn' | 'bad'; readonly word: string }> = {
  waiting: { tone: 'warn', word: 'Is sent again' },
  delivered: { tone: 'ok', word: 'Delivered' },
  failed: { tone: 'bad', word: 'Not delivered' },
};
const types: Record<WebhookDelivery['type'], string> = { 'budget.reached': 'Budget reached', test: 'Test' };

/** What was sent to one webhook lately. */
export function DeliveriesTable({ webhookId }: { readonly webhookId: string }) {
  const deliveries = useQuery(deliveriesQuery(webhookId));
  if (deliveries.error && !deliveries.data) return <ProblemAlert error={deliveries.error} onRetry={() => deliveries.refetch()} />;
  if (!deliveries.data) return null;
  if (deliveries.data.length === 0) return <p className="px-1 text-[13px] text-muted">Nothing has been sent to it yet.</p>;
  return (
    <Table label="Messages">
      <TableHead card>
        <Th lead>Message</Th>
        <Th>State</Th>
        <Th>Tries</Th>
        <Th>Last answer</Th>
        <Th>Sent</Th>
      </TableHead>
      <tbody>
        {deliveries.data.map((delivery) => (
          <Tr card key={delivery.id}>
            <Td place="lead">{types[delivery.type]}</Td>
            <Td place="beside">
              <Status tone={states[delivery.state].tone}>{states[delivery.state].word}</Status>
            </Td>
            <Td label="Tries" className="tabular-nums">
              {delivery.tries}
            </Td>
            <Td className="text-muted">{delivery.message ?? '—'}</Td>
            <Td className="text-muted">
              <RelativeTime at={delivery.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
