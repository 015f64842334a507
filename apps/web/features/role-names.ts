import type { KeyRole } from '@pipelines/contracts';

export const roleNames: Record<KeyRole, string> = { admin: 'Admin', builder: 'Builder', viewer: 'Viewer', inference: 'Inference' };

export const roleMeanings: Record<KeyRole, string> = {
  admin: 'Manages models, keys and people',
  builder: 'Calls models, manages API keys',
  viewer: 'Looks at models, log and usage',
  inference: 'Only calls models, under /v1',
};
