import { Search } from 'lucide-react';
import { useTypedSearch } from '../use-typed-search.ts';
import { Input } from './input.tsx';

export interface SearchInputProps {
  readonly label: string;
  readonly placeholder: string;
  /** As it stands in the address. */
  readonly value: string;
  /** Called with what is typed once the typing pauses or ends, unless somebody has gone to another page. */
  readonly onChange: (text: string) => void;
}

export function SearchInput({ label, placeholder, value, onChange }: SearchInputProps) {
  const { typed, type, flush } = useTypedSearch(value, onChange);
  return (
    <div className="relative w-full sm:w-72">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" />
      <Input
        type="search"
        maxLength={200}
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onBlur={flush}
        onKeyDown={(event) => event.key === 'Enter' && flush()}
        className="pl-9"
      />
    </div>
  );
}
