import type { InputField, ScheduleDetail, WorkflowSummary } from '@pipelines/contracts';
import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { describeCron } from './describe-cron.ts';
import { firstRows, RowsFields, readRows } from './rows-fields.tsx';
import { cronOf, firstTimes, timesOf } from './schedule-times.ts';
import { TimesFields } from './times-fields.tsx';
import { useSaveSchedule } from './use-save-schedule.ts';

const formId = 'schedule';

export interface ScheduleFormProps {
  readonly workflow: Pick<WorkflowSummary, 'id' | 'name'>;
  readonly fields: readonly InputField[];
  readonly schedule: ScheduleDetail | null;
  readonly onClose: () => void;
}

export function ScheduleForm({ workflow, fields, schedule, onClose }: ScheduleFormProps) {
  const [name, setName] = useState(schedule?.name ?? '');
  const [times, setTimes] = useState(schedule ? timesOf(schedule.cron) : firstTimes);
  const [timeZone, setTimeZone] = useState(schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [rows, setRows] = useState(() => firstRows(schedule));
  const [isTried, setIsTried] = useState(false);
  const save = useSaveSchedule({ workflowId: workflow.id, schedule, onSaved: onClose });
  const read = readRows(rows, fields);

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    const cron = cronOf(times);
    if (name.trim() === '' || describeCron(cron, timeZone, new Date()).problem || read === null) return;
    save.mutate({ name: name.trim(), cron, time_zone: timeZone, ...read });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      discards="The schedule is not saved."
      title={schedule ? 'Edit schedule' : 'Add schedule'}
      description={`Runs ${workflow.name} on the same rows again and again, on the version that is published by then.`}
      width="large"
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={save.isPending}>
            {schedule ? 'Save' : 'Add schedule'}
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        <ProblemAlert error={save.error} />
        <Field label="Name" required error={isTried && name.trim() === '' ? 'Required' : null} help="Its batches are named after it.">
          <Input value={name} maxLength={120} placeholder="Every morning" onChange={(event) => setName(event.target.value)} />
        </Field>
        <TimesFields times={times} timeZone={timeZone} onTimes={setTimes} onTimeZone={setTimeZone} />
        <RowsFields fields={fields} rows={rows} isTried={isTried} onChange={setRows} />
      </form>
    </Dialog>
  );
}
