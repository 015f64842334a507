import type { Probe, ProbeCheck } from '@pipelines/contracts';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Money } from '../../../ui/money.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Status } from '../../../ui/status.tsx';
import { checkNames, verdictWords } from './probe-words.ts';

/** Every check of a probe with its verdict, and on demand what was asked and what came. */
export function ProbeReport({ probe }: { readonly probe: Probe }) {
  return (
    <section aria-label="Measured" className="rounded-xl border border-line">
      <header className="flex flex-wrap items-baseline gap-x-3 border-line border-b px-4 py-2.5">
        <h2 className="font-medium">Measured</h2>
        <span className="text-[13px] text-muted">
          <RelativeTime at={probe.at} />, {probe.calls} calls, <Money amount={probe.cost} />
        </span>
        {!probe.current && <Status tone="warn">Before the last change of the connection</Status>}
      </header>
      <ul className="divide-y divide-line">
        {probe.checks.map((check) => (
          <CheckRow key={check.name} check={check} />
        ))}
      </ul>
      {probe.repairs.length > 0 && (
        <p className="border-line border-t px-4 py-2.5 text-[13px]">
          Calls are repaired accordingly, which X-Pipelines-Changes tells: {probe.repairs.join(' ')}
        </p>
      )}
    </section>
  );
}

function CheckRow({ check }: { readonly check: ProbeCheck }) {
  const [isOpen, setIsOpen] = useState(false);
  const { word, tone } = verdictWords[check.verdict];
  return (
    <li className="px-4 py-2 text-[13px]">
      <div className="grid grid-cols-[12rem_9rem_minmax(0,1fr)_auto] items-center gap-3 max-sm:grid-cols-1">
        <span>{checkNames[check.name]}</span>
        <Status tone={tone}>{word}</Status>
        <span className="text-muted">{check.detail}</span>
        {check.evidence.length > 0 && (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`Evidence for ${checkNames[check.name]}`}
            onClick={() => setIsOpen(!isOpen)}
            className="inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-muted hover:bg-hover hover:text-fg"
          >
            <ChevronRight aria-hidden className={`size-3.5 transition-transform ${isOpen ? 'rotate-90' : ''}`} />
            Evidence
          </button>
        )}
      </div>
      {isOpen && (
        <div className="mt-2 grid gap-2">
          {check.evidence.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the calls of a check never change their order
            <div key={index} className="grid gap-2 lg:grid-cols-2">
              <CodeBlock code={JSON.stringify(each.request, null, 2)} what="request" />
              <CodeBlock code={JSON.stringify(each.answer, null, 2)} what="answer" />
            </div>
          ))}
        </div>
      )}
    </li>
  );
}
