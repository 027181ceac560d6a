import { Ban, ChartNoAxesColumn, EyeOff, Pin, PinOff, Radar, Trash2, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../shared/context-views.ts';
import { marks } from '../../../shared/context-views.ts';
import type { ObservationView } from '../../../shared/views.ts';
import { IconButton } from '../../ui/icon-button.tsx';

const icons: Record<Mark, LucideIcon> = { pinned: Pin, hidden: EyeOff, wrong: Ban };
export const markKeys: Record<Mark, string> = { pinned: 'p', hidden: 'h', wrong: 'x' };

export interface HitActionsProps {
  observation: ObservationView;
  explained: boolean;
  onMark(mark: Mark | null): void;
  onSimilar(): void;
  onExplain(): void;
  onDelete(): void;
}

/** What can be done with the hit that the keyboard or the pointer is on. */
export function HitActions({ observation, explained, onMark, onSimilar, onExplain, onDelete }: HitActionsProps) {
  const { t } = useTranslation();
  return (
    <div
      role="group"
      aria-label={t('search.actions')}
      className="absolute top-1 right-1.5 flex rounded-lg bg-raised p-0.5 shadow-[0_0_0_1px_var(--line)] before:pointer-events-none before:absolute before:inset-y-0 before:right-full before:w-12 before:bg-linear-to-r before:from-transparent before:to-hover"
    >
      {marks.map((mark) => {
        const isSet = observation.mark === mark;
        return (
          <IconButton
            key={mark}
            small
            needs="write"
            icon={mark === 'pinned' && isSet ? PinOff : icons[mark]}
            label={t(isSet ? `mark.undo.${mark}` : `mark.do.${mark}`)}
            keys={markKeys[mark]}
            aria-pressed={isSet}
            onClick={() => onMark(isSet ? null : mark)}
            className="aria-pressed:text-accent-ink"
          />
        );
      })}
      <IconButton small icon={Radar} label={t('search.similar')} keys="s" onClick={onSimilar} />
      <IconButton
        small
        icon={ChartNoAxesColumn}
        label={t('search.why')}
        keys="y"
        aria-expanded={explained}
        onClick={onExplain}
        className="aria-expanded:text-accent-ink"
      />
      <IconButton
        small
        needs="write"
        icon={Trash2}
        label={t('delete.do.observation')}
        keys="Delete"
        onClick={onDelete}
      />
    </div>
  );
}
