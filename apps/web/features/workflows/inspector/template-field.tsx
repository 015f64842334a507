import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { completeVariable, matchVariables, openVariableAt } from './complete-variable.ts';
import { type EditorContext, problemAt } from './editor-context.ts';
import { VariableList } from './variable-list.tsx';

export interface TemplateFieldProps {
  readonly label: string;
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly context: EditorContext;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly hideLabel?: boolean;
}

/** Text with variables. Typing `{{` offers those that are known at this step. */
export function TemplateField(props: TemplateFieldProps) {
  const { label, field, value, onValueChange, context, rows = 1, placeholder, help, required = false, hideLabel = false } = props;
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [highlighted, setHighlighted] = useState(0);
  const open = caret === null ? null : openVariableAt(value, caret);
  const matches = open ? matchVariables(context.variables, open.typed).slice(0, 20) : [];
  const active = Math.min(highlighted, matches.length - 1);

  function choose(variable: string) {
    const done = completeVariable(value, caret ?? value.length, variable);
    onValueChange(done.text);
    setCaret(null);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(done.caret, done.caret);
    });
  }

  function steer(event: KeyboardEvent) {
    if (matches.length === 0) return;
    const chosen = matches[active];
    if (event.key === 'ArrowDown') setHighlighted((active + 1) % matches.length);
    else if (event.key === 'ArrowUp') setHighlighted((active + matches.length - 1) % matches.length);
    else if (event.key === 'Escape') setCaret(null);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div data-field={field} className="relative">
      <Field label={label} help={help} required={required} hideLabel={hideLabel} error={problemAt(context, field)}>
        <Textarea
          ref={area}
          rows={rows}
          value={value}
          placeholder={placeholder}
          spellCheck={rows > 1}
          aria-autocomplete="list"
          {...(matches.length > 0 ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${active}` } : {})}
          className={rows === 1 ? 'min-h-9! font-mono text-[13px]' : 'font-mono text-[13px]'}
          onChange={(event) => {
            onValueChange(event.target.value);
            setCaret(event.target.selectionStart);
            setHighlighted(0);
          }}
          onKeyDown={steer}
          onBlur={() => setCaret(null)}
        />
      </Field>
      <VariableList id={listId} variables={matches} active={active} onChoose={choose} />
    </div>
  );
}
