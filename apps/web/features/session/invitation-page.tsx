import { zodResolver } from '@hookform/resolvers/zod';
import { acceptInvitationBodySchema, routes } from '@pipelines/contracts';
import { useForm } from 'react-hook-form';
import { callApi } from '../../api-client.ts';
import { showProblemInForm } from '../../show-problem-in-form.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Entrance } from './entrance.tsx';
import { useEnter } from './use-enter.ts';
import { useLinkToken } from './use-link-token.ts';

const formSchema = acceptInvitationBodySchema.omit({ token: true });

export function InvitationPage() {
  const token = useLinkToken();
  if (!token) {
    return (
      <Entrance title="Join your organization">
        <Alert tone="warn" title="This link has no invitation in it.">
          Open the whole link that an admin gave you, or ask for a new one.
        </Alert>
      </Entrance>
    );
  }
  return (
    <Entrance title="Join your organization" description="Choose how you are called and a password of your own.">
      <InvitationForm token={token} />
    </Entrance>
  );
}

function InvitationForm({ token }: { readonly token: string }) {
  const enter = useEnter();
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: '', password: '' } });
  const { errors, isSubmitting } = form.formState;

  const accept = form.handleSubmit(async (values) => {
    try {
      enter(await callApi(routes.acceptInvitation, { body: { ...values, token } }));
    } catch (error) {
      showProblemInForm(form, error);
    }
  });

  return (
    <form onSubmit={accept} noValidate className="space-y-4">
      {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
      <Field label="Your name" required error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Password" required help="At least 12 characters." error={errors.password?.message}>
        <PasswordInput autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" pending={isSubmitting} className="w-full">
        Join
      </Button>
    </form>
  );
}
