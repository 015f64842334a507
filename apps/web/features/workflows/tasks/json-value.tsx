import { CodeBlock } from '../../../ui/code-block.tsx';

/** A value as people read it: text as it is, everything else as JSON. */
export function JsonValue({ label, value }: { readonly label: string; readonly value: unknown }) {
  const text = value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <div className="min-w-0">
      <p className="mb-1 font-medium text-[13px]">{label}</p>
      {text === null ? <p className="text-[13px] text-muted">none</p> : <CodeBlock code={text} what={label.toLowerCase()} />}
    </div>
  );
}
