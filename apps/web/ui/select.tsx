import { ChevronsUpDown } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { classNames } from './class-names.ts';
import { useFieldControl } from './field.tsx';
import { type SelectProps, selectTriggerClass } from './select-props.ts';

const OpenedSelect = lazy(() => import('./opened-select.tsx'));

/** One value out of a known list. What opens is loaded when it is first opened, to keep the first page light. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const [wanted, setWanted] = useState(false);
  const closed = <ClosedSelect {...props} onOpen={() => setWanted(true)} />;
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenedSelect {...props} onValueChange={(value) => props.onValueChange(value as Value)} />
    </Suspense>
  );
}

interface ClosedSelectProps extends Pick<SelectProps<string>, 'value' | 'options' | 'placeholder' | 'label' | 'disabled' | 'className'> {
  readonly onOpen: () => void;
}

function ClosedSelect({ value, options, placeholder = 'Choose…', label, disabled, className, onOpen }: ClosedSelectProps) {
  const control = useFieldControl();
  const chosen = options.find((option) => option.value === value);
  const open = () => !disabled && onOpen();
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open();
  };
  return (
    <button
      type="button"
      role="combobox"
      aria-expanded={false}
      aria-haspopup="listbox"
      aria-disabled={disabled || undefined}
      {...control}
      aria-label={label}
      onClick={open}
      onKeyDown={openByKey}
      className={classNames(selectTriggerClass, className)}
    >
      <span className={classNames('truncate', !chosen && 'text-muted')}>{chosen?.label ?? placeholder}</span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </button>
  );
}
