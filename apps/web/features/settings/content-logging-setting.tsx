import { type OrganizationSettings, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../api-client.ts';
import { keepAnswer } from '../../keep-answer.ts';
import { useMay } from '../../session-query.ts';
import { settingsQuery } from '../../settings-query.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { NumberInput } from '../../ui/number-input.tsx';
import { SwitchCard } from '../../ui/switch-card.tsx';
import { showToast } from '../../ui/toast.ts';
import { useEdits } from '../../use-edits.ts';

const firstDays = 7;
const longestDays = 90;

/** Whether requests and answers are kept, and for how long. What shortens or ends it deletes, and asks first. */
export function ContentLoggingSetting({ days }: { readonly days: OrganizationSettings['content_retention_days'] }) {
  const mayWrite = useMay('settings:write');
  const queryClient = useQueryClient();
  const { values, edit } = useEdits({ isOn: days !== null, typed: days ?? firstDays });
  const { isOn, typed } = values;
  const [asking, setAsking] = useState(false);
  const wanted = isOn ? typed : null;
  const deletes = days !== null && (wanted === null || wanted < days);
  const save = useMutation({
    mutationFn: () => callApi(routes.updateSettings, { body: { content_retention_days: wanted } }),
    onSuccess: (settings) => {
      keepAnswer(queryClient, settingsQuery.queryKey, settings);
      setAsking(false);
      const kept = settings.content_retention_days;
      showToast({ title: kept === null ? 'Nothing is kept any more.' : `Requests and answers are kept for ${kept} days.` });
    },
    onError: (error) => {
      if (!deletes) showToast({ tone: 'bad', title: error.message });
    },
  });
  const reason = !mayWrite ? 'Only admins switch content logging.' : wanted === days ? 'Nothing has been changed.' : null;
  return (
    <div className="max-w-md space-y-3">
      <SwitchCard
        title="Keep requests and answers"
        description="Sealed with your organization's key, for admins only; each reading is in the audit log."
        checked={isOn}
        disabled={!mayWrite}
        onCheckedChange={(next) => edit({ isOn: next })}
      />
      {isOn && (
        <Field label="Days" help={`They are deleted after this many days: 1 to ${longestDays}.`}>
          {mayWrite ? (
            <NumberInput value={typed} min={1} max={longestDays} onValueChange={(value) => edit({ typed: value ?? firstDays })} />
          ) : (
            <p className="text-[13px]">{typed}</p>
          )}
        </Field>
      )}
      <Button
        variant="primary"
        pending={save.isPending && !asking}
        unavailable={reason}
        onClick={() => (deletes ? setAsking(true) : save.mutate())}
      >
        Save
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={wanted === null ? 'Stop keeping requests and answers?' : `Keep them for ${wanted} days only?`}
        action={wanted === null ? 'Delete everything' : 'Delete what is older'}
        pending={save.isPending}
        error={save.error?.message}
        onCancel={() => setAsking(false)}
        onConfirm={() => save.mutate()}
      >
        {wanted === null
          ? 'All requests and answers that were kept are deleted at once, also those in replays. This cannot be undone. The rows of the log stay.'
          : `Requests and answers older than ${wanted} days are deleted at once. This cannot be undone. The rows of the log stay.`}
      </ConfirmDialog>
    </div>
  );
}
