import type { StepOf } from '@pipelines/contracts';
import { useParams } from '@tanstack/react-router';
import { FlaskConical, Square } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { InputForm } from '../../tasks/input-form.tsx';
import type { EditorContext } from '../editor-context.ts';
import { neededSamples, readSamples } from './samples.ts';
import { TryResult } from './try-result.tsx';
import { useSamples } from './use-samples.ts';
import { useTry } from './use-try.ts';

export interface TryStepProps {
  readonly step: StepOf<'llm'>;
  readonly context: EditorContext;
}

/** Runs the step on samples right here, as it stands, published or not. */
export function TryStep({ step, context }: TryStepProps) {
  const { id = '' } = useParams({ strict: false });
  const needed = neededSamples(step, context.graph);
  const { samples, change, isOfTask } = useSamples(id, needed.fields);
  const { state, run, stop } = useTry();
  const read = readSamples(needed, samples);
  const isRunning = state?.status === 'running';
  const titles = new Map(context.graph.steps.map((each) => [each.name, each.title]));
  return (
    <section aria-label="Try the step" className="space-y-4">
      <p className="text-muted text-xs">
        {isOfTask ? 'The samples are those of the latest task until you type others.' : 'Samples are kept while this page is open.'}
      </p>
      {needed.fields.length > 0 && (
        <InputForm fields={needed.fields} texts={samples.inputs} errors={read.errors} onChange={(inputs) => change({ inputs })} />
      )}
      {needed.steps.map((name) => (
        <Field key={name} label={`Output of ${titles.get(name) ?? name}`} help="Text, or JSON.">
          <Textarea
            rows={2}
            spellCheck={false}
            value={samples.outputs[name] ?? ''}
            className="font-mono text-xs"
            onChange={(event) => change({ outputs: { ...samples.outputs, [name]: event.target.value } })}
          />
        </Field>
      ))}
      <div className="flex gap-2">
        <Button
          variant="primary"
          size="small"
          icon={<FlaskConical aria-hidden className="size-4" />}
          pending={isRunning}
          unavailable={whyNot(step, read.errors)}
          onClick={() => void run(step, read)}
        >
          Try it
        </Button>
        {isRunning && (
          <Button size="small" icon={<Square aria-hidden className="size-3.5" />} onClick={stop}>
            Stop
          </Button>
        )}
      </div>
      {state && <TryResult state={state} />}
    </section>
  );
}

function whyNot({ config }: StepOf<'llm'>, errors: Readonly<Record<string, string>>): string | null {
  if (config.model === null) return 'Choose a model first.';
  if (config.user_prompt.trim() === '') return 'Write a prompt first.';
  const [wrong] = Object.keys(errors);
  return wrong === undefined ? null : `The sample "${wrong}" does not fit its type.`;
}
