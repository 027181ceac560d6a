import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';
import { useRefusal, type Right } from '../lib/rights.ts';
import { refusedProps } from './refused.ts';
import { Tooltip } from './tooltip.tsx';

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
  /** Without it the button stands there, says why and does nothing. */
  needs?: Right;
}

export function Button({
  look = 'secondary',
  icon: Icon,
  busy = false,
  needs,
  className,
  children,
  ...rest
}: ButtonProps) {
  const Shown = busy ? LoaderCircle : Icon;
  const refusal = useRefusal(needs);
  const button = (
    <button
      type="button"
      disabled={busy}
      className={classes(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap transition-colors focus-visible:outline-offset-2 disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60',
        looks[look],
        className,
      )}
      {...rest}
      {...(refusal !== null && refusedProps(refusal))}
    >
      {Shown && <Shown aria-hidden size={14} className={busy ? 'spin' : undefined} />}
      {children}
    </button>
  );
  return refusal === null ? button : <Tooltip text={refusal}>{button}</Tooltip>;
}
