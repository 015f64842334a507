import type { ToolEndpoint } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../ui/badge.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { EndpointStatus } from '../endpoint-status.tsx';
import { toolKindNames } from '../tool-kind-names.ts';

export function ToolEndpointTable({ endpoints }: { readonly endpoints: readonly ToolEndpoint[] }) {
  return (
    <Table label="Tool endpoints">
      <TableHead>
        <Th>Name</Th>
        <Th className="@max-lg:hidden">Kind</Th>
        <Th className="@max-md:hidden">Tools</Th>
        <Th className="@max-3xl:hidden">Credential</Th>
        <Th className="@max-2xl:hidden">Last refresh</Th>
        <Th>Status</Th>
      </TableHead>
      <tbody>
        {endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td className="w-full min-w-40 max-w-0">
              <Link to="/tools/$id" params={{ id: endpoint.id }} className="block truncate font-medium hover:underline">
                {endpoint.name}
              </Link>
              <code className="block truncate font-mono text-muted text-xs">{endpoint.url}</code>
            </Td>
            <Td className="@max-lg:hidden">
              <Badge>{toolKindNames[endpoint.kind]}</Badge>
            </Td>
            <Td className="tabular-nums @max-md:hidden">{countTools(endpoint)}</Td>
            <Td className="font-mono text-xs @max-3xl:hidden">
              {endpoint.credential_preview ?? <span className="font-sans text-muted">none</span>}
            </Td>
            <Td className="text-muted @max-2xl:hidden">
              {endpoint.last_refresh ? <RelativeTime at={endpoint.last_refresh.at} /> : 'not yet'}
            </Td>
            <Td>
              <EndpointStatus endpoint={endpoint} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function countTools({ tools }: ToolEndpoint): string {
  const on = tools.filter((tool) => tool.enabled).length;
  return on === tools.length ? String(on) : `${on} of ${tools.length}`;
}
