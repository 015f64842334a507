import { Autocomplete } from '../../../ui/autocomplete.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { describeCron } from './describe-cron.ts';
import { cronOf, type ScheduleTimes } from './schedule-times.ts';

export interface TimesFieldsProps {
  readonly times: ScheduleTimes;
  readonly timeZone: string;
  readonly onTimes: (times: ScheduleTimes) => void;
  readonly onTimeZone: (timeZone: string) => void;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((value) => ({ value }));

/** When a schedule runs: a rhythm or a pattern, on the clock of a zone, read aloud with its next times. */
export function TimesFields({ times, timeZone, onTimes, onTimeZone }: TimesFieldsProps) {
  const { rhythm, time, weekday, cron } = times;
  const described = describeCron(cronOf(times), timeZone, new Date());
  const wrong = (field: 'cron' | 'time_zone') => (described.problem?.field === field ? described.problem.message : null);
  return (
    <div className="space-y-4">
      <Segmented
        label="How often"
        value={rhythm}
        onValueChange={(next) => onTimes({ ...times, rhythm: next, cron: cronOf(times) })}
        options={[
          { value: 'hourly', label: 'Hourly' },
          { value: 'daily', label: 'Daily' },
          { value: 'weekly', label: 'Weekly' },
          { value: 'custom', label: 'Cron' },
        ]}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {rhythm === 'custom' && (
          <Field
            label="Cron pattern"
            required
            error={wrong('cron')}
            help="Minute, hour, day of the month, month, day of the week."
            className="sm:col-span-2"
          >
            <Input
              value={cron}
              spellCheck={false}
              className="font-mono text-[13px]"
              onChange={(event) => onTimes({ ...times, cron: event.target.value })}
            />
          </Field>
        )}
        {rhythm === 'weekly' && (
          <Field label="Day">
            <Select
              value={weekday}
              onValueChange={(next) => onTimes({ ...times, weekday: next })}
              options={weekdays.map((label, value) => ({ value: String(value), label }))}
            />
          </Field>
        )}
        {rhythm !== 'custom' && (
          <Field
            label={rhythm === 'hourly' ? 'Minute' : 'Time'}
            help={rhythm === 'hourly' ? 'The minutes count: 00:15 is a quarter past each hour.' : null}
          >
            <Input type="time" value={time} onChange={(event) => event.target.value && onTimes({ ...times, time: event.target.value })} />
          </Field>
        )}
        <Field label="Time zone" required error={wrong('time_zone')}>
          <Autocomplete value={timeZone} onValueChange={onTimeZone} suggestions={zones} />
        </Field>
      </div>
      {!described.problem && (
        <div role="status" aria-label="Next runs" className="rounded-lg border border-line bg-panel px-3 py-2 text-[13px]">
          <p className="font-medium">{described.words}</p>
          <ol className="mt-1 text-muted tabular-nums">
            {described.next.map((next) => (
              <li key={next}>{next}</li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
