import type { Step } from '@pipelines/contracts';
import { Handle, type Node, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react';
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { stepSizePx } from '../graph/lay-out-graph.ts';
import { stepKindNames } from '../graph/new-step.ts';
import { stepIcons } from '../graph/step-icons.ts';

export interface StepNodeData extends Record<string, unknown> {
  readonly step: Step;
  /** From left to right. */
  readonly ports: readonly string[];
  readonly summary: string;
  readonly problems: number;
  /** It is the one that the keyboard moves from. */
  readonly isCurrent: boolean;
  readonly isEditable: boolean;
  /** The keyboard came here: it takes the focus. */
  readonly takesFocus: boolean;
}
export type StepFlowNode = Node<StepNodeData, 'step'>;

/** The card of a step: what it is, what it does, and whether something is wrong with it. */
export function StepNode({ id, data, selected, width }: NodeProps<StepFlowNode>) {
  const { step, ports, summary, problems, isCurrent, isEditable, takesFocus } = data;
  const button = useRef<HTMLButtonElement>(null);
  const Icon = stepIcons[step.kind];
  const measurePorts = useUpdateNodeInternals();
  const portNames = ports.join();
  // The canvas looks for a port where it stood when it was last measured.
  useEffect(() => {
    if (portNames !== '') measurePorts(id);
  }, [measurePorts, id, portNames]);
  // A new card is hidden until the canvas has measured it, and what is hidden takes no focus.
  const isShown = width !== undefined && width > 0;
  useEffect(() => {
    if (takesFocus && isShown) button.current?.focus({ preventScroll: true });
  }, [takesFocus, isShown]);
  return (
    <>
      {step.kind !== 'start' && <Handle type="target" position={Position.Top} isConnectable={isEditable} />}
      <button
        ref={button}
        type="button"
        data-step={step.name}
        aria-pressed={selected}
        tabIndex={isCurrent ? 0 : -1}
        style={{ width: stepSizePx.width, height: stepSizePx.height }}
        className={classNames(
          'flex items-center gap-2.5 rounded-xl border bg-surface px-3 text-left shadow-xs',
          selected ? 'border-primary ring-3 ring-primary/20' : 'border-control hover:border-primary/60',
        )}
      >
        <span aria-hidden className="flex size-8 shrink-0 items-center justify-center rounded-lg bg-accent text-on-accent">
          <Icon className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-[13px]">{step.title}</span>
          <span className="block truncate text-muted text-xs">
            <span className="sr-only">{stepKindNames[step.kind]}: </span>
            {summary}
          </span>
        </span>
        {problems > 0 && (
          <span className="flex shrink-0 items-center gap-1 rounded-md bg-bad-tint px-1 py-0.5 font-medium text-[11px] text-bad">
            <CircleAlert aria-hidden className="size-3" />
            {problems}
            <span className="sr-only">{problems === 1 ? ' problem' : ' problems'}</span>
          </span>
        )}
      </button>
      {ports.map((port, index) => (
        <Handle
          key={port}
          id={port}
          type="source"
          position={Position.Bottom}
          isConnectable={isEditable}
          style={{ left: `${((index + 1) * 100) / (ports.length + 1)}%` }}
          title={port === 'next' ? 'Drag to connect' : `Drag to connect "${port}"`}
        />
      ))}
    </>
  );
}
