import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends ComponentProps<'button'> {
  icon: LucideIcon;
  /** The button's name for screen readers, shown as its tooltip. */
  label: string;
  keys?: string;
  /** For use within a line of text. */
  small?: boolean;
}

export function IconButton({ icon: Icon, label, keys, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button
        type="button"
        aria-label={label}
        className={classes(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink',
          small ? 'size-6' : 'size-7',
          className,
        )}
        {...rest}
      >
        <Icon aria-hidden size={small ? 13 : 15} />
      </button>
    </Tooltip>
  );
}
