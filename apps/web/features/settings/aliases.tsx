import { type Alias, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { callApi } from '../../api-client.ts';
import { useMay } from '../../session-query.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Select } from '../../ui/select.tsx';
import type { SelectOption } from '../../ui/select-props.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { showToast } from '../../ui/toast.ts';
import { SettingCard } from './setting-card.tsx';

const aliasesKey = ['aliases'];

/** Other names that programs may call models by, such as `fast`. What a name stands for changes from one call to the next. */
export function Aliases() {
  const mayWrite = useMay('settings:write');
  const aliases = useQuery({ queryKey: aliasesKey, queryFn: ({ signal }) => callApi(routes.listAliases, { signal }) });
  const options = useModelOptions();
  const closed = mayWrite ? null : 'Only admins change aliases.';
  return (
    <SettingCard
      title="Aliases"
      description="Programs call a model by an alias as by its slug, and see aliases in /v1/models. A key that is limited to models is limited to what an alias stands for. Pipelines name models themselves."
    >
      <div className="grid gap-4">
        {aliases.error && <ProblemAlert error={aliases.error} onRetry={() => void aliases.refetch()} />}
        {aliases.isPending && <Skeleton className="h-24" />}
        {aliases.data?.data.length === 0 && (
          <EmptyState title="No alias yet.">Give a model a name that stays when the model changes.</EmptyState>
        )}
        {aliases.data && aliases.data.data.length > 0 && (
          <Table label="Aliases">
            <TableHead card>
              <Th lead>Alias</Th>
              <Th>Stands for</Th>
              <Th>Changed</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </TableHead>
            <tbody>
              {aliases.data.data.map((alias) => (
                <AliasRow key={alias.name} alias={alias} options={options} closed={closed} />
              ))}
            </tbody>
          </Table>
        )}
        <NewAlias options={options} closed={closed} />
      </div>
    </SettingCard>
  );
}

interface AliasProps {
  readonly options: readonly SelectOption<string>[];
  readonly closed: string | null;
}

function AliasRow({ alias, options, closed }: AliasProps & { readonly alias: Alias }) {
  const { name, model } = alias;
  const [isRemoving, setIsRemoving] = useState(false);
  const refresh = useRefresh();
  const change = useMutation({
    mutationFn: (slug: string) => callApi(routes.updateAlias, { params: { name }, body: { slug } }),
    async onSuccess(changed) {
      await refresh();
      showToast({ title: `${name} stands for ${changed.model.display_name} now.` });
    },
    onError: (error) => showToast({ tone: 'bad', title: error.message }),
  });
  const remove = useMutation({ mutationFn: () => callApi(routes.deleteAlias, { params: { name } }), onSuccess: refresh });
  const known = options.some(({ value }) => value === model.slug);
  return (
    <Tr card>
      <Td place="lead" className="break-words">
        <code className="font-mono text-[13px]">{name}</code>
      </Td>
      <Td place="line" className="min-w-56">
        <Select
          label={`What ${name} stands for`}
          disabled={closed !== null || change.isPending}
          value={change.isPending ? change.variables : model.slug}
          onValueChange={(slug) => slug !== model.slug && change.mutate(slug)}
          options={
            known ? options : [...options, { value: model.slug, label: `${model.display_name}${model.active ? '' : ' (deactivated)'}` }]
          }
        />
      </Td>
      <Td place="beside" className="whitespace-nowrap text-[13px] text-muted">
        <RelativeTime at={alias.updated_at} />
      </Td>
      <Td place="beside" className="text-right">
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Delete ${name}`}
          icon={<X aria-hidden className="size-4" />}
          unavailable={closed}
          onClick={() => setIsRemoving(true)}
        />
        <ConfirmDialog
          open={isRemoving}
          title={`Delete ${name}?`}
          action="Delete alias"
          danger
          pending={remove.isPending}
          error={remove.error?.message}
          onConfirm={() => remove.mutate()}
          onCancel={() => setIsRemoving(false)}
        >
          Calls by this name fail from then on. {model.display_name} itself stays.
        </ConfirmDialog>
      </Td>
    </Tr>
  );
}

function NewAlias({ options, closed }: AliasProps) {
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const refresh = useRefresh();
  const create = useMutation({
    mutationFn: () => callApi(routes.createAlias, { body: { name: name.trim(), slug: slug ?? '' } }),
    async onSuccess(created) {
      await refresh();
      // The next one may have been begun meanwhile.
      setName((now) => (now.trim() === created.name ? '' : now));
      setSlug((now) => (now === created.model.slug ? null : now));
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (missing === null) create.mutate();
  }
  const missing = name.trim() === '' ? 'Type the name.' : slug === null ? 'Choose the model.' : null;
  return (
    <form noValidate onSubmit={submit} className="grid gap-3">
      <ProblemAlert error={create.error} />
      <div className="grid items-start gap-3 sm:grid-cols-[12rem_minmax(0,1fr)_auto]">
        <Field label="New alias">
          <Input mono placeholder="fast" value={name} onChange={(event) => setName(event.target.value)} disabled={closed !== null} />
        </Field>
        <Field label="Model">
          <Select placeholder="Choose a model" value={slug} onValueChange={setSlug} options={options} disabled={closed !== null} />
        </Field>
        <Button type="submit" className="sm:mt-6" pending={create.isPending} unavailable={closed ?? missing}>
          Add alias
        </Button>
      </div>
    </form>
  );
}

function useRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([aliasesKey, ['models']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
}

/** The most models that a plain list offers. */
const offered = 200;

function useModelOptions(): readonly SelectOption<string>[] {
  const models = useQuery({
    queryKey: ['models', 'choices'],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: offered }, signal }),
  });
  return (models.data?.data ?? [])
    .filter((model) => model.active)
    .map((model) => ({ value: model.slug, label: model.display_name, group: model.kind === 'platform' ? 'Platform' : 'Custom' }));
}
