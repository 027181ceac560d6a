import { classes } from '../lib/classes.ts';

/** A grey bar in the place and size of what is being loaded. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes('skeleton rounded', className)} />;
}
