import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { repointsQuery, useUndoRepoint } from './use-repoint.ts';

/** The repoints from and to a model, each with its undo. Absent while there were none. */
export function RepointHistory({ slug }: { readonly slug: string }) {
  const repoints = useQuery(repointsQuery(slug));
  const undo = useUndoRepoint();
  const mayWrite = useMay('workflows:write');
  const rows = repoints.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label="Repoints" className="rounded-xl border border-line">
      <h2 className="border-line border-b px-4 py-2.5 font-medium">Repoints</h2>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-[13px]">
            <span className="min-w-0 flex-1">
              <code className="font-mono">{row.from}</code> → <code className="font-mono">{row.to}</code>
              <span className="text-muted">
                {' '}
                · {row.workflows} {row.workflows === 1 ? 'workflow' : 'workflows'}
                {row.api_keys > 0 && `, ${row.api_keys} API ${row.api_keys === 1 ? 'key' : 'keys'}`} · <RelativeTime at={row.created_at} />
                {row.created_by && ` by ${row.created_by}`}
              </span>
            </span>
            {row.undone_at ? (
              <span className="text-muted">
                Undone <RelativeTime at={row.undone_at} />
              </span>
            ) : (
              <Button
                size="small"
                pending={undo.isPending && undo.variables.id === row.id}
                unavailable={mayWrite ? null : 'Your role does not change workflows.'}
                aria-label={`Undo repoint from ${row.from} to ${row.to}`}
                onClick={() => undo.mutate(row)}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
