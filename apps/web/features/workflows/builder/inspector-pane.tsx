import { createVariableCheck, type GraphProblem, type Model, type ToolEndpoint } from '@pipelines/contracts';
import { Trash2 } from 'lucide-react';
import { Fragment, type KeyboardEvent, useMemo } from 'react';
import { Button } from '../../../ui/button.tsx';
import { replaceStep } from '../graph/edit-graph.ts';
import { dropText, followRename, keepText } from '../graph/unfinished-texts.ts';
import type { EditorContext } from '../inspector/editor-context.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { offerVariables } from '../inspector/offer-variables.ts';
import { type Selection, selectStep } from './selection.ts';
import type { Draft } from './use-draft.ts';
import type { GraphCommands } from './use-graph-commands.ts';

export interface InspectorPaneProps {
  readonly draft: Draft;
  readonly models: readonly Model[];
  readonly endpoints: readonly ToolEndpoint[];
  readonly problems: readonly GraphProblem[];
  readonly selection: Selection;
  readonly isEditable: boolean;
  readonly commands: GraphCommands;
  readonly onSelect: (selection: Selection) => void;
}

const keyHelp = [
  ['Arrows', 'go from step to step'],
  ['Enter', 'opens its settings, Escape leads back'],
  ['Shift+Arrows', 'move it'],
  ['Delete', 'removes it'],
  ['Ctrl+Z, Ctrl+Y', 'undo, redo'],
  ['Ctrl+C, Ctrl+V', 'copy steps, also between pipelines'],
] as const;

/** Beside the canvas: the selected step, connection, or what to do first. */
export function InspectorPane({ draft, models, endpoints, problems, selection, isEditable, commands, onSelect }: InspectorPaneProps) {
  const { graph } = draft.content;
  const step = graph.steps.find((each) => each.name === selection.steps.at(-1));
  const scope = useMemo(
    () => (step ? { offered: offerVariables(step, graph), isKnown: createVariableCheck(step, graph) } : null),
    [step, graph],
  );
  const unavailable = isEditable ? null : 'Your role does not edit pipelines.';
  const context: EditorContext | null =
    step && scope
      ? {
          graph,
          models,
          endpoints,
          problems: problems.filter((problem) => problem.step === step.name),
          scope,
          unavailable,
          unfinished: draft.unfinished.filter((text) => text.step === step.name),
          keepText: (text) => draft.changeTexts((texts, now) => keepText(texts, now, { step: step.name, ...text })),
          dropText: (field) => draft.changeTexts((texts) => dropText(texts, { step: step.name, field })),
          change: (changed, field) => commands.editGraph((before) => replaceStep(before, changed), `${step.name} ${field}`),
          editGraph: commands.restructure,
        }
      : null;
  return (
    <section
      aria-label="Settings"
      data-settings
      onKeyDown={(event) => {
        // A list or a dialog that Escape has closed has prevented its default.
        if (event.key !== 'Escape' || event.defaultPrevented || !step || isInPopup(event)) return;
        event.preventDefault();
        onSelect(selectStep(step.name, true));
      }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[55%] w-full shrink-0 overflow-y-auto border-line border-t px-4 py-4 md:max-h-none md:w-[20rem] md:border-t-0 md:border-l xl:w-[23rem]"
    >
      {step && context ? (
        <Inspector
          key={step.name}
          step={step}
          context={context}
          onRename={(from, to) => {
            draft.changeTexts((texts) => followRename(texts, from, to));
            onSelect(selectStep(to));
          }}
          onRemove={commands.remove}
        />
      ) : selection.edge ? (
        <div className="space-y-3">
          <h2 className="font-semibold text-base">Connection</h2>
          <p className="text-[13px]">
            {selection.edge.from} → {selection.edge.to}
            {selection.edge.port !== 'next' && <span className="text-muted"> by “{selection.edge.port}”</span>}
          </p>
          <Button
            size="small"
            variant="danger"
            icon={<Trash2 aria-hidden className="size-3.5" />}
            unavailable={unavailable}
            onClick={commands.remove}
          >
            Disconnect
          </Button>
        </div>
      ) : (
        <div className="space-y-2 text-[13px] text-muted">
          <h2 className="font-semibold text-base text-fg">Settings</h2>
          <p>Choose a step to see its settings. A new step comes after the chosen one.</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            {keyHelp.map(([keys, does]) => (
              <Fragment key={keys}>
                <dt className="text-fg">{keys}</dt>
                <dd>{does}</dd>
              </Fragment>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

/** Events of a popup come here through React's tree, though it stands elsewhere in the page. */
function isInPopup(event: KeyboardEvent): boolean {
  return !(event.target instanceof Node && event.currentTarget.contains(event.target));
}
