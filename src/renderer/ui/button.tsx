import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line bg-panel text-ink hover:bg-hover',
  ghost: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'border border-line bg-panel text-danger-ink hover:bg-danger-soft',
  /** For the button that does it; `danger` is for the one that asks first. */
  destructive: 'bg-danger-strong text-on-accent hover:bg-danger-strong-hover',
};

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  icon?: LucideIcon;
  /** Shows a spinner and takes no clicks. */
  busy?: boolean;
}

export function Button({ look = 'secondary', icon: Icon, busy = false, className, children, ...rest }: ButtonProps) {
  const Shown = busy ? LoaderCircle : Icon;
  return (
    <button
      type="button"
      disabled={busy}
      className={classes(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap transition-colors focus-visible:outline-offset-2 disabled:opacity-60',
        looks[look],
        className,
      )}
      {...rest}
    >
      {Shown && <Shown aria-hidden size={14} className={busy ? 'spin' : undefined} />}
      {children}
    </button>
  );
}
