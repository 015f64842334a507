import { capabilityNames, type Model, type Probe, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { showToast } from '../../../ui/toast.ts';
import { contradictions } from './probe-words.ts';

export interface SwitchesFromProbeProps {
  readonly model: Model;
  readonly probe: Probe;
  readonly closed: string | null;
}

/** Says where the switches contradict what was measured, and sets them. */
export function SwitchesFromProbe({ model, probe, closed }: SwitchesFromProbeProps) {
  const queryClient = useQueryClient();
  const differing = contradictions(model.capabilities, probe);
  const set = useMutation({
    mutationFn: () =>
      callApi(routes.updateModel, {
        params: { slug: model.slug },
        body: {
          capabilities: Object.fromEntries(differing.map((name) => [name, probe.capabilities[name] === true])),
          ...(probe.reasoning_parameter !== null && { reasoning_parameter: probe.reasoning_parameter }),
        },
      }),
    onSuccess: async () => {
      showToast({ title: 'The switches are as measured.' });
      await queryClient.invalidateQueries({ queryKey: ['models'] });
    },
  });
  if (differing.length === 0) return <span className="text-[13px] text-muted">The switches are as measured.</span>;
  return (
    <>
      <Button pending={set.isPending} unavailable={closed} onClick={() => set.mutate()}>
        Set switches from probe
      </Button>
      <span className="text-[13px] text-warn">Otherwise than measured: {differing.map((name) => capabilityNames[name]).join(', ')}.</span>
      {set.error && <ProblemAlert error={set.error} />}
    </>
  );
}
