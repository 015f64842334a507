import type { Step } from '@pipelines/contracts';
import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { isRemovable, renameStep } from '../graph/edit-graph.ts';
import { stepKindNames } from '../graph/new-step.ts';
import { Connections } from './connections.tsx';
import { type EditorContext, unavailableId } from './editor-context.ts';
import { GateFields } from './gate-fields.tsx';
import { HttpFields } from './http-fields.tsx';
import { LlmFields } from './llm-fields.tsx';
import { MappingFields } from './mapping-fields.tsx';
import { NameInput } from './name-input.tsx';
import { ReviewFields } from './review-fields.tsx';
import { StartFields } from './start-fields.tsx';
import { TryDisclosure } from './try/try-disclosure.tsx';

export interface InspectorProps {
  readonly step: Step;
  readonly context: EditorContext;
  readonly onRename: (from: string, to: string) => void;
  readonly onRemove: () => void;
}

/** Everything about one step. */
export function Inspector({ step, context, onRename, onRemove }: InspectorProps) {
  const isEditable = context.unavailable === null;
  const whole = context.problems.filter((problem) => problem.field === null);
  return (
    <fieldset disabled={!isEditable} className="space-y-5">
      <legend className="sr-only">Settings of {step.title}</legend>
      <div>
        <p className="text-muted text-xs">{stepKindNames[step.kind]}</p>
        <h2 className="break-words font-semibold text-base">{step.title}</h2>
      </div>
      {!isEditable && (
        <p id={unavailableId} className="rounded-lg bg-accent px-3 py-2 text-[13px] text-on-accent">
          {context.unavailable}
        </p>
      )}
      {whole.length > 0 && (
        <ul aria-label="Problems of the step" className="space-y-1 rounded-lg bg-bad-tint px-3 py-2 text-[13px] text-bad">
          {whole.map((problem) => (
            <li key={problem.message}>{problem.message}</li>
          ))}
        </ul>
      )}
      <StepFields step={step} context={context} />
      {step.kind === 'llm' && isEditable && <TryDisclosure step={step} context={context} />}
      <Connections step={step} context={context} />
      <TitleField step={step} context={context} />
      <NameInput
        label="Name in templates"
        field="name"
        context={context}
        value={step.name}
        taken={context.graph.steps.map((each) => each.name)}
        onValueChange={(name) => {
          context.editGraph((graph) => renameStep(graph, step.name, name));
          onRename(step.name, name);
        }}
        help={step.kind === 'llm' || step.kind === 'http' || step.kind === 'transform' ? `{{steps.${step.name}.output}}` : undefined}
      />
      {isRemovable(context.graph, step.name) && (
        <Button variant="danger" size="small" icon={<Trash2 aria-hidden className="size-3.5" />} onClick={onRemove}>
          Delete the step
        </Button>
      )}
    </fieldset>
  );
}

function StepFields({ step, context }: { readonly step: Step; readonly context: EditorContext }) {
  switch (step.kind) {
    case 'start':
      return <StartFields step={step} context={context} />;
    case 'llm':
      return <LlmFields step={step} context={context} />;
    case 'gate':
      return <GateFields step={step} context={context} />;
    case 'review':
      return <ReviewFields step={step} context={context} />;
    case 'http':
      return <HttpFields step={step} context={context} />;
    case 'transform':
    case 'end':
      return <MappingFields step={step} context={context} />;
  }
}

/** The title is never empty in the draft: an emptied field keeps the last one. */
function TitleField({ step, context }: { readonly step: Step; readonly context: EditorContext }) {
  const [text, setText] = useState(step.title);
  useEffect(() => setText((before) => (before.trim() === step.title ? before : step.title)), [step.title]);
  return (
    <Field label="Title">
      <Input
        value={text}
        maxLength={80}
        onChange={(event) => {
          setText(event.target.value);
          const title = event.target.value.trim();
          if (title) context.change({ ...step, title }, 'title');
        }}
        onBlur={() => setText(step.title)}
      />
    </Field>
  );
}
