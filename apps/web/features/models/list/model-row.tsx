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

/** Columns for which a narrow table has no room: what they say is on the page of the model as well. */
export const columnClasses = {
  provider: '@max-4xl:hidden',
  capabilities: '@max-3xl:hidden',
  context: '@max-5xl:hidden',
  prices: '@max-3xl:hidden',
} as const;

export interface ModelRowProps {
  readonly model: Model;
  readonly index: number;
  readonly isTesting: boolean;
  readonly onEdit: (model: Model) => void;
  readonly onDelete: (model: Model) => void;
}

export function ModelRow({ model, index, isTesting, onEdit, onDelete }: ModelRowProps) {
  return (
    <Tr aria-rowindex={index + 2} className={`h-[61px] hover:bg-panel ${narrow.row}`}>
      <Td className={`w-full min-w-56 max-w-0 ${narrow.model}`}>
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
        <div className={`truncate font-mono text-muted text-xs ${narrow.hidden}`} title={model.provider_model_id}>
          {model.provider_model_id}
        </div>
      </Td>
      <Td className={`whitespace-nowrap ${columnClasses.provider}`}>{providerNames[model.provider]}</Td>
      <Td className={columnClasses.capabilities}>
        {model.task === 'chat' ? <CapabilityIcons capabilities={model.capabilities} /> : 'Embeddings'}
      </Td>
      <Td className={`tabular-nums ${columnClasses.context}`}>
        {model.context_tokens === null ? (
          <span className="text-muted">unknown</span>
        ) : (
          <span title={`${model.context_tokens.toLocaleString('en')} tokens`}>{contextSize(model.context_tokens)}</span>
        )}
      </Td>
      <Td className={columnClasses.prices}>
        <PricePair input={model.input_cost_per_token} output={model.output_cost_per_token} />
      </Td>
      <Td className={narrow.status}>
        <div className="flex flex-wrap items-center gap-x-4 @xl:flex-col @xl:items-start">
          <ModelStatusWord model={model} isTesting={isTesting} />
          {model.active && <HealthWord health={model.health} withRate />}
        </div>
      </Td>
      <Td className={`w-12 pl-0 text-right ${narrow.actions}`}>
        <ModelRowMenu model={model} isTesting={isTesting} onEdit={onEdit} onDelete={onDelete} />
      </Td>
    </Tr>
  );
}

/** Where the table is as narrow as a phone, a row is a card of two lines: the name over the status, and the actions beside both. */
const narrow = {
  row: '@max-xl:grid @max-xl:grid-cols-[minmax(0,1fr)_auto] @max-xl:content-center',
  model: '@max-xl:min-w-0 @max-xl:max-w-none @max-xl:pb-0.5',
  status: '@max-xl:row-start-2 @max-xl:pt-0',
  actions: '@max-xl:col-start-2 @max-xl:row-span-2 @max-xl:w-auto @max-xl:self-center',
  hidden: '@max-xl:hidden',
} as const;
