import { routes, type Workflow } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Archive, Download, Ellipsis, History, LayoutGrid, Pause, Play } from 'lucide-react';
import { callApi } from '../../../api-client.ts';
import { keepAnswer } from '../../../keep-answer.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { showToast } from '../../../ui/toast.ts';
import { downloadText, fileNameOf } from '../download-text.ts';
import { workflowQuery } from '../workflow-queries.ts';
import type { Draft } from './use-draft.ts';

const actions = { pause: routes.pauseWorkflow, resume: routes.resumeWorkflow, archive: routes.archiveWorkflow } as const;

export interface BuilderMenuProps {
  readonly workflow: Workflow;
  readonly draft: Draft;
  readonly mayWrite: boolean;
  readonly onTidy: () => void;
  readonly onVersions: () => void;
}

export function BuilderMenu({ workflow, draft, mayWrite, onTidy, onVersions }: BuilderMenuProps) {
  const queryClient = useQueryClient();
  const change = useMutation({
    scope: { id: `state ${workflow.id}` },
    mutationFn: (action: keyof typeof actions) => callApi(actions[action], { params: { id: workflow.id } }),
    onSuccess: (changed) => keepAnswer(queryClient, workflowQuery(workflow.id).queryKey, changed),
    onError: (error) => showToast({ title: 'The state was not changed.', description: error.message, tone: 'bad' }),
  });
  const role = mayWrite ? null : 'Your role does not edit pipelines.';
  const { name, graph } = draft.content;
  const stops = workflow.state === 'active';
  return (
    <Menu
      trigger={<Button variant="ghost" size="icon" aria-label="More actions" icon={<Ellipsis aria-hidden className="size-4" />} />}
      actions={[
        { label: 'Versions', icon: <History />, onSelect: onVersions },
        { label: 'Tidy up', icon: <LayoutGrid />, unavailable: role, onSelect: onTidy },
        {
          label: 'Export as JSON',
          icon: <Download />,
          onSelect: () => downloadText(`${fileNameOf(name)}.json`, 'application/json', JSON.stringify({ name, graph }, null, 2)),
        },
        {
          label: stops ? 'Pause' : 'Resume',
          icon: stops ? <Pause /> : <Play />,
          separated: true,
          unavailable: role ?? (workflow.state === 'draft' ? 'Publish it first.' : null),
          onSelect: () => change.mutate(stops ? 'pause' : 'resume'),
        },
        {
          label: 'Archive',
          icon: <Archive />,
          unavailable: role ?? (workflow.state === 'archived' ? 'It is archived already.' : null),
          onSelect: () => change.mutate('archive'),
        },
      ]}
    />
  );
}
