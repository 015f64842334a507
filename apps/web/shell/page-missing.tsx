import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { EmptyState } from '../ui/empty-state.tsx';

export function PageMissing() {
  return (
    <div className="mx-auto max-w-xl p-6">
      <EmptyState
        icon={<Compass />}
        title="There is no such page."
        action={
          <Link to="/models" className="font-medium text-primary-text underline underline-offset-2">
            Go to the models
          </Link>
        }
      />
    </div>
  );
}
