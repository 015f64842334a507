import { routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async ({ signal }) => (await callApi(routes.listWebhooks, { query: { limit: 200 }, signal })).data,
});

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: async ({ signal }) => (await callApi(routes.listWebhookDeliveries, { params: { id }, query: { limit: 20 }, signal })).data,
    refetchInterval: 5_000,
  });
