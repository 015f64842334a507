import { zodResolver } from '@hookform/resolvers/zod';
import { createInvitationBodySchema, memberRoles, routes } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { callApi } from '../../api-client.ts';
import { showProblemInForm } from '../../show-problem-in-form.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { roleMeanings, roleNames } from '../role-names.ts';
import { invitationsQuery } from './use-members.ts';

interface Invited {
  readonly email: string;
  readonly link: string;
}

/** Invites somebody: the link is shown once, to be handed over by the admin. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return invited ? <InvitationLink invited={invited} onClose={onClose} /> : <InviteForm onInvited={setInvited} onClose={onClose} />;
}

function InviteForm({ onInvited, onClose }: { readonly onInvited: (invited: Invited) => void; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(createInvitationBodySchema), defaultValues: { email: '', role: 'builder' as const } });
  const { errors, isSubmitting } = form.formState;
  const invite = form.handleSubmit(async (body) => {
    try {
      const { email, link } = await callApi(routes.createInvitation, { body });
      void queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
      onInvited({ email, link });
    } catch (error) {
      showProblemInForm(form, error);
    }
  });
  return (
    <Dialog
      open
      // The link is shown only here: whoever leaves before it has come would never see it.
      onClose={() => !isSubmitting && onClose()}
      discards="Nobody is invited."
      title="Invite"
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" unavailable={isSubmitting ? 'The link is being made.' : null} onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="invite" pending={isSubmitting}>
            Make the link
          </Button>
        </div>
      }
    >
      <form id="invite" onSubmit={invite} noValidate className="space-y-5">
        {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
        <Field label="Email" required error={errors.email?.message}>
          <Input type="email" autoFocus {...form.register('email')} />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <RadioCards
              label="Role"
              columns={1}
              value={field.value}
              onValueChange={field.onChange}
              options={memberRoles.map((role) => ({ value: role, title: roleNames[role], description: roleMeanings[role] }))}
            />
          )}
        />
      </form>
    </Dialog>
  );
}

function InvitationLink({ invited, onClose }: { readonly invited: Invited; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      isOnce
      onClose={onClose}
      title={`Invitation for ${invited.email}`}
      footer={
        <div className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      }
    >
      <div className="space-y-4">
        <Alert tone="warn" title="Copy the link now: it is not shown again.">
          Whoever opens it first joins your organization. Hand it over on a way that you trust.
        </Alert>
        <div className="flex items-end gap-2">
          <Field label="Link" className="min-w-0 flex-1">
            <Input mono readOnly value={invited.link} onFocus={(event) => event.target.select()} />
          </Field>
          <CopyButton text={invited.link} what="link" />
        </div>
      </div>
    </Dialog>
  );
}
