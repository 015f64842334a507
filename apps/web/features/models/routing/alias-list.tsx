import { Link } from '@tanstack/react-router';
import { Part } from './part.tsx';

/** The other names that stand for the model. */
export function AliasList({ aliases }: { readonly aliases: readonly string[] }) {
  return (
    <Part title="Aliases" help="Other names that programs call the model by.">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
        {aliases.length === 0 && <span className="text-muted">None.</span>}
        {aliases.map((alias) => (
          <code key={alias} className="font-mono">
            {alias}
          </code>
        ))}
        <Link to="/settings" search={{ tab: 'aliases' }} className="text-primary-text underline underline-offset-2">
          All aliases
        </Link>
      </p>
    </Part>
  );
}
