import { classNames } from '../../../ui/class-names.ts';
import { popupClass, popupItemClass } from '../../../ui/popup-classes.ts';

export interface VariableListProps {
  readonly id: string;
  readonly variables: readonly string[];
  readonly active: number;
  readonly onChoose: (variable: string) => void;
}

/** What may stand between the braces. The focus stays in the text; the list follows it. */
export function VariableList({ id, variables, active, onChoose }: VariableListProps) {
  return (
    <>
      <p role="status" className="sr-only">
        {variables.length === 0 ? '' : `${variables.length} variables. Arrow keys choose, Enter puts one in.`}
      </p>
      {variables.length > 0 && (
        <div
          id={id}
          role="listbox"
          aria-label="Variables"
          className={classNames(popupClass, 'absolute inset-x-0 top-full z-30 mt-1 max-h-52 overflow-y-auto')}
        >
          {variables.map((variable, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text
            <div
              key={variable}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(variable)}
              className={classNames(popupItemClass, 'font-mono text-[13px]', index === active && 'bg-hover')}
            >
              {variable}
            </div>
          ))}
        </div>
      )}
    </>
  );
}
