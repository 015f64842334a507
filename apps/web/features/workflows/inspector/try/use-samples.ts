import { type InputField, routes } from '@pipelines/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../../api-client.ts';
import type { FormTexts } from '../../tasks/read-tasks.ts';
import { firstSamples, noSamples, type Samples, samplesOf } from './samples.ts';

/** What was typed, by workflow, as long as the page is open: samples may be somebody's data, so the browser stores none. */
const typed = new Map<string, Samples>();

const latestTaskQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['tasks', 'latest', workflowId],
    queryFn: async ({ signal }) => {
      const { data } = await callApi(routes.listTasks, { params: { id: workflowId }, query: { limit: 1 }, signal });
      const [task] = data;
      return task === undefined ? null : callApi(routes.getTask, { params: { id: task.id }, signal });
    },
    staleTime: 30_000,
  });

/** Samples to try a step on: as typed before, else of the latest task, else something of each type. */
export function useSamples(workflowId: string, fields: readonly InputField[]) {
  const [own, setOwn] = useState(() => typed.get(workflowId) ?? noSamples);
  const latest = useQuery(latestTaskQuery(workflowId));
  const given = firstSamples(fields);
  const had = latest.data ? samplesOf(latest.data) : noSamples;
  const samples: Samples = {
    inputs: { ...given.inputs, ...had.inputs, ...own.inputs },
    outputs: { ...had.outputs, ...own.outputs },
  };
  function change({ inputs, outputs }: Partial<Samples>) {
    // Only what was typed is one's own: the rest follows the latest task, which may not be known yet.
    const next = {
      inputs: { ...own.inputs, ...typedOf(inputs, samples.inputs) },
      outputs: { ...own.outputs, ...typedOf(outputs, samples.outputs) },
    };
    typed.set(workflowId, next);
    setOwn(next);
  }
  return { samples, change, isOfTask: Boolean(latest.data) };
}

function typedOf(texts: FormTexts = {}, shown: FormTexts): FormTexts {
  return Object.fromEntries(Object.entries(texts).filter(([name, text]) => text !== shown[name]));
}
