import { classNames } from './class-names.ts';
import { controlClass } from './input.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A quieter word at the right. */
  readonly hint?: string;
  /** Options of one group stand together, under its name, in the order given. */
  readonly group?: string;
}

export interface SelectProps<Value extends string> {
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly placeholder?: string;
  /** The name for screen readers where no `Field` gives one. */
  readonly label?: string;
  /** It keeps the focus all the same. */
  readonly disabled?: boolean;
  readonly className?: string;
}

export const selectTriggerClass = classNames(controlClass, 'flex items-center justify-between gap-2 text-left');
