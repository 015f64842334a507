import { createWorkflowBodySchema } from '@pipelines/contracts';
import { useEffect, useId, useState } from 'react';

export interface DraftNameProps {
  readonly name: string;
  readonly isEditable: boolean;
  readonly onChange: (name: string) => void;
}

const { name: nameSchema } = createWorkflowBodySchema.shape;

/** The name of the workflow, edited in its place. What is no name, such as nothing, leaves the last one. */
export function DraftName({ name, isEditable, onChange }: DraftNameProps) {
  const [text, setText] = useState(name);
  useEffect(() => setText((before) => (before.trim() === name ? before : name)), [name]);
  const faultId = useId();
  const fault = nameSchema.safeParse(text).error?.issues[0]?.message;
  if (!isEditable) return <h1 className="font-semibold">{name}</h1>;
  return (
    <h1 className="flex min-w-0 flex-wrap items-center gap-x-2">
      <input
        aria-label="Name of the pipeline"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault && faultId}
        value={text}
        maxLength={120}
        size={Math.min(40, Math.max(8, text.length))}
        className="field-sizing-content max-w-full rounded-md bg-transparent px-1.5 py-1 font-semibold hover:bg-hover"
        onChange={(event) => {
          setText(event.target.value);
          const parsed = nameSchema.safeParse(event.target.value);
          if (parsed.success) onChange(parsed.data);
        }}
        onBlur={() => setText(name)}
      />
      {fault && (
        <span id={faultId} className="font-normal text-bad text-xs">
          {fault}
        </span>
      )}
    </h1>
  );
}
