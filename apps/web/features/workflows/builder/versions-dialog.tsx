import type { Workflow } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { diffGraphs } from '../graph/diff-graphs.ts';
import { workflowVersionQuery, workflowVersionsQuery } from '../workflow-queries.ts';
import { GraphDiffView } from './graph-diff-view.tsx';
import type { Draft } from './use-draft.ts';

export interface VersionsDialogProps {
  readonly workflow: Workflow;
  readonly draft: Draft;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

/** Published versions, and how the draft differs from each. An old one can become the draft again. */
export default function VersionsDialog({ workflow, draft, mayWrite, onClose }: VersionsDialogProps) {
  const versions = useQuery(workflowVersionsQuery(workflow.id));
  const [chosen, setChosen] = useState(workflow.published_version);
  const version = useQuery({ ...workflowVersionQuery(workflow.id, chosen ?? 1), enabled: chosen !== null });
  const graph = version.data?.graph;

  function restore() {
    if (!graph) return;
    draft.edit((content) => ({ ...content, graph }));
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Versions"
      width="large"
      footer={
        <div className="flex justify-end">
          <Button unavailable={mayWrite ? (graph ? null : 'Choose a version.') : 'Your role does not edit pipelines.'} onClick={restore}>
            {chosen === null ? 'Make it the draft' : `Make version ${chosen} the draft`}
          </Button>
        </div>
      }
    >
      <ProblemAlert error={versions.error ?? version.error} />
      {versions.data?.data.length === 0 && <p className="text-muted">Nothing has been published yet.</p>}
      <div className="grid gap-5 sm:grid-cols-[13rem_minmax(0,1fr)]">
        <ul aria-label="Published versions" className="space-y-1">
          {versions.data?.data.map((each) => (
            <li key={each.version}>
              <button
                type="button"
                aria-pressed={each.version === chosen}
                onClick={() => setChosen(each.version)}
                className={classNames(
                  'w-full rounded-lg px-3 py-2 text-left text-[13px]',
                  each.version === chosen ? 'bg-accent' : 'hover:bg-hover',
                )}
              >
                <span className="flex justify-between gap-2 font-medium">
                  Version {each.version}
                  <span className="font-normal text-muted">
                    <RelativeTime at={each.published_at} />
                  </span>
                </span>
                {each.published_by && <span className="block text-muted">{each.published_by}</span>}
                {each.note && <span className="block break-words">{each.note}</span>}
              </button>
            </li>
          ))}
        </ul>
        {chosen !== null && (
          <section aria-label="Differences">
            <h3 className="mb-2 font-medium text-[13px]">From version {chosen} to the draft</h3>
            {graph ? <GraphDiffView diff={diffGraphs(graph, draft.content.graph)} /> : <Skeleton className="h-24" />}
          </section>
        )}
      </div>
    </Dialog>
  );
}
