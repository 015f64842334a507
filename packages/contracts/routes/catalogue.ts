import {
  catalogueChangePageSchema,
  catalogueChangeQuerySchema,
  catalogueModelPageSchema,
  catalogueModelQuerySchema,
  catalogueSchema,
  catalogueSyncSchema,
} from '../catalogue.ts';
import { defineRoute } from '../route.ts';

const tag = 'Catalogue';

export const getCatalogue = defineRoute({
  operationId: 'getCatalogue',
  method: 'get',
  path: '/api/catalogue',
  permission: 'models:read',
  summary: 'Where the platform models come from, and when that was last read',
  tag,
  success: { status: 200, schema: catalogueSchema },
});

export const syncCatalogue = defineRoute({
  operationId: 'syncCatalogue',
  method: 'post',
  path: '/api/catalogue/syncs',
  permission: 'models:write',
  summary: 'Read the source now; at most once a minute',
  tag,
  success: { status: 201, schema: catalogueSyncSchema },
  errors: ['rate_limited'],
});

export const listCatalogueModels = defineRoute({
  operationId: 'listCatalogueModels',
  method: 'get',
  path: '/api/catalogue/models',
  permission: 'models:read',
  summary: 'Every model that the source is known to have, by slug',
  tag,
  query: catalogueModelQuerySchema,
  success: { status: 200, schema: catalogueModelPageSchema },
});

export const listCatalogueChanges = defineRoute({
  operationId: 'listCatalogueChanges',
  method: 'get',
  path: '/api/catalogue/changes',
  permission: 'models:read',
  summary: 'What has changed in the catalogue, newest first',
  tag,
  query: catalogueChangeQuerySchema,
  success: { status: 200, schema: catalogueChangePageSchema },
});
