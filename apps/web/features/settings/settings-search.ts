import { z } from 'zod';

export const settingsTabs = ['organization', 'aliases', 'account', 'webhooks', 'audit'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export const settingsSearchSchema = z.object({ tab: z.enum(settingsTabs).optional().catch(undefined) });
