import { Plus } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { CheckFields } from './check-fields.tsx';
import { checkKinds } from './draft-evaluation.ts';
import type { SectionProps } from './subject-section.tsx';

const most = 10;

/** What makes an answer good: one to ten checks. A row passes when all of them do. */
export function CheckSection({ draft, errorOf }: SectionProps) {
  const { checks } = draft.draft;
  return (
    <section aria-label="Checks" className="space-y-3">
      <div>
        <h3 className="font-medium">Checks</h3>
        <p className="text-muted text-xs">
          A row passes when every check does. Known here:{' '}
          <span className="break-words font-mono">{draft.offered.variables.map((variable) => `{{${variable}}}`).join(' ')}</span>
        </p>
      </div>
      {checks.map(({ key, check, unread }, index) => (
        <CheckFields
          key={key}
          check={check}
          models={draft.models}
          onChange={(next) => draft.setCheck(key, next)}
          texts={{
            unfinished: unread ? [unread] : [],
            keepText: (text) => draft.setUnread(key, text),
            dropText: () => draft.setUnread(key, null),
          }}
          onRemove={() => draft.setCheck(key, null)}
          errorOf={(field) => errorOf(`checks.${index}.${field}`)}
        />
      ))}
      {errorOf('checks') && (
        <p role="alert" className="text-[13px] text-bad">
          Add a check.
        </p>
      )}
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Add a check</legend>
        {checkKinds.map(({ kind, title, description }) => (
          <Button
            key={kind}
            size="small"
            title={description}
            icon={<Plus aria-hidden className="size-4" />}
            unavailable={checks.length >= most ? 'Ten at most.' : null}
            onClick={() => draft.addCheck(kind)}
          >
            {title}
          </Button>
        ))}
      </fieldset>
    </section>
  );
}
