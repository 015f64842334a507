import { LoaderCircle } from 'lucide-react';
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { useTooltip } from './tooltip.tsx';

const variants = {
  primary: 'bg-primary text-on-primary border-transparent hover:bg-primary-hover aria-disabled:hover:bg-primary',
  secondary: 'bg-raised text-fg border-control hover:bg-hover aria-disabled:hover:bg-raised',
  ghost: 'border-transparent text-fg hover:bg-hover aria-disabled:hover:bg-transparent',
  danger: 'bg-bad-tint text-bad border-bad/40 hover:border-bad aria-disabled:hover:border-bad/40',
} as const;

const sizes = { small: 'h-8 px-2.5 gap-1.5 text-[13px]', medium: 'h-9 px-3.5 gap-2 text-sm', icon: 'size-8 justify-center' } as const;

export type ButtonVariant = keyof typeof variants;

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly variant?: ButtonVariant;
  readonly size?: keyof typeof sizes;
  /** Work is under way: shows a spinner and takes no second click. */
  readonly pending?: boolean;
  /** Why it cannot be used now. It stays visible and focusable, and says this. */
  readonly unavailable?: string | null | undefined;
  readonly icon?: ReactNode;
}

/** Always the same element, so that it keeps the focus when it cannot be used any more. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  pending = false,
  unavailable,
  icon,
  type = 'button',
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const tooltip = useTooltip(unavailable);
  const blocked = pending || Boolean(unavailable);
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => (blocked ? event.preventDefault() : onClick?.(event));
  return (
    <>
      <button
        {...rest}
        onPointerEnter={both(rest.onPointerEnter, tooltip.show)}
        onPointerLeave={both(rest.onPointerLeave, tooltip.hide)}
        onFocus={both(rest.onFocus, tooltip.show)}
        onBlur={both(rest.onBlur, tooltip.hide)}
        onKeyDown={both(rest.onKeyDown, (event) => event.key === 'Escape' && tooltip.hide())}
        type={type}
        onClick={handleClick}
        aria-disabled={blocked || undefined}
        aria-busy={pending || undefined}
        {...(unavailable ? { 'aria-describedby': reasonId } : {})}
        className={classNames(
          'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-lg border font-medium transition-colors',
          'aria-disabled:cursor-not-allowed aria-disabled:opacity-50 aria-busy:opacity-80',
          variants[variant],
          sizes[size],
          className,
        )}
      >
        {pending ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
        {children}
      </button>
      {tooltip.popup}
      {unavailable && (
        <span id={reasonId} className="sr-only">
          {unavailable}
        </span>
      )}
    </>
  );
}

/** What the caller wants to be told of, and what the button itself does. */
function both<Event>(told: ((event: Event) => void) | undefined, own: (event: Event) => void) {
  return (event: Event) => {
    told?.(event);
    own(event);
  };
}
