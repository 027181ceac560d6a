import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LearningDetail, LearningView } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { useMay } from '../../lib/rights.ts';
import { Badge } from '../../ui/badge.tsx';
import { RichText } from '../../ui/rich-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ConfidenceReasons } from './confidence-reasons.tsx';
import { ConflictPanel } from './conflict-panel.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { CategoryLabel, ScopeLabel, StateBadge } from './learning-badges.tsx';
import { LearningEditor } from './learning-editor.tsx';
import { LearningPicker } from './learning-picker.tsx';
import { LearningTags, useTagAddress } from './learning-tags.tsx';
import { ScopeEditor } from './scope-editor.tsx';
import { SimilarList } from './similar-list.tsx';
import type { LearningTools } from './use-learning-tools.ts';

export interface LearningBodyProps {
  /** What the list knows; the rest comes with `detail`. */
  learning: LearningView;
  detail: LearningDetail | undefined;
  tools: LearningTools;
  /** As the one thing on the page. */
  large?: boolean;
  showsState: boolean;
}

/** A learning with all that one needs to judge it: its words, its grounds, and what speaks against it. */
export function LearningBody({ learning, detail, tools, large = false, showsState }: LearningBodyProps) {
  const { t } = useTranslation();
  const may = useMay();
  const tagAddress = useTagAddress();
  const { open } = tools;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-muted">
        {showsState && <StateBadge state={learning.state} />}
        <CategoryLabel category={learning.category} className="font-medium" />
        <button
          type="button"
          disabled={!may('write')}
          aria-expanded={open === 'scope' || open === 'path'}
          onClick={() => tools.setOpen(open === 'scope' ? null : 'scope')}
          className="-mx-1.5 flex h-6 min-w-0 items-center rounded-md px-1.5 enabled:hover:bg-hover enabled:hover:text-ink"
        >
          <span className="sr-only">{t('learning.scope.change')}: </span>
          <ScopeLabel learning={learning} />
        </button>
        {learning.pinned && (
          <Badge tone="accent">
            <Pin aria-hidden size={10} />
            {t('learning.pinned')}
          </Badge>
        )}
      </div>
      {(open === 'scope' || open === 'path') && (
        <ScopeEditor
          key={open}
          learning={learning}
          target={tools.target}
          asksPath={open === 'path'}
          onSave={tools.saveScope}
          onCancel={tools.close}
        />
      )}
      {open === 'edit' ? (
        <>
          <h2 className="sr-only">{t('learning.edit')}</h2>
          <LearningEditor learning={learning} onSave={tools.save} onClose={tools.close} />
        </>
      ) : (
        <div dir="auto" className="select-text">
          <h2
            className={classes(
              'text-left font-semibold text-pretty [overflow-wrap:anywhere]',
              large ? 'text-[19px] leading-[27px]' : 'text-[16px] leading-[23px]',
            )}
          >
            <RichText text={learning.statement} />
          </h2>
          {learning.detail !== null && (
            <div className="mt-2 text-left text-sm leading-[21px] text-muted">
              <RichText text={learning.detail} />
            </div>
          )}
        </div>
      )}
      {open !== 'edit' && <LearningTags tags={learning.tags} addressOf={tagAddress} />}
      <ConfidenceReasons learning={learning} />
      {learning.note !== null && (
        <p dir="auto" className="border-l-2 border-accent pl-3 text-left text-muted [overflow-wrap:anywhere]">
          <span className="font-medium text-ink">{t('learning.note')}:</span> {learning.note}
        </p>
      )}
      {detail ? (
        <>
          <ConflictPanel learning={detail} hasKeys={large} />
          <EvidenceList evidence={detail.evidence} />
          <SimilarList learning={detail} />
        </>
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
      {(open === 'merge' || open === 'supersede') && (
        <LearningPicker
          title={t(open === 'merge' ? 'learning.merge.title' : 'learning.supersede.title')}
          description={t(open === 'merge' ? 'learning.merge.text' : 'learning.supersede.text')}
          likely={detail?.similar.map(({ learning: other }) => other) ?? []}
          without={[learning.id]}
          onPick={tools.pick}
          onClose={tools.close}
        />
      )}
    </div>
  );
}
