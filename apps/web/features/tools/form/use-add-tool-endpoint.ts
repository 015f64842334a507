import { routes, type ToolDiscovery, type ToolEndpointDetail } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { callApi } from '../../../api-client.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { showToolProblem } from './show-tool-problem.ts';
import { connectionKey, createBody, discoveryBody, emptyToolForm, type ToolFormValues } from './tool-form.ts';

interface Look {
  /** What was looked at. */
  readonly key: string;
  readonly found: ToolDiscovery;
}

/** Adding an endpoint: type, look what tools there are, choose, save. */
export function useAddToolEndpoint(onCreated: (endpoint: ToolEndpointDetail) => void) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const form = useForm<ToolFormValues>({ defaultValues: emptyToolForm });
  const [looked, setLooked] = useState<Look | null>(null);
  const [disabled, setDisabled] = useState<ReadonlySet<string>>(new Set());
  const values = form.watch();
  const isCurrent = looked !== null && looked.key === connectionKey(values);

  const look = useMutation({
    mutationFn: async () => {
      form.clearErrors();
      const body = discoveryBody(form.getValues());
      const key = JSON.stringify(body);
      const found = await callApi(routes.discoverTools, { body });
      const isAsked = key === connectionKey(form.getValues());
      if (isAsked && body.kind === 'http' && body.url === undefined && found.suggested_url) form.setValue('url', found.suggested_url);
      setDisabled((before) => new Set(found.tools.map(({ name }) => name).filter((name) => before.has(name))));
      // What has been typed meanwhile was not looked at.
      setLooked({ key: isAsked ? connectionKey(form.getValues()) : key, found });
    },
    onError: (error) => {
      setLooked(null);
      if (showToolProblem(form, error)) look.reset();
    },
  });
  const save = useMutation({
    mutationFn: () => callApi(routes.createToolEndpoint, { body: createBody(form.getValues(), [...disabled]) }),
    onSuccess: async (endpoint) => {
      await queryClient.invalidateQueries({ queryKey: ['tool-endpoints'] });
      whileShown(() => onCreated(endpoint));
    },
    onError: (error) => void (showToolProblem(form, error) && save.reset()),
  });

  return {
    form,
    look,
    save,
    found: isCurrent ? looked.found : null,
    wasChanged: looked !== null && !isCurrent,
    disabled,
    toggle(name: string) {
      setDisabled((before) => new Set(before.has(name) ? [...before].filter((each) => each !== name) : [...before, name]));
    },
    saveClosed: whyNotSaved(values, isCurrent ? looked.found : null),
  };
}

function whyNotSaved({ name, url }: ToolFormValues, found: ToolDiscovery | null): string | null {
  if (!found?.passed) return 'Find its tools first.';
  if (url.trim() === '') return 'Enter the address of the service.';
  return name.trim() === '' ? 'Give it a name.' : null;
}
