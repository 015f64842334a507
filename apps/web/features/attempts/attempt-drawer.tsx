import { type Attempt, type AttemptDetail, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callApi } from '../../api-client.ts';
import { useMay } from '../../session-query.ts';
import { formatUsd } from '../../ui/decimal-text.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { providerNames } from '../../ui/provider-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AttemptContent } from './attempt-content.tsx';
import { attemptSourceNames } from './attempt-source-names.ts';
import { AttemptStatus, causeWords } from './attempt-status.tsx';
import { callerName } from './attempts-table.tsx';
import { CostFormula } from './cost-formula.tsx';
import { RequestChanges } from './request-changes.tsx';
import { TimingBar } from './timing-bar.tsx';

const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'long' });

/** Everything that is kept of one call; what was said in it only where the organization keeps that. */
export default function AttemptDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const attempt = useQuery({
    queryKey: ['attempts', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getAttempt, { params: { id }, signal }),
  });
  return (
    <Drawer open onClose={onClose} title="Call" width="wide">
      <ProblemAlert error={attempt.error} onRetry={() => attempt.refetch()} />
      {attempt.isPending && <Skeleton className="h-40 w-full" />}
      {attempt.data && <AttemptDetails attempt={attempt.data} />}
    </Drawer>
  );
}

function AttemptDetails({ attempt }: { readonly attempt: AttemptDetail }) {
  return (
    <div className="space-y-6">
      <Section title="Outcome" facts={outcomeFacts(attempt)} />
      <Section title="Timings">
        <TimingBar attempt={attempt} />
      </Section>
      <Section title="Cost">
        {attempt.from_cache ? <SavedCost saved={attempt.saved_cost} /> : <CostFormula attempt={attempt} />}
        {attempt.estimated_cost !== null && <EstimatedCost estimate={attempt.estimated_cost} />}
      </Section>
      <Section title="Tokens" facts={tokenFacts(attempt)} />
      <Section title="Changed on the way">
        <RequestChanges attempt={attempt} />
      </Section>
      <Section title="Request and answer">
        <AttemptContent attempt={attempt} />
      </Section>
      <Section title="Where and who" facts={originFacts(attempt)} />
    </div>
  );
}

function EstimatedCost({ estimate }: { readonly estimate: string }) {
  return (
    <p className="text-muted text-xs">
      An estimate: {formatUsd(estimate)}, what it was taken for before it went out. Nobody can say what it has cost; its budgets count that.
    </p>
  );
}

function SavedCost({ saved }: { readonly saved: string | null }) {
  return (
    <p className="text-[13px]">
      Nothing: the answer was a kept one.{' '}
      {saved === null ? 'What it would have cost is unknown.' : `It would have cost ${formatUsd(saved)}.`}
    </p>
  );
}

interface SectionProps {
  readonly title: string;
  readonly facts?: readonly Fact[];
  readonly children?: ReactNode;
}

function Section({ title, facts, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-[13px]">{title}</h3>
      {facts && <Facts facts={facts} />}
      {children}
    </section>
  );
}

function outcomeFacts(attempt: Attempt): Fact[] {
  return [
    { name: 'Status', value: <AttemptStatus status={attempt.status} /> },
    ...(attempt.cause ? [{ name: 'Cause', value: causeWords(attempt.cause) }] : []),
    { name: 'HTTP status', value: attempt.http_status ?? (attempt.from_cache ? 'a kept answer, no provider was called' : 'no answer') },
    { name: 'Finish reason', value: attempt.finish_reason ?? 'not told' },
    { name: 'Started', value: exactTime.format(new Date(attempt.started_at)) },
    ...(attempt.service_tier === null ? [] : [{ name: 'Service tier', value: attempt.service_tier }]),
    { name: 'Streamed', value: attempt.stream ? 'yes' : 'no' },
  ];
}

function tokenFacts(attempt: Attempt): Fact[] {
  const count = (tokens: number | null) => (tokens === null ? <span className="text-muted">not told</span> : tokens.toLocaleString('en'));
  /** What few calls have. */
  const rare = (name: string, told: number | null): Fact[] => (told ? [{ name, value: count(told) }] : []);
  return [
    { name: 'Prompt', value: count(attempt.prompt_tokens) },
    { name: '– from cache', value: count(attempt.cached_tokens) },
    { name: '– written to cache', value: count(attempt.cache_write_tokens) },
    ...rare('– of those, for an hour', attempt.long_cache_write_tokens),
    ...rare('– audio', attempt.audio_input_tokens),
    ...rare('– audio, from cache', attempt.cached_audio_tokens),
    { name: 'Answer', value: count(attempt.completion_tokens) },
    { name: '– reasoning', value: count(attempt.reasoning_tokens) },
    ...rare('– audio of the answer', attempt.audio_output_tokens),
    ...rare('Web searches', attempt.web_searches),
  ];
}

function originFacts(attempt: AttemptDetail): Fact[] {
  const mono = (text: string) => <code className="break-all font-mono text-xs">{text}</code>;
  const model = attempt.slug && (
    <Link to="/models/$slug" params={{ slug: attempt.slug }} className="text-primary-text underline underline-offset-2">
      {mono(attempt.slug)}
    </Link>
  );
  return [
    { name: 'Model', value: model ?? 'not saved yet' },
    { name: 'Provider', value: providerNames[attempt.provider] },
    { name: 'Provider model ID', value: mono(attempt.provider_model_id) },
    { name: 'Source', value: attemptSourceNames[attempt.source] },
    { name: 'Caller', value: attempt.api_key ? `${attempt.api_key.name} (…${attempt.api_key.last_four})` : callerName(attempt) },
    { name: 'Credential', value: <ServedBy attempt={attempt} /> },
    { name: 'Request', value: mono(attempt.request_id) },
    { name: 'Attempt', value: mono(attempt.id) },
  ];
}

/** The credential that served the call, as far as it may be known. */
function ServedBy({ attempt: { credential, credential_id, kind } }: { readonly attempt: AttemptDetail }) {
  const mayRead = useMay('credentials:read');
  if (credential === null) return credential_id ?? (kind === 'platform' ? "the operator's" : 'none was needed');
  const preview = <code className="font-mono text-xs">{credential.preview}</code>;
  if (credential.deleted) return <>{preview} (deleted)</>;
  if (!mayRead) return preview;
  return (
    <Link to="/credentials/$id" params={{ id: credential.id }} className="text-primary-text underline underline-offset-2">
      {preview}
    </Link>
  );
}
