import {
  BadgeCheck,
  BookOpen,
  FolderGit2,
  FolderTree,
  Globe,
  Ruler,
  Signpost,
  SlidersHorizontal,
  TriangleAlert,
  Workflow,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LearningCategory, LearningScope, LearningState, LearningView } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const categoryIcons: Record<LearningCategory, LucideIcon> = {
  solution: Wrench,
  best_practice: BadgeCheck,
  pitfall: TriangleAlert,
  preference: SlidersHorizontal,
  convention: Ruler,
  decision: Signpost,
  workflow: Workflow,
  fact: BookOpen,
};

export function CategoryLabel({ category, className }: { category: LearningCategory; className?: string }) {
  const { t } = useTranslation();
  const Icon = categoryIcons[category];
  return (
    <span className={classes('inline-flex shrink-0 items-center gap-1 whitespace-nowrap', className)}>
      <Icon aria-hidden size={12} className="shrink-0 text-faint" />
      {t(`learning.category.${category}`)}
    </span>
  );
}

const stateTones: Record<LearningState, Tone> = {
  proposed: 'accent',
  approved: 'success',
  rejected: 'danger',
  superseded: 'neutral',
  expired: 'warning',
};

export function StateBadge({ state }: { state: LearningState }) {
  const { t } = useTranslation();
  return <Badge tone={stateTones[state]}>{t(`learning.state.${state}`)}</Badge>;
}

const scopeIcons: Record<LearningScope, LucideIcon> = { global: Globe, project: FolderGit2, path: FolderTree };

/** Where it holds: everywhere, the project's name, or the path in it. */
export function ScopeLabel({ learning, className }: { learning: LearningView; className?: string }) {
  const { t } = useTranslation();
  const { scope, project, path } = learning;
  const Icon = scopeIcons[scope];
  const name = scope === 'global' ? null : (project?.name ?? null);
  const text = [name, scope === 'path' && path !== null ? visibleText(path) : null].filter(Boolean).join(' / ');
  return (
    <span className={classes('inline-flex min-w-0 items-center gap-1', className)} title={text || undefined}>
      <Icon aria-hidden size={12} className="shrink-0 text-faint" />
      <span className="truncate">{text || t(`learning.scope.${scope}`)}</span>
    </span>
  );
}

/** A small bar and its number. */
export function ConfidenceMeter({ value, className }: { value: number; className?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes('inline-flex shrink-0 items-center gap-1.5', className)}>
      <span
        role="meter"
        aria-label={t('learning.confidence')}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={value}
        aria-valuetext={format.percent(value)}
        className="h-1 w-8 overflow-hidden rounded-full bg-line"
      >
        <span
          className={classes('block h-full rounded-full', value >= 0.5 ? 'bg-success' : 'bg-warning')}
          style={{ width: `${Math.round(value * 100)}%` }}
        />
      </span>
      <span className="tabular">{format.percent(value)}</span>
    </span>
  );
}
