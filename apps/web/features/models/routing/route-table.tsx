import { type Model, type ModelRoute, type ModelRouting, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useEdits } from '../../../use-edits.ts';
import { AddCredentialDialog } from './add-credential-dialog.tsx';
import { Part } from './part.tsx';
import { RouteStateWord } from './route-state-word.tsx';
import { routingQuery, useUpdateRouting } from './use-routing.ts';

interface RouteTableProps {
  readonly model: Model;
  readonly routing: ModelRouting;
  readonly closed: string | null;
}

/** The credentials that share the model's calls, and how each fares. */
export function RouteTable({ model, routing, closed }: RouteTableProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [removing, setRemoving] = useState<ModelRoute | null>(null);
  const weights = useEdits<Record<string, number>>(Object.fromEntries(routing.routes.map((route) => [keyOf(route), route.weight])));
  const queryClient = useQueryClient();
  const save = useUpdateRouting(model.slug);
  const remove = useMutation({
    mutationFn: (id: string) => callApi(routes.removeModelCredential, { params: { slug: model.slug, id } }),
    async onSuccess() {
      setRemoving(null);
      await Promise.all(
        [routingQuery(model.slug).queryKey, ['credentials']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
    },
  });
  const nameOf = (route: ModelRoute) => route.credential?.preview ?? 'No credentials';
  const changed = routing.routes.filter((route) => keyOf(route) in weights.edited);
  const weightOf = (route: ModelRoute) => weights.values[keyOf(route)] ?? route.weight;
  const alone = model.credential === null ? 'It is called without credentials: add some by editing it first.' : null;

  function saveWeights() {
    save.mutate({ weights: changed.map((route) => ({ credential_id: route.credential?.id ?? null, weight: weightOf(route) })) });
  }

  return (
    <Part
      title="Credentials"
      help="Calls are shared by weight; weight 0 serves only when no other can. One that is refused or limited is left alone for a while."
    >
      <div className="grid gap-3">
        <ProblemAlert error={save.error} />
        <Table label="Credentials of the model">
          <TableHead card>
            <Th lead>Credential</Th>
            <Th>Goes to</Th>
            <Th>Weight</Th>
            <Th>State</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </TableHead>
          <tbody>
            {routing.routes.map((route) => (
              <Tr card key={keyOf(route)}>
                <Td place="lead" className="whitespace-nowrap font-mono text-[13px]">
                  {nameOf(route)}
                  {route.own && <span className="ml-2 font-sans text-muted text-xs">own</span>}
                </Td>
                <Td place="line" className="max-w-64 break-all text-[13px] text-muted">
                  {route.destination.region ?? route.destination.base_url}
                </Td>
                <Td place="beside">
                  <div className="w-16">
                    <NumberInput
                      label={`Weight of ${nameOf(route)}`}
                      value={weightOf(route)}
                      onValueChange={(weight) => weights.edit({ [keyOf(route)]: weight ?? 0 })}
                      min={0}
                      max={100}
                    />
                  </div>
                </Td>
                <Td>
                  <RouteStateWord route={route} />
                </Td>
                <Td place="beside" className="text-right">
                  {!route.own && (
                    <Button
                      variant="ghost"
                      size="icon"
                      aria-label={`Remove ${nameOf(route)}`}
                      icon={<X aria-hidden className="size-4" />}
                      unavailable={closed}
                      onClick={() => {
                        remove.reset();
                        setRemoving(route);
                      }}
                    />
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            icon={<Plus aria-hidden className="size-3.5" />}
            unavailable={closed ?? alone}
            onClick={() => setIsAdding(true)}
          >
            Add a credential
          </Button>
          <Button
            size="small"
            variant="primary"
            pending={save.isPending}
            unavailable={closed ?? (changed.length === 0 ? 'No weight has been changed.' : null)}
            onClick={saveWeights}
          >
            Save weights
          </Button>
        </div>
      </div>
      {isAdding && <AddCredentialDialog model={model} onClose={() => setIsAdding(false)} />}
      <ConfirmDialog
        open={removing !== null}
        title={`Remove ${removing === null ? '' : nameOf(removing)}?`}
        action="Remove"
        danger
        pending={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate(removing?.credential?.id ?? '')}
        onCancel={() => setRemoving(null)}
      >
        It serves {model.display_name} no more. The credential itself stays, for other models and for later.
      </ConfirmDialog>
    </Part>
  );
}

const keyOf = (route: ModelRoute) => route.credential?.id ?? '';
