import { createWorkflowBodySchema } from '@pipelines/contracts';
import { useEffect, useState } from 'react';

export interface DraftNameProps {
  readonly name: string;
  readonly isEditable: boolean;
  readonly onChange: (name: string) => void;
}

/** The name of the workflow, edited in its place. Never empty: an emptied field keeps the last name. */
export function DraftName({ name, isEditable, onChange }: DraftNameProps) {
  const [text, setText] = useState(name);
  useEffect(() => setText((before) => (before.trim() === name ? before : name)), [name]);
  if (!isEditable) return <h1 className="font-semibold">{name}</h1>;
  return (
    <h1 className="min-w-0">
      <input
        aria-label="Name of the pipeline"
        value={text}
        maxLength={120}
        size={Math.min(40, Math.max(8, text.length))}
        className="field-sizing-content max-w-full rounded-md bg-transparent px-1.5 py-1 font-semibold hover:bg-hover"
        onChange={(event) => {
          setText(event.target.value);
          const parsed = createWorkflowBodySchema.shape.name.safeParse(event.target.value);
          if (parsed.success) onChange(parsed.data);
        }}
        onBlur={() => setText(name)}
      />
    </h1>
  );
}
