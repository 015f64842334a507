import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { routes, type Session } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Box, Search, Workflow } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '../api-client.ts';
import { popupItemClass } from '../ui/popup-classes.ts';
import { useSettled } from '../use-settled.ts';
import { findTargets, keepFitting, type SearchTarget } from './search-targets.ts';

/** Finds any model, pipeline or page. The server searches, so that every one can be found. */
export default function SearchPalette({ session, onClose }: { readonly session: Session; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const models = useQuery({
    queryKey: ['models', 'palette', search],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 12, search }, signal }),
    placeholderData: keepPreviousData,
  });
  const workflows = useQuery({
    queryKey: ['workflows', 'palette', search],
    queryFn: ({ signal }) => callApi(routes.listWorkflows, { query: { limit: 6, search: search || undefined }, signal }),
    placeholderData: keepPreviousData,
    enabled: session.permissions.includes('workflows:read'),
  });
  const found = { models: models.data?.data ?? [], workflows: workflows.data?.data ?? [] };
  const isSearching = search !== typed.trim() || models.isPlaceholderData || workflows.isPlaceholderData;
  const groups = findTargets(typed, session.permissions, isSearching ? keepFitting(found, typed) : found);

  function open(target: SearchTarget) {
    onClose();
    if (target.kind === 'page') void navigate({ to: target.page.to });
    else if (target.kind === 'workflow') void navigate({ to: '/workflows/$id', params: { id: target.workflowId } });
    else void navigate({ to: '/models/$slug', params: { slug: target.slug } });
  }

  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-popup outline-none">
          <Dialog.Title className="sr-only">Search models, pipelines and pages</Dialog.Title>
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={typed}
            onValueChange={(value, details) => details.reason !== 'item-press' && setTyped(value)}
            itemToStringValue={(target: SearchTarget) => target.name}
            filter={null}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-2.5 border-line border-b px-4">
              <Search aria-hidden className="size-4 text-muted" />
              <Autocomplete.Input
                aria-label="Search models, pipelines and pages"
                placeholder="Search models, pipelines and pages"
                className="h-12 flex-1 bg-transparent text-sm outline-none"
              />
            </div>
            <Autocomplete.Empty className="px-4 py-6 text-center text-muted empty:hidden">
              {isSearching || models.isPending || workflows.isLoading ? 'Searching…' : 'Nothing found.'}
            </Autocomplete.Empty>
            <Autocomplete.List className="max-h-[50vh] overflow-y-auto p-1.5 data-empty:p-0">
              {(group: { label: string; items: SearchTarget[] }) => (
                <Autocomplete.Group key={group.label} items={group.items}>
                  <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-muted text-xs">{group.label}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(target: SearchTarget) => (
                      <Autocomplete.Item key={target.id} value={target} onClick={() => open(target)} className={popupItemClass}>
                        <TargetRow target={target} />
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function TargetRow({ target }: { readonly target: SearchTarget }) {
  const Icon = target.kind === 'page' ? target.page.icon : target.kind === 'model' ? Box : Workflow;
  return (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="truncate">{target.name}</span>
      {target.kind === 'model' && <span className="ml-auto truncate pl-4 font-mono text-muted text-xs">{target.slug}</span>}
    </>
  );
}
