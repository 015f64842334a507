import { z } from 'zod';
import { id, pageQuery } from '../fields.ts';
import { modelSchema } from '../models.ts';
import {
  priceCheckSchema,
  pricePeriodPageSchema,
  priceProposalPageSchema,
  priceProposalQuerySchema,
  priceProposalSchema,
} from '../prices.ts';
import { defineRoute } from '../route.ts';

const tag = 'Prices';
const slugParams = z.object({ slug: z.string().min(1).max(300) });

export const listModelPrices = defineRoute({
  operationId: 'listModelPrices',
  method: 'get',
  path: '/api/models/{slug}/prices',
  permission: 'models:read',
  summary: 'Every price set that the model has had, newest first',
  tag,
  params: slugParams,
  query: z.object(pageQuery),
  success: { status: 200, schema: pricePeriodPageSchema },
});

export const checkModelPrices = defineRoute({
  operationId: 'checkModelPrices',
  method: 'post',
  path: '/api/models/{slug}/price-checks',
  permission: 'models:write',
  summary: "Look what the sources say of a custom model's prices; another price becomes a proposal",
  tag,
  params: slugParams,
  success: { status: 201, schema: priceCheckSchema },
  errors: ['platform_model_immutable', 'model_inactive', 'rate_limited'],
});

export const listPriceProposals = defineRoute({
  operationId: 'listPriceProposals',
  method: 'get',
  path: '/api/price-proposals',
  permission: 'models:read',
  summary: 'Other prices that sources tell of custom models, newest first',
  tag,
  query: priceProposalQuerySchema,
  success: { status: 200, schema: priceProposalPageSchema },
});

export const acceptPriceProposal = defineRoute({
  operationId: 'acceptPriceProposal',
  method: 'post',
  path: '/api/price-proposals/{id}/accept',
  permission: 'models:write',
  summary: 'Charge new calls as the source says; past costs stay',
  tag,
  params: z.object({ id }),
  success: { status: 200, schema: modelSchema },
  errors: ['conflict', 'model_inactive'],
});

export const dismissPriceProposal = defineRoute({
  operationId: 'dismissPriceProposal',
  method: 'post',
  path: '/api/price-proposals/{id}/dismiss',
  permission: 'models:write',
  summary: 'Keep the prices, until the source says something else',
  tag,
  params: z.object({ id }),
  success: { status: 200, schema: priceProposalSchema },
  errors: ['conflict'],
});
