import type { HeldBackBy } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Alert } from '../../../ui/alert.tsx';

export interface HeldBackProps {
  readonly heldBackBy: readonly HeldBackBy[];
  readonly workflowId: string;
}

/** Which limits a batch has run into, in words, and where they are set. */
export function HeldBack({ heldBackBy, workflowId }: HeldBackProps) {
  if (heldBackBy.length === 0) return null;
  return (
    <Alert tone="info" title="Tasks wait for others to end.">
      <ul className="space-y-0.5">
        {heldBackBy.map((each) => (
          <li key={`${each.limit} ${each.slug}`}>{describe(each, workflowId)}</li>
        ))}
      </ul>
    </Alert>
  );
}

const link = 'text-primary-text underline underline-offset-2';

function describe({ limit, slug, at_most }: HeldBackBy, workflowId: string): ReactNode {
  const tasks = `${at_most.toLocaleString('en')} ${at_most === 1 ? 'task' : 'tasks'} at a time`;
  if (limit === 'organization')
    return (
      <>
        The organization runs at most {tasks}:{' '}
        <Link to="/settings" className={link}>
          organization settings
        </Link>
        .
      </>
    );
  if (limit === 'workflow')
    return (
      <>
        This pipeline runs at most {tasks}:{' '}
        <Link to="/workflows/$id/tasks" params={{ id: workflowId }} search={{ view: 'settings' }} className={link}>
          its settings
        </Link>
        .
      </>
    );
  return (
    <>
      The model{' '}
      <Link to="/models/$slug" params={{ slug: slug ?? '' }} className={link}>
        {slug}
      </Link>{' '}
      is asked by at most {at_most.toLocaleString('en')} {at_most === 1 ? 'LLM step' : 'LLM steps'} at a time.
    </>
  );
}
