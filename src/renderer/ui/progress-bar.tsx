import { classes } from '../lib/classes.ts';

const tones = { accent: 'bg-accent', warning: 'bg-warning', danger: 'bg-danger' };

/** How much of something is done or used; `value` and `max` in the same unit. */
export function ProgressBar({
  label,
  value,
  max,
  kind = 'progress',
  tone = 'accent',
}: {
  label: string;
  value: number;
  max: number;
  /** Something that goes on, or an amount that stands. */
  kind?: 'progress' | 'meter';
  tone?: keyof typeof tones;
}) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div
      role={kind === 'meter' ? 'meter' : 'progressbar'}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div className={classes('h-full rounded-full', tones[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
