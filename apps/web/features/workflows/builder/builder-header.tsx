import type { GraphProblem, Workflow } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { ListChecks, Play, Redo2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { WorkflowStateWord } from '../workflow-state.tsx';
import { BuilderMenu } from './builder-menu.tsx';
import { DraftName } from './draft-name.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SaveStateWord } from './save-state-word.tsx';
import type { Draft } from './use-draft.ts';

const RunDialog = lazy(() => import('../tasks/run-dialog.tsx'));
const VersionsDialog = lazy(() => import('./versions-dialog.tsx'));

export interface BuilderHeaderProps {
  readonly workflow: Workflow;
  readonly draft: Draft;
  readonly problems: readonly GraphProblem[];
  readonly mayWrite: boolean;
  readonly onTidy: () => void;
  readonly onOpenProblem: (problem: GraphProblem) => void;
}

/** Name, state and what can be done with the whole workflow. */
export function BuilderHeader({ workflow, draft, problems, mayWrite, onTidy, onOpenProblem }: BuilderHeaderProps) {
  const [opened, setOpened] = useState<'publish' | 'run' | 'versions' | null>(null);
  const { name } = draft.content;
  const close = () => setOpened(null);
  useEffect(() => {
    document.title = `${name} · Pipelines`;
  }, [name]);
  const role = mayWrite ? null : 'Your role does not edit pipelines.';
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-2.5">
      <DraftName name={name} isEditable={mayWrite} onChange={(next) => draft.edit((content) => ({ ...content, name: next }), 'name')} />
      <WorkflowStateWord state={workflow.state} />
      {workflow.published_version !== null && <Badge>Version {workflow.published_version}</Badge>}
      <SaveStateWord draft={draft} />
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Undo"
          icon={<Undo2 aria-hidden className="size-4" />}
          unavailable={draft.canUndo ? null : 'Nothing to undo.'}
          onClick={draft.undo}
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label="Redo"
          icon={<Redo2 aria-hidden className="size-4" />}
          unavailable={draft.canRedo ? null : 'Nothing to redo.'}
          onClick={draft.redo}
        />
        <Link
          to="/workflows/$id/tasks"
          params={{ id: workflow.id }}
          className="flex h-8 items-center gap-1.5 rounded-lg px-2.5 font-medium text-[13px] hover:bg-hover"
        >
          <ListChecks aria-hidden className="size-4" />
          Tasks
        </Link>
        <BuilderMenu workflow={workflow} draft={draft} mayWrite={mayWrite} onTidy={onTidy} onVersions={() => setOpened('versions')} />
        <Button
          size="small"
          icon={<Play aria-hidden className="size-3.5" />}
          unavailable={role ?? whyNoRun(workflow)}
          onClick={() => setOpened('run')}
        >
          Run
        </Button>
        <Button size="small" variant="primary" unavailable={role ?? whyNoPublish(workflow, draft)} onClick={() => setOpened('publish')}>
          Publish
        </Button>
      </div>
      {opened === 'publish' && (
        <PublishDialog workflow={workflow} draft={draft} problems={problems} onOpenProblem={onOpenProblem} onClose={close} />
      )}
      <Suspense>
        {opened === 'run' && <RunDialog workflow={workflow} onClose={close} />}
        {opened === 'versions' && <VersionsDialog workflow={workflow} draft={draft} mayWrite={mayWrite} onClose={close} />}
      </Suspense>
    </header>
  );
}

function whyNoRun(workflow: Workflow): string | null {
  if (workflow.published_version === null) return 'Publish the pipeline first: tasks run a published version.';
  return workflow.state === 'archived' ? 'The pipeline is archived and takes no tasks.' : null;
}

function whyNoPublish(workflow: Workflow, draft: Draft): string | null {
  if (draft.saveState === 'conflict' || draft.saveState === 'failed') return 'The draft is not saved.';
  return draft.saveState === 'saved' && !workflow.has_changes && workflow.published_version !== null
    ? 'Nothing has changed since the published version.'
    : null;
}
