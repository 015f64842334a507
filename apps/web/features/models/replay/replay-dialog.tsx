import { type Model, maxReplayInputs, type ReplayInputs, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { settingsQuery } from '../../../settings-query.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { useSettled } from '../../../use-settled.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { TargetSelect } from '../impact/target-select.tsx';
import { ReplayCost } from './replay-cost.tsx';

const example = '{"messages": [{"role": "user", "content": "Which queue?"}]}';

/** Choose the model and the inputs, see what it costs, and run. */
export default function ReplayDialog({ model, onClose }: { readonly model: Model; readonly onClose: () => void }) {
  const settings = useQuery(settingsQuery);
  const isOff = settings.data !== undefined && settings.data.content_retention_days === null;
  const [to, setTo] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReplayInputs['kind'] | null>(null);
  const [limit, setLimit] = useState(20);
  const [jsonl, setJsonl] = useState('');
  const kind = chosen ?? (isOff ? 'pasted' : 'recent');
  const inputs: ReplayInputs = kind === 'recent' ? { kind, limit } : { kind, jsonl };
  const missing =
    to === null
      ? 'Choose the model to try.'
      : kind === 'pasted' && jsonl.trim() === ''
        ? 'Paste a request.'
        : kind === 'recent' && isOff
          ? 'Content logging is off.'
          : null;
  const settled = useSettled(jsonl, 400);
  const isSettled = kind === 'recent' || settled === jsonl;
  const estimate = useQuery({
    queryKey: ['models', 'replay-estimate', model.slug, to, kind, limit, settled],
    queryFn: ({ signal }) =>
      callApi(routes.estimateReplay, {
        params: { slug: model.slug },
        body: { to: to ?? '', inputs: kind === 'recent' ? { kind, limit } : { kind, jsonl: settled } },
        signal,
      }),
    enabled: missing === null && isSettled,
    retry: false,
    gcTime: 0,
  });
  const cost = missing === null && isSettled ? estimate.data : undefined;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const run = useMutation({
    mutationFn: (target: string) => callApi(routes.createReplay, { params: { slug: model.slug }, body: { to: target, inputs } }),
    onSuccess: async (replay) => {
      await queryClient.invalidateQueries({ queryKey: ['models', 'replays', model.slug] });
      await whileShown(() => navigate({ to: '/models/$slug/replays/$id', params: { slug: model.slug, id: replay.id } }));
    },
  });

  return (
    <Dialog
      open
      onClose={onClose}
      discards="The requests that were pasted are not kept."
      title={`Try another model in place of ${model.display_name}`}
      description="Nothing changes for anybody: only the calls are made and compared."
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={run.error ?? estimate.error} />
          <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
            <div className="min-w-0 flex-1">
              <ReplayCost estimate={cost} pending={missing === null && (estimate.isFetching || !isSettled)} />
            </div>
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              pending={run.isPending}
              unavailable={missing ?? (cost ? null : 'The cost is not known yet.')}
              onClick={() => to !== null && run.mutate(to)}
            >
              Run
            </Button>
          </div>
        </div>
      }
    >
      <div className="grid gap-4">
        <TargetSelect from={model} value={to} onChange={setTo} label="Model to try" placeholder="Choose a model …" />
        <RadioCards<ReplayInputs['kind']>
          label="Inputs"
          value={kind}
          onValueChange={setChosen}
          options={[
            { value: 'recent', title: 'Recent calls', description: 'The newest that are kept with their answers.' },
            { value: 'pasted', title: 'Pasted set', description: 'Both models answer it.' },
          ]}
        />
        {kind === 'recent' && isOff && (
          <Alert tone="info" title="Requests and answers are not kept.">
            Switch content logging on under{' '}
            <Link to="/settings" className="text-primary-text underline underline-offset-2">
              Settings
            </Link>
            ; it holds for later calls. Or paste a set.
          </Alert>
        )}
        {kind === 'recent' && !isOff && (
          <Field label="How many" help={`1 to ${maxReplayInputs}, newest first.`} className="max-w-40">
            <NumberInput value={limit} min={1} max={maxReplayInputs} onValueChange={(value) => setLimit(value ?? 20)} />
          </Field>
        )}
        {kind === 'pasted' && (
          <Field label="Requests" help={`One a line, ${maxReplayInputs} at most: chat requests as JSON, or only their list of messages.`}>
            <Textarea
              rows={6}
              value={jsonl}
              placeholder={example}
              className="font-mono text-xs"
              onChange={(event) => setJsonl(event.target.value)}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
