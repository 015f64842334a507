import { zodResolver } from '@hookform/resolvers/zod';
import { createApiKeyBodySchema, keyRoles, mayGrant, onUnsupportedSchema } from '@pipelines/contracts';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useSession } from '../../session-query.ts';
import { showProblemInForm } from '../../show-problem-in-form.ts';
import { Alert } from '../../ui/alert.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { roleMeanings, roleNames } from '../role-names.ts';
import { expiries, expiryNames } from './api-key-state.ts';
import { ModelPicker } from './model-picker.tsx';

export const createApiKeyFormId = 'create-api-key';

const formSchema = z.object({
  name: createApiKeyBodySchema.shape.name,
  role: z.enum(keyRoles),
  allowed_models: z.array(z.string()).max(200, 'At most 200 models'),
  // A key whose limit was typed and not chosen would call every model.
  typed_model: z.string().trim().max(0, 'No model is called so. Choose one of the list, or empty the field.'),
  on_unsupported: onUnsupportedSchema,
  expiry: z.enum(expiries),
});
export type CreateApiKeyValues = z.infer<typeof formSchema>;

export function CreateApiKeyForm({ onSubmit }: { readonly onSubmit: (values: CreateApiKeyValues) => Promise<void> }) {
  const role = useSession()?.member.role ?? 'viewer';
  const form = useForm<CreateApiKeyValues>({
    resolver: zodResolver(formSchema),
    defaultValues: { name: '', role: 'inference', allowed_models: [], typed_model: '', on_unsupported: 'refuse', expiry: '90' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch (error) {
      showProblemInForm(form, error);
    }
  });
  return (
    <form id={createApiKeyFormId} onSubmit={submit} noValidate className="space-y-5">
      {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
      <Field label="Name" required help="Say which program it is for." error={errors.name?.message}>
        <Input placeholder="Ticket triage, production" autoFocus {...form.register('name')} />
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <RadioCards
            label="Role"
            value={field.value}
            onValueChange={field.onChange}
            error={errors.role?.message}
            options={keyRoles
              .filter((wanted) => mayGrant(role, wanted))
              .toReversed()
              .map((wanted) => ({ value: wanted, title: roleNames[wanted], description: roleMeanings[wanted] }))}
          />
        )}
      />
      <Controller
        control={form.control}
        name="allowed_models"
        render={({ field }) => (
          <Controller
            control={form.control}
            name="typed_model"
            render={({ field: typed }) => (
              <ModelPicker
                slugs={field.value}
                onChange={field.onChange}
                typed={typed.value}
                onType={typed.onChange}
                error={errors.allowed_models?.message ?? errors.typed_model?.message}
              />
            )}
          />
        )}
      />
      <Controller
        control={form.control}
        name="on_unsupported"
        render={({ field }) => (
          <RadioCards
            label="Asked for a capability that the model does not have"
            value={field.value}
            onValueChange={field.onChange}
            options={[
              { value: 'refuse', title: 'Refuse', description: 'The program gets a clear error' },
              { value: 'drop', title: 'Drop it', description: 'Answered without it, and told so in a header' },
            ]}
          />
        )}
      />
      <Controller
        control={form.control}
        name="expiry"
        render={({ field }) => (
          <Field label="Ends after">
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={expiries.map((expiry) => ({ value: expiry, label: expiryNames[expiry] }))}
            />
          </Field>
        )}
      />
    </form>
  );
}
