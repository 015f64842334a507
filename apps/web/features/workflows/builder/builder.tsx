import { checkGraph, type GraphProblem, type Model, portsOf, type StepKind, type ToolEndpoint, type Workflow } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { layOutGraph } from '../graph/lay-out-graph.ts';
import { modelsBySlug, namedModels, stepModelsQuery } from '../workflow-queries.ts';
import { BuilderHeader } from './builder-header.tsx';
import { Canvas } from './canvas.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { focusField } from './focus-field.ts';
import { InspectorPane } from './inspector-pane.tsx';
import { Palette } from './palette.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { nothingSelected, type Selection, selectStep } from './selection.ts';
import { useBuilderKeys } from './use-builder-keys.ts';
import { useDraft } from './use-draft.ts';
import { useGraphCommands } from './use-graph-commands.ts';

export interface BuilderProps {
  readonly workflow: Workflow;
  /** Those of the draft as it was opened. */
  readonly models: readonly Model[];
  readonly endpoints: readonly ToolEndpoint[];
}

const maxSteps = 200;

/** The Pipeline Builder: canvas, palette, inspector and problems around one draft. */
export function Builder({ workflow, models: first, endpoints }: BuilderProps) {
  const mayWrite = useMay('workflows:write');
  const draft = useDraft(workflow);
  const { graph } = draft.content;
  const models = useQuery(stepModelsQuery(namedModels(graph))).data ?? first;
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const bySlug = useMemo(() => modelsBySlug(models), [models]);
  const byId = useMemo(() => new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])), [endpoints]);
  const { unfinished } = draft;
  const problems = useMemo(
    () => [...checkGraph(graph, bySlug, byId), ...unfinished.map(({ step, field, fault }) => ({ step, field, message: fault }))],
    [graph, bySlug, byId, unfinished],
  );
  const defaultModel = models.find((model) => model.is_default && model.active)?.slug ?? null;
  const commands = useGraphCommands({ draft, selection, select: setSelection, isEditable: mayWrite, defaultModel });
  useBuilderKeys(draft, commands);

  const selected = graph.steps.find((step) => step.name === selection.steps.at(-1)) ?? null;
  const missing = (['start', 'end'] as const).filter((kind): kind is Extract<StepKind, 'start' | 'end'> =>
    graph.steps.every((step) => step.kind !== kind),
  );

  function openProblem(problem: GraphProblem) {
    if (problem.step === null) return;
    setSelection(selectStep(problem.step));
    focusField(problem.field);
  }

  return (
    // The builder takes the whole window beside the sidebar; the frame of the other pages is too narrow for it.
    <div className="-mx-4 -my-6 flex h-[calc(100dvh-3.25rem)] flex-col bg-bg sm:-mx-9 sm:-my-8 md:fixed md:inset-y-0 md:right-0 md:left-[14.5rem] md:m-0 md:h-auto">
      <BuilderHeader
        workflow={workflow}
        draft={draft}
        problems={problems}
        mayWrite={mayWrite}
        onTidy={() => commands.editGraph(layOutGraph)}
        onOpenProblem={openProblem}
      />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <section aria-label="Canvas" className="relative min-h-64 min-w-0 flex-1">
          <ReactFlowProvider>
            <Canvas
              graph={graph}
              models={bySlug}
              problems={problems}
              selection={selection}
              isEditable={mayWrite}
              onSelect={setSelection}
              onConnect={commands.connect}
              onMove={commands.move}
            />
          </ReactFlowProvider>
          <div className="absolute top-3 right-3 left-3 z-10 w-fit">
            <Palette
              missing={missing}
              after={selected && portsOf(selected).length > 0 ? selected.title : null}
              unavailable={whyNoStep(mayWrite, graph.steps.length)}
              onAdd={commands.add}
            />
          </div>
          <div className="absolute right-3 bottom-3 left-14 z-10 w-fit">
            <ProblemsPanel graph={graph} problems={problems} onOpen={openProblem} />
          </div>
        </section>
        <InspectorPane
          draft={draft}
          models={models}
          endpoints={endpoints}
          problems={problems}
          selection={selection}
          isEditable={mayWrite}
          commands={commands}
          onSelect={setSelection}
        />
      </div>
      {draft.saveState === 'conflict' && <ConflictDialog workflowId={workflow.id} draft={draft} />}
    </div>
  );
}

function whyNoStep(mayWrite: boolean, steps: number): string | null {
  if (!mayWrite) return 'Your role does not edit pipelines.';
  return steps >= maxSteps ? `A pipeline has at most ${maxSteps} steps.` : null;
}
