import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Input, type InputProps } from './input.tsx';

/**
 * A secret being typed. Neither the browser nor a password manager is offered to keep it, except where
 * `autoComplete` says that it is somebody's own password.
 */
export function PasswordInput({ className, autoComplete = 'off', ...rest }: Omit<InputProps, 'type'>) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        autoComplete={autoComplete}
        spellCheck={false}
        {...(autoComplete === 'off' ? { 'data-1p-ignore': true, 'data-lpignore': 'true' } : {})}
        {...rest}
        type={shown ? 'text' : 'password'}
        className={`pr-10 ${className ?? ''}`}
      />
      <button
        type="button"
        aria-label={shown ? 'Hide' : 'Show'}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-1 right-1 flex w-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </div>
  );
}
