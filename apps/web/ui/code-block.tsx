import { CopyButton } from './copy-button.tsx';

/** Text to be copied as it stands. */
export function CodeBlock({ code, what }: { readonly code: string; readonly what: string }) {
  return (
    <div className="relative rounded-lg border border-line bg-panel">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto p-3 pr-12 font-mono text-xs leading-relaxed">
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-lg bg-panel">
        <CopyButton compact text={code} what={what} />
      </div>
    </div>
  );
}
