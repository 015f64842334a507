import type { ApiKey } from '@pipelines/contracts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Status } from '../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { roleMeanings, roleNames } from '../role-names.ts';
import { apiKeyState } from './api-key-state.ts';

export interface ApiKeysTableProps {
  readonly keys: readonly ApiKey[];
  readonly mayRevoke: boolean;
  readonly onRevoke: (key: ApiKey) => void;
  readonly onLimits: (key: ApiKey) => void;
}

export function ApiKeysTable({ keys, mayRevoke, onRevoke, onLimits }: ApiKeysTableProps) {
  return (
    <Table label="API keys">
      <TableHead>
        <Th>Name</Th>
        <Th className="@max-2xl:hidden">Role</Th>
        <Th className="@max-2xl:hidden">Models</Th>
        <Th className="@max-4xl:hidden">Created</Th>
        <Th className="@max-3xl:hidden">Last used</Th>
        <Th className="@max-lg:hidden">Status</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <tbody>
        {keys.map((key) => (
          <ApiKeyRow key={key.id} apiKey={key} mayRevoke={mayRevoke} onRevoke={onRevoke} onLimits={onLimits} />
        ))}
      </tbody>
    </Table>
  );
}

interface ApiKeyRowProps {
  readonly apiKey: ApiKey;
  readonly mayRevoke: boolean;
  readonly onRevoke: (key: ApiKey) => void;
  readonly onLimits: (key: ApiKey) => void;
}

function ApiKeyRow({ apiKey, mayRevoke, onRevoke, onLimits }: ApiKeyRowProps) {
  const state = apiKeyState(apiKey, Date.now());
  return (
    <Tr>
      <Td className="w-full min-w-36 max-w-0">
        <div className="truncate font-medium">{apiKey.name}</div>
        <code className="font-mono text-muted text-xs">ppl_…{apiKey.last_four}</code>
      </Td>
      <Td className="@max-2xl:hidden" title={roleMeanings[apiKey.role]}>
        <Badge>{roleNames[apiKey.role]}</Badge>
      </Td>
      <Td className="max-w-56 @max-2xl:hidden">
        {apiKey.allowed_models ? (
          <span title={apiKey.allowed_models.join('\n')} className="block truncate">
            {apiKey.allowed_models.length === 1 ? apiKey.allowed_models[0] : `${apiKey.allowed_models.length} models`}
          </span>
        ) : (
          <span className="text-muted">all</span>
        )}
      </Td>
      <Td className="text-muted @max-4xl:hidden">
        <RelativeTime at={apiKey.created_at} />
        {apiKey.created_by && <span className="block text-xs">by {apiKey.created_by}</span>}
      </Td>
      <Td className="text-muted @max-3xl:hidden">{apiKey.last_used_at ? <RelativeTime at={apiKey.last_used_at} /> : 'never'}</Td>
      <Td className="@max-lg:hidden">
        <KeyStatus apiKey={apiKey} />
      </Td>
      <Td className="whitespace-nowrap text-right">
        <Button size="small" variant="ghost" aria-label={`Limits of ${apiKey.name}`} onClick={() => onLimits(apiKey)}>
          Limits
        </Button>
        {state === 'active' && (
          <Button
            size="small"
            variant="ghost"
            aria-label={`Revoke ${apiKey.name}`}
            unavailable={mayRevoke ? null : 'Your role does not revoke API keys.'}
            onClick={() => onRevoke(apiKey)}
          >
            Revoke
          </Button>
        )}
      </Td>
    </Tr>
  );
}

function KeyStatus({ apiKey }: { readonly apiKey: ApiKey }) {
  const state = apiKeyState(apiKey, Date.now());
  if (state === 'revoked') return <Status tone="off">Revoked</Status>;
  if (state === 'expired') return <Status tone="warn">Expired</Status>;
  return (
    <>
      <Status tone="ok">Active</Status>
      {apiKey.expires_at && (
        <span className="block text-muted text-xs">
          ends <RelativeTime at={apiKey.expires_at} />
        </span>
      )}
    </>
  );
}
