import { useTranslation } from 'react-i18next';
import type { ObservationView } from '../../../shared/views.ts';
import { visibleText } from '../../lib/readable.ts';

/** What stands after a step's title, with the memory's short forms for lines and counts in the window's language. */
export function useSubtitle({ tool, subtitle }: Pick<ObservationView, 'tool' | 'subtitle'>): string {
  const { t } = useTranslation();
  if (subtitle === null) return '';
  const lines = tool === 'Read' ? /^(\d+–\d+) \/ (\d+)$/.exec(subtitle) : null;
  if (lines) return t('timeline.lines', { lines: lines[1] ?? '', total: lines[2] ?? '' });
  if (subtitle === '→ 0' || subtitle.endsWith(' → 0')) {
    return [visibleText(subtitle.slice(0, -3).trim()), t('timeline.noMatch')].filter(Boolean).join(' · ');
  }
  return visibleText(subtitle);
}
