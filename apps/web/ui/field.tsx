import { createContext, type ReactNode, useContext, useId } from 'react';

interface FieldControl {
  readonly id?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly 'aria-required'?: true;
}

const FieldContext = createContext<FieldControl>({});

/** The attributes that tie a control to the label, help and error of the `Field` around it. */
export function useFieldControl(): FieldControl {
  return useContext(FieldContext);
}

/** The same for an element that no `label` can point to, such as an editor: named by the label's ID. */
export function useFieldTextbox(): FieldControl & { readonly id: string; readonly labelledBy: string } {
  const { id = '', ...control } = useContext(FieldContext);
  return { ...control, id, labelledBy: labelId(id) };
}

const labelId = (id: string) => `${id}-label`;

export interface FieldProps {
  readonly label: ReactNode;
  /** One line under the control; stays while there is an error. */
  readonly help?: ReactNode;
  readonly error?: string | null | undefined;
  readonly required?: boolean;
  /** A word beside the label, such as where a suggested value comes from. */
  readonly note?: ReactNode;
  /** Only screen readers get the label. */
  readonly hideLabel?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Label, control, help and error, tied together for eyes and screen readers. */
export function Field({ label, help, error, required = false, note, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  const control: FieldControl = {
    id,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
    ...(required ? { 'aria-required': true as const } : {}),
  };
  return (
    <div className={className}>
      <div className={hideLabel ? 'sr-only' : 'mb-1.5 flex items-baseline justify-between gap-2'}>
        <label id={labelId(id)} htmlFor={id} className="font-medium text-[13px]">
          {label}
          {required && (
            <span aria-hidden className="text-bad">
              {' *'}
            </span>
          )}
        </label>
        {note && <span className="text-muted text-xs">{note}</span>}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      )}
      {help && (
        <div id={`${id}-help`} className="mt-1.5 text-muted text-xs">
          {help}
        </div>
      )}
    </div>
  );
}
