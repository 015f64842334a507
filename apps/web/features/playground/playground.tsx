import type { Model } from '@pipelines/contracts';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CapabilityIcons } from '../../ui/capability-icons.tsx';
import { Field } from '../../ui/field.tsx';
import { HealthWord } from '../../ui/health-word.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ModelSelect } from '../model-select.tsx';
import { useOfferedModels } from '../use-offered-models.ts';
import { ChatSettingsPanel } from './chat-settings-panel.tsx';
import { newSettings } from './chat-state.ts';
import { ChatTurn } from './chat-turn.tsx';
import { Composer } from './composer.tsx';
import { useChat } from './use-chat.ts';

/** Talk to any model of the organization, through the same gateway as programs. */
export default function Playground({ slug }: { readonly slug?: string }) {
  const [chosen, setChosen] = useState<string | null>(slug ?? null);
  const models = useOfferedModels(chosen);
  const [settings, setSettings] = useState(newSettings);
  const chat = useChat();
  const offered = (models.data ?? []).filter((model) => model.active);
  const model = offered.find((candidate) => candidate.slug === chosen) ?? pickFirst(offered, chosen);
  const end = useRef<HTMLDivElement>(null);
  const length = chat.turns.at(-1)?.text.length ?? 0;
  useEffect(() => {
    if (length >= 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [length]);

  return (
    <>
      <PageHeader
        title="Playground"
        description="Talk to a model through the gateway. Nothing of the conversation is stored."
        actions={
          <Button variant="ghost" unavailable={chat.turns.length === 0 ? 'There is nothing to clear.' : null} onClick={chat.clear}>
            Clear
          </Button>
        }
      />
      <ProblemAlert error={models.error} onRetry={() => void models.refetch()} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_18rem]">
        <section aria-label="Conversation" className="flex min-h-[60vh] flex-col rounded-xl border border-line">
          <div role="log" aria-live="polite" className="flex flex-1 flex-col gap-5 p-4">
            {chat.turns.length === 0 && (
              <p className="m-auto max-w-sm text-center text-muted">
                Ask something to see how the model answers, how fast, and what it costs.
              </p>
            )}
            {chat.turns.map((turn) => (
              <ChatTurn key={turn.id} turn={turn} />
            ))}
            <div ref={end} />
          </div>
          <div className="sticky bottom-0 rounded-b-xl border-line border-t bg-panel p-3">
            <Composer
              isAnswering={chat.isAnswering}
              closed={model === null ? 'Choose a model first.' : model.status === 'not_configured' ? model.status_detail : null}
              imagesClosed={model?.capabilities.vision ? null : `${model?.display_name ?? 'The model'} does not have Vision.`}
              onAsk={(text, images) => {
                if (!model) return;
                // A conversation stays with its model, also where another one becomes the default.
                setChosen(model.slug);
                void chat.ask(model, settings, text, images);
              }}
              onStop={chat.stop}
            />
          </div>
        </section>
        <aside className="grid gap-4">
          <Field label="Model">
            <ModelSelect
              slug={model?.slug ?? null}
              models={offered}
              placeholder="Choose a model"
              onChange={({ slug: next }) => setChosen(next)}
            />
          </Field>
          {model && (
            <div className="flex items-center justify-between gap-3">
              <CapabilityIcons capabilities={model.capabilities} />
              <HealthWord health={model.health} />
            </div>
          )}
          <ChatSettingsPanel model={model} settings={settings} onChange={setSettings} />
        </aside>
      </div>
    </>
  );
}

/** Without a wish: the default model if it can answer, else the first that can. */
function pickFirst(offered: readonly Model[], chosen: string | null): Model | null {
  if (chosen !== null) return null;
  const usable = offered.filter((model) => model.status !== 'not_configured');
  return usable.find((model) => model.is_default) ?? usable[0] ?? offered[0] ?? null;
}
