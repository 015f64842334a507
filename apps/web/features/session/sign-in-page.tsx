import { zodResolver } from '@hookform/resolvers/zod';
import { routes, signInBodySchema } from '@pipelines/contracts';
import { getRouteApi } from '@tanstack/react-router';
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

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next } = route.useSearch();
  const enter = useEnter();
  const form = useForm({ resolver: zodResolver(signInBodySchema), defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;

  const signIn = form.handleSubmit(async (body) => {
    try {
      enter(await callApi(routes.signIn, { body }), next);
    } catch (error) {
      showProblemInForm(form, error);
    }
  });

  return (
    <Entrance title="Sign in">
      <form onSubmit={signIn} noValidate className="space-y-4">
        {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
        <Field label="Email" required error={errors.email?.message}>
          <Input type="email" autoComplete="username" autoFocus {...form.register('email')} />
        </Field>
        <Field label="Password" required error={errors.password && 'Enter your password'}>
          <PasswordInput autoComplete="current-password" {...form.register('password')} />
        </Field>
        <Button type="submit" variant="primary" pending={isSubmitting} className="w-full">
          Sign in
        </Button>
        <p className="text-muted text-xs">
          Forgotten the password? An admin can take you out under People and invite you again: you come back as you were.
        </p>
      </form>
    </Entrance>
  );
}
