import { useState } from 'react';
import { CodeBlock } from './code-block.tsx';
import { Tabs } from './tabs.tsx';

export interface CodeExample {
  /** Short: the name of its tab. */
  readonly name: string;
  readonly code: string;
}

/** The same thing said in several ways, each to be copied as it stands. */
export function CodeTabs({ label, examples }: { readonly label: string; readonly examples: readonly CodeExample[] }) {
  const [chosen, setChosen] = useState(examples[0]?.name ?? '');
  const open = examples.some(({ name }) => name === chosen) ? chosen : (examples[0]?.name ?? '');
  const tabs = examples.map(({ name, code }) => ({ value: name, label: name, panel: <CodeBlock code={code} what={`${name} example`} /> }));
  return <Tabs label={label} value={open} onValueChange={setChosen} tabs={tabs} />;
}
