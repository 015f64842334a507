import type { Model, Permission } from '@pipelines/contracts';

type Action = 'try' | 'edit' | 'test' | 'makeDefault' | 'delete';

/** Why an action on a model cannot be taken now; null where it can. The server decides the same. */
export function modelActionReasons(
  model: Pick<Model, 'kind' | 'status' | 'status_detail' | 'is_default' | 'active'>,
  permissions: readonly Permission[],
): Record<Action, string | null> {
  const inactive = model.active ? null : 'The model is deactivated.';
  const notConfigured =
    model.status === 'not_configured' ? (model.status_detail ?? 'The operator has set no key for platform models.') : null;
  const platform = model.kind === 'platform' ? 'Platform models are kept by the operator.' : null;
  const lacks = (permission: Permission, words: string) => (permissions.includes(permission) ? null : words);
  return {
    try: inactive ?? notConfigured ?? lacks('models:call', 'Your role does not call models.'),
    edit: inactive ?? platform ?? lacks('models:write', 'Only admins edit models.'),
    test: inactive ?? notConfigured ?? lacks('models:write', 'Only admins test models.'),
    makeDefault: model.is_default
      ? 'This is the default model already.'
      : (inactive ?? lacks('settings:write', 'Only admins choose the default model.')),
    delete:
      inactive ??
      platform ??
      (model.is_default ? 'Choose another default model first.' : lacks('models:write', 'Only admins delete models.')),
  };
}
