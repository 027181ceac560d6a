import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';
import { useRefusal, type Right } from '../lib/rights.ts';
import { refusedProps } from './refused.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends ComponentProps<'button'> {
  icon: LucideIcon;
  /** The button's name for screen readers, shown as its tooltip. */
  label: string;
  keys?: string;
  /** For use within a line of text. */
  small?: boolean;
  /** Without it the button stands there, says why and does nothing. */
  needs?: Right;
}

export function IconButton({ icon: Icon, label, keys, small = false, needs, className, ...rest }: IconButtonProps) {
  const refusal = useRefusal(needs);
  return (
    <Tooltip text={refusal ?? label} {...(keys === undefined || refusal !== null ? {} : { keys })}>
      <button
        type="button"
        aria-label={label}
        className={classes(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink aria-disabled:cursor-default aria-disabled:opacity-50 aria-disabled:hover:bg-transparent aria-disabled:hover:text-muted',
          small ? 'size-6' : 'size-7',
          className,
        )}
        {...rest}
        {...(refusal !== null && refusedProps(refusal))}
      >
        <Icon aria-hidden size={small ? 13 : 15} />
      </button>
    </Tooltip>
  );
}
