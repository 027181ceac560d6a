import { Link } from '@tanstack/react-router';
import { ChevronLeft, MousePointerClick } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LearningList, type LearningListProps } from './learning-list.tsx';
import { LearningPane } from './learning-pane.tsx';
import { withLearningParams } from './learning-params.ts';

/** The list, and beside it the learning that is open; on a narrow window one after the other. */
export function AllLearnings({ params, onChange }: LearningListProps) {
  const { t } = useTranslation();
  const { open } = params;
  return (
    <div className="flex h-full min-w-0">
      <section
        aria-label={t('learning.tab.all')}
        className={classes(
          'h-full w-full flex-col border-line lg:flex lg:w-[440px] lg:shrink-0 lg:border-r',
          open === undefined ? 'flex' : 'hidden',
        )}
      >
        <LearningList params={params} onChange={onChange} />
      </section>
      <div
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={t('learning.card')}
        data-testid="learning-pane"
        className={classes('h-full min-w-0 flex-1 overflow-y-auto lg:block', open === undefined ? 'hidden' : 'block')}
      >
        {open === undefined ? (
          <EmptyState icon={MousePointerClick} title={t('learning.choose.title')} text={t('learning.choose.text')} />
        ) : (
          <>
            <Link
              to="/learnings"
              search={withLearningParams(params, { open: undefined })}
              aria-label={t('action.back')}
              className="mt-2 ml-3 flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover lg:hidden"
            >
              <ChevronLeft aria-hidden size={17} />
            </Link>
            <LearningPane id={open} onClose={() => onChange({ open: undefined })} />
          </>
        )}
      </div>
    </div>
  );
}
