import type { Model } from '@pipelines/contracts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { SwitchCard } from '../../ui/switch-card.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import type { ChatSettings } from './chat-state.ts';

const efforts = ['', 'low', 'medium', 'high'] as const;
const effortLabels: Record<(typeof efforts)[number], string> = { '': 'The model’s own', low: 'Low', medium: 'Medium', high: 'High' };

export interface ChatSettingsPanelProps {
  readonly model: Model | null;
  readonly settings: ChatSettings;
  readonly onChange: (settings: ChatSettings) => void;
}

/** What goes with each question. Controls follow the model: thinking is there only where the model thinks. */
export function ChatSettingsPanel({ model, settings, onChange }: ChatSettingsPanelProps) {
  const change = (part: Partial<ChatSettings>) => onChange({ ...settings, ...part });
  const tooMany = model?.max_tokens != null && Number(settings.maxTokens) > model.max_tokens;
  return (
    <div className="grid gap-4">
      <Field label="System prompt">
        <Textarea value={settings.system} onChange={(event) => change({ system: event.target.value })} placeholder="Optional" />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Temperature">
          <Input
            inputMode="decimal"
            value={settings.temperature}
            placeholder="default"
            onChange={(event) => change({ temperature: event.target.value })}
          />
        </Field>
        <Field label="Max tokens" error={tooMany ? `At most ${model.max_tokens?.toLocaleString()}` : null}>
          <Input
            inputMode="numeric"
            value={settings.maxTokens}
            placeholder={model?.max_tokens?.toString() ?? 'default'}
            onChange={(event) => change({ maxTokens: event.target.value })}
          />
        </Field>
      </div>
      <SwitchCard
        title="JSON answer"
        description={model?.capabilities.json_mode === false ? 'This model does not have JSON mode.' : 'The answer is one JSON object'}
        checked={settings.jsonAnswer && model?.capabilities.json_mode !== false}
        disabled={model?.capabilities.json_mode === false}
        onCheckedChange={(jsonAnswer) => change({ jsonAnswer })}
      />
      {model?.capabilities.reasoning && model.reasoning_parameter === 'effort' && (
        <Field label="Reasoning effort">
          <Select
            value={settings.reasoningEffort}
            onValueChange={(reasoningEffort) => change({ reasoningEffort })}
            options={efforts.map((value) => ({ value: value as string, label: effortLabels[value] }))}
          />
        </Field>
      )}
      {model?.capabilities.reasoning && model.reasoning_parameter === 'max_tokens' && (
        <Field label="Thinking budget in tokens">
          <Input
            inputMode="numeric"
            value={settings.reasoningTokens}
            placeholder="default"
            onChange={(event) => change({ reasoningTokens: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}
