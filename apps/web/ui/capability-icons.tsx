import { capabilities as allCapabilities, type Capabilities, type Capability, capabilityNames } from '@pipelines/contracts';
import { Braces, Brain, Eye, type LucideIcon, Wrench } from 'lucide-react';

const capabilityIcon: Record<Capability, LucideIcon> = { json_mode: Braces, vision: Eye, tool_use: Wrench, reasoning: Brain };

/** The capabilities that a model has, as icons with names. */
export function CapabilityIcons({ capabilities }: { readonly capabilities: Capabilities }) {
  const present = allCapabilities.filter((capability) => capabilities[capability]);
  if (present.length === 0) return <span className="text-muted">none</span>;
  return (
    <ul className="flex gap-1">
      {present.map((capability) => {
        const Icon = capabilityIcon[capability];
        return (
          <li
            key={capability}
            title={capabilityNames[capability]}
            className="flex size-6 items-center justify-center rounded-md bg-hover text-muted"
          >
            <Icon aria-hidden className="size-3.5" />
            <span className="sr-only">{capabilityNames[capability]}</span>
          </li>
        );
      })}
    </ul>
  );
}
