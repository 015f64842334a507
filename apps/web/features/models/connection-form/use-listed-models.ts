import { type ListedModel, type Provider, routes } from '@pipelines/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { connectionBody } from './form-bodies.ts';
import type { ModelFormValues } from './form-values.ts';

const noModels: readonly ListedModel[] = [];

/**
 * The provider's own list, asked for once a connection and kept in this component only: its question
 * holds a secret, so it never enters the query cache. A failure leaves the field without suggestions.
 */
export function useListedModels(provider: Provider, getValues: () => ModelFormValues) {
  const [listed, setListed] = useState<{ readonly key: string; readonly models: readonly ListedModel[] } | null>(null);
  const asked = useRef<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const ask = useCallback(async () => {
    if (!provider.lists_models) return;
    const { provider_model_id: _wanted, task: _any, ...connection } = connectionBody(getValues(), provider);
    const key = JSON.stringify(connection);
    if (asked.current === key) return;
    const body = routes.listProviderModels.body.safeParse(connection);
    if (!body.success || !hasCredential(connection)) return;
    asked.current = key;
    controller.current?.abort();
    controller.current = new AbortController();
    try {
      const answer = await callApi(routes.listProviderModels, {
        params: { provider: provider.id },
        body: body.data,
        signal: controller.current.signal,
      });
      setListed({ key: provider.id, models: answer.data });
    } catch {
      asked.current = null;
    }
  }, [provider, getValues]);

  return { listed: listed?.key === provider.id ? listed.models : noModels, ask };
}

function hasCredential(connection: Record<string, unknown>): boolean {
  return connection.auth_kind === 'none' || 'credential' in connection || 'credential_id' in connection;
}
