import type { Model } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../ui/badge.tsx';
import { CapabilityIcons } from '../../../ui/capability-icons.tsx';
import { HealthWord } from '../../../ui/health-word.tsx';
import { PricePair } from '../../../ui/money.tsx';
import { providerNames } from '../../../ui/provider-names.ts';
import { Td, Tr } from '../../../ui/table.tsx';
import { contextSize } from '../../../ui/token-count.ts';
import { CredentialWarning } from '../credential-warning.tsx';
import { ModelStatusWord } from '../model-status.tsx';
import { ModelRowMenu } from './model-row-menu.tsx';

export const modelRowHeightPx = 61;

export interface ModelRowProps {
  readonly model: Model;
  readonly index: number;
  readonly isTesting: boolean;
  readonly onEdit: (model: Model) => void;
  readonly onDelete: (model: Model) => void;
}

export function ModelRow({ model, index, isTesting, onEdit, onDelete }: ModelRowProps) {
  return (
    <Tr aria-rowindex={index + 2} className="h-[61px] hover:bg-panel">
      <Td className="max-w-96">
        <div className="flex items-center gap-2">
          <Link to="/models/$slug" params={{ slug: model.slug }} className="truncate font-medium underline-offset-2 hover:underline">
            {model.display_name}
          </Link>
          {model.is_default && <Badge tone="accent">Default</Badge>}
          {model.kind === 'custom' && <Badge>Custom</Badge>}
          <CredentialWarning credential={model.credential} />
          {model.price_proposal && <Badge tone="warn">New price</Badge>}
          {!model.listed && <Badge tone="warn">No longer listed</Badge>}
          {model.retires_on && <Badge tone="warn">Retires {model.retires_on}</Badge>}
        </div>
        <div className="truncate font-mono text-muted text-xs" title={model.provider_model_id}>
          {model.provider_model_id}
        </div>
      </Td>
      <Td className="whitespace-nowrap">{providerNames[model.provider]}</Td>
      <Td>{model.task === 'chat' ? <CapabilityIcons capabilities={model.capabilities} /> : 'Embeddings'}</Td>
      <Td className="tabular-nums">
        {model.context_tokens === null ? (
          <span className="text-muted">unknown</span>
        ) : (
          <span title={`${model.context_tokens.toLocaleString('en')} tokens`}>{contextSize(model.context_tokens)}</span>
        )}
      </Td>
      <Td>
        <PricePair input={model.input_cost_per_token} output={model.output_cost_per_token} />
      </Td>
      <Td className="min-w-36">
        <ModelStatusWord model={model} isTesting={isTesting} />
      </Td>
      <Td className="min-w-36">
        <HealthWord health={model.health} withRate />
      </Td>
      <Td className="w-12 pl-0 text-right">
        <ModelRowMenu model={model} isTesting={isTesting} onEdit={onEdit} onDelete={onDelete} />
      </Td>
    </Tr>
  );
}
