import { zodResolver } from '@hookform/resolvers/zod';
import { routes, setupBodySchema } from '@pipelines/contracts';
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

const formSchema = setupBodySchema.omit({ token: true });

export function SetupPage() {
  const token = useLinkToken();
  if (!token) {
    return (
      <Entrance title="Set up Pipelines" description="This server is new. It has printed a one-time setup link where it was started.">
        <Alert tone="info" title="Open the link from the server's terminal.">
          It looks like <code className="break-all font-mono text-xs">{window.location.origin}/setup#token=…</code>
        </Alert>
      </Entrance>
    );
  }
  return (
    <Entrance title="Set up Pipelines" description="Name your organization and become its first admin.">
      <SetupForm token={token} />
    </Entrance>
  );
}

function SetupForm({ token }: { readonly token: string }) {
  const enter = useEnter();
  const form = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { organization_name: '', name: '', email: '', password: '' },
  });
  const { errors, isSubmitting } = form.formState;

  const completeSetup = form.handleSubmit(async (values) => {
    try {
      enter(await callApi(routes.completeSetup, { body: { ...values, token } }));
    } catch (error) {
      showProblemInForm(form, error);
    }
  });

  return (
    <form onSubmit={completeSetup} noValidate className="space-y-4">
      {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
      <Field label="Organization" required error={errors.organization_name?.message}>
        <Input autoComplete="organization" autoFocus {...form.register('organization_name')} />
      </Field>
      <Field label="Your name" required error={errors.name?.message}>
        <Input autoComplete="name" {...form.register('name')} />
      </Field>
      <Field label="Email" required error={errors.email?.message}>
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      <Field label="Password" required help="At least 12 characters." error={errors.password?.message}>
        <PasswordInput autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" pending={isSubmitting} className="w-full">
        Create the organization
      </Button>
    </form>
  );
}
