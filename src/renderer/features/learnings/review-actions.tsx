import { Check, Merge, PencilLine, Pin, SquareDashed, SquareCheck, Target, X, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';

export interface ReviewAction {
  keys: string;
  label: string;
  icon: LucideIcon;
  run(): void;
  look?: 'primary' | 'danger';
  disabled?: boolean;
}

export const reviewIcons = {
  approve: Check,
  reject: X,
  edit: PencilLine,
  merge: Merge,
  scope: Target,
  pin: Pin,
  select: SquareDashed,
  selected: SquareCheck,
};

/** What can be done with the card, each with its key; icons alone on a narrow window. */
export function ReviewActions({ actions }: { actions: readonly ReviewAction[] }) {
  const { t } = useTranslation();
  return (
    <div
      role="toolbar"
      data-bottom-bar
      aria-label={t('learning.actions')}
      className="shrink-0 border-t border-line bg-panel py-2.5"
    >
      <div className="mx-auto flex max-w-[820px] flex-wrap items-center gap-1.5 px-5">
        {actions.map(({ keys, label, icon, run, look, disabled = false }) => (
          <Button
            key={keys}
            needs="write"
            look={look ?? 'ghost'}
            icon={icon}
            disabled={disabled}
            onClick={run}
            aria-keyshortcuts={keys}
            title={label}
            className="max-sm:px-2"
          >
            <span className={classes(look === undefined && 'max-sm:sr-only')}>{label}</span>
            <Kbd
              keys={keys}
              className={classes(
                'max-md:hidden',
                look === 'primary' && '[&_kbd]:border-current/40 [&_kbd]:text-on-accent',
              )}
            />
          </Button>
        ))}
      </div>
    </div>
  );
}
