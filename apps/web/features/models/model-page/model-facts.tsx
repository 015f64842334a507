import { capabilities, capabilityNames, type Model, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { pricePerMillion } from '../../../ui/decimal-text.ts';
import { PricePair } from '../../../ui/money.tsx';
import { providerNames } from '../../../ui/provider-names.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Status } from '../../../ui/status.tsx';
import { contextSize } from '../../../ui/token-count.ts';
import { PriceOrigin } from '../prices/price-origin.tsx';
import { MeasuredWord } from '../probe/measured-word.tsx';
import { useProbes } from '../probe/model-probe.tsx';
import { LiveOn } from './live-on.tsx';

export function ModelFacts({ model }: { readonly model: Model }) {
  const probe = useProbes(model.slug).data?.data[0];
  const dependents = useQuery({
    queryKey: ['models', 'dependents', model.slug],
    queryFn: ({ signal }) => callApi(routes.listDependents, { params: { slug: model.slug }, signal }),
  });
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Facts title="Connection">
        <Fact name="Provider">
          {providerNames[model.provider]}
          {model.kind === 'platform' && ', with the operator’s key'}
        </Fact>
        <Fact name="Provider model ID" mono>
          {model.provider_model_id}
        </Fact>
        {model.base_url && (
          <Fact name="Base URL" mono>
            {model.base_url}
          </Fact>
        )}
        {model.region && (
          <Fact name="Region" mono>
            {model.region}
          </Fact>
        )}
        <Fact name="Credentials" mono={model.credential !== null}>
          {model.credential ? (
            <CredentialName id={model.credential.id} preview={model.credential.preview} />
          ) : model.kind === 'platform' ? (
            'Kept by the operator'
          ) : (
            'None'
          )}
        </Fact>
        {model.credential?.expires_at && (
          <Fact name="Credentials expire">
            <RelativeTime at={model.credential.expires_at} />
          </Fact>
        )}
        <Fact name="Live on">
          <LiveOn />
        </Fact>
        <Fact name="Last test">
          {model.last_test ? (
            <span className="inline-flex flex-wrap items-center gap-2">
              <Status tone={model.last_test.passed ? 'ok' : 'bad'}>{model.last_test.passed ? 'Passed' : 'Failed'}</Status>
              <span className="text-muted">
                <RelativeTime at={model.last_test.at} />, {model.last_test.latency_ms} ms
              </span>
            </span>
          ) : (
            'Never'
          )}
        </Fact>
      </Facts>
      <Facts title="What it can do">
        {(model.task === 'chat' ? capabilities : []).map((name) => (
          <Fact key={name} name={capabilityNames[name]}>
            <Status tone={model.capabilities[name] ? 'ok' : 'off'}>{model.capabilities[name] ? 'On' : 'Off'}</Status>
            {probe?.current && (
              <span className="ml-2">
                <MeasuredWord probe={probe} capability={name} asserted={model.capabilities} />
              </span>
            )}
            {name === 'reasoning' && model.reasoning_parameter && (
              <code className="ml-2 font-mono text-muted text-xs">reasoning.{model.reasoning_parameter}</code>
            )}
          </Fact>
        ))}
        {model.reasoning_efforts && model.reasoning_efforts.length > 0 && (
          <Fact name="Efforts" mono>
            {model.reasoning_efforts.join(', ')}
          </Fact>
        )}
        {model.input_modalities && <Fact name="Takes">{model.input_modalities.join(', ')}</Fact>}
        {model.task === 'embeddings' && <Fact name="Task">Turns texts into vectors</Fact>}
        {model.task === 'chat' && <Fact name="Max tokens">{model.max_tokens?.toLocaleString() ?? 'No limit of ours'}</Fact>}
        <Fact name="Context">{model.context_tokens ? `${model.context_tokens.toLocaleString()} tokens` : 'Unknown'}</Fact>
        <Fact name="Input price">{priceText(model.input_cost_per_token)}</Fact>
        {model.task === 'chat' && <Fact name="Output price">{priceText(model.output_cost_per_token)}</Fact>}
        {model.price_tiers.map((tier) => (
          <Fact key={tier.above_prompt_tokens} name={`Above ${contextSize(tier.above_prompt_tokens)}`}>
            <PricePair input={tier.input_cost_per_token} output={tier.output_cost_per_token} /> per 1M tokens
          </Fact>
        ))}
        {model.retires_on && <Fact name="Retires">{model.retires_on}</Fact>}
        {model.price_source && (
          <Fact name="Prices from">
            <PriceOrigin {...model} />
          </Fact>
        )}
        <Fact name="Workflows">
          {dependents.data === undefined
            ? '…'
            : dependents.data.count === 0
              ? 'None use it'
              : dependents.data.data.map((workflow, index) => (
                  <span key={workflow.workflow_id}>
                    {index > 0 && ', '}
                    <Link to="/workflows/$id" params={{ id: workflow.workflow_id }} className="underline underline-offset-2">
                      {workflow.name}
                    </Link>
                  </span>
                ))}
        </Fact>
      </Facts>
    </div>
  );
}

/** A link for those who may look at credentials. */
function CredentialName({ id, preview }: { readonly id: string; readonly preview: string }) {
  if (!useMay('credentials:read')) return preview;
  return (
    <Link to="/credentials/$id" params={{ id }} className="underline underline-offset-2">
      {preview}
    </Link>
  );
}

function priceText(perToken: string | null): string {
  return perToken === null ? 'Unknown: costs are not counted' : `$${pricePerMillion(perToken)} per 1M tokens`;
}

function Facts({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="rounded-xl border border-line">
      <h2 className="border-line border-b px-4 py-2.5 font-medium">{title}</h2>
      <dl className="divide-y divide-line">{children}</dl>
    </section>
  );
}

function Fact({ name, mono = false, children }: { readonly name: string; readonly mono?: boolean; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] items-center gap-3 px-4 py-2 text-[13px]">
      <dt className="text-muted">{name}</dt>
      <dd className={`min-w-0 break-words ${mono ? 'font-mono' : ''}`}>{children}</dd>
    </div>
  );
}
