import type { Credential } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { formatUsd } from '../../ui/decimal-text.ts';
import { providerNames } from '../../ui/provider-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { CredentialStatusWord } from './credential-status.tsx';

export function CredentialsTable({ credentials }: { readonly credentials: readonly Credential[] }) {
  return (
    <Table label="Credentials">
      <TableHead>
        <Th>Credential</Th>
        <Th className="@max-2xl:hidden">Destination</Th>
        <Th className="@max-2xl:hidden">Models</Th>
        <Th>Spend, 30 days</Th>
        <Th className="@max-4xl:hidden">Last used</Th>
        <Th>Status</Th>
      </TableHead>
      <tbody>
        {credentials.map((credential) => (
          <CredentialRow key={credential.id} credential={credential} />
        ))}
      </tbody>
    </Table>
  );
}

function CredentialRow({ credential }: { readonly credential: Credential }) {
  const { base_url, region } = credential.destination;
  const { calls, cost, unknown_cost_calls } = credential.usage;
  return (
    <Tr className="hover:bg-panel">
      <Td>
        <Link
          to="/credentials/$id"
          params={{ id: credential.id }}
          className="font-medium font-mono text-[13px] underline-offset-2 hover:underline"
        >
          {credential.preview}
        </Link>
        <div className="whitespace-nowrap text-muted text-xs">{providerNames[credential.provider]}</div>
      </Td>
      <Td className="max-w-64 @max-5xl:max-w-48 @max-2xl:hidden">
        <span className="block truncate font-mono text-[13px]" title={base_url}>
          {base_url.replace(/^https?:\/\//, '')}
        </span>
        {region && <span className="block text-muted text-xs">{region}</span>}
      </Td>
      <Td className="max-w-56 @max-4xl:max-w-44 @max-2xl:hidden">
        <ModelNames credential={credential} />
      </Td>
      <Td className="tabular-nums">
        {calls > 0 && unknown_cost_calls === calls ? <span className="text-muted">unknown</span> : formatUsd(cost)}
        <span className="block text-muted text-xs">
          {calls.toLocaleString()} {calls === 1 ? 'call' : 'calls'}
          {unknown_cost_calls > 0 && unknown_cost_calls < calls && `, ${unknown_cost_calls.toLocaleString()} of unknown cost`}
        </span>
      </Td>
      <Td className="whitespace-nowrap text-muted @max-4xl:hidden">
        {credential.last_used_at ? <RelativeTime at={credential.last_used_at} /> : 'never'}
      </Td>
      <Td>
        <CredentialStatusWord credential={credential} />
      </Td>
    </Tr>
  );
}

function ModelNames({ credential }: { readonly credential: Credential }) {
  const count = credential.active_model_count;
  const names = credential.models.filter(({ active }) => active).map(({ display_name }) => display_name);
  if (count === 0) return <span className="text-muted">none</span>;
  const rest = count > names.length ? [`and ${(count - names.length).toLocaleString()} more`] : [];
  return (
    <span title={[...names, ...rest].join('\n')} className="block truncate">
      {count === 1 ? names[0] : `${names[0]} + ${(count - 1).toLocaleString()}`}
    </span>
  );
}
