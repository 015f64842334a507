import { zodResolver } from '@hookform/resolvers/zod';
import { changePasswordBodySchema, routes } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { ApiProblem, callApi } from '../../api-client.ts';
import { showProblemInForm } from '../../show-problem-in-form.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { showToast } from '../../ui/toast.ts';

export function ChangePasswordForm() {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(changePasswordBodySchema),
    defaultValues: { current_password: '', new_password: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const change = form.handleSubmit(async (body) => {
    try {
      await callApi(routes.changePassword, { body });
      form.reset();
      showToast({ title: 'The password has been changed.', description: 'Your other sessions have ended.' });
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'wrong_email_or_password') {
        form.setError('current_password', { message: 'This is not your current password' }, { shouldFocus: true });
      } else showProblemInForm(form, error);
    }
  });
  return (
    <form onSubmit={change} noValidate className="max-w-md space-y-3">
      {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
      <Field label="Current password" required error={errors.current_password?.message}>
        <PasswordInput autoComplete="current-password" {...form.register('current_password')} />
      </Field>
      <Field label="New password" required help="At least 12 characters." error={errors.new_password?.message}>
        <PasswordInput autoComplete="new-password" {...form.register('new_password')} />
      </Field>
      <Button type="submit" pending={isSubmitting}>
        Change password
      </Button>
    </form>
  );
}
