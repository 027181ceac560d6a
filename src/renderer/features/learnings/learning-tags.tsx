import { useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { visibleText } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { withLearningParams } from './learning-params.ts';

/** Where all learnings with a tag are, seen from what is shown now. */
export function useTagAddress(): (tag: string) => string {
  const { stringifySearch } = useRouter().options;
  const params = useSearch({ from: '/learnings' });
  return useCallback(
    (tag) => `#/learnings${stringifySearch(withLearningParams(params, { tab: 'all', tag }))}`,
    [params, stringifySearch],
  );
}

export interface LearningTagsProps {
  tags: readonly string[];
  addressOf(tag: string): string;
  /** As many as fit into one line. */
  oneLine?: boolean;
}

/** The tags of a learning; each leads to all that have it. */
export function LearningTags({ tags, addressOf, oneLine = false }: LearningTagsProps) {
  const { t } = useTranslation();
  if (tags.length === 0) return null;
  return (
    <ul
      aria-label={t('learning.tags')}
      className={classes('flex min-w-0 flex-wrap gap-x-1.5 gap-y-1', oneLine && 'h-[18px] overflow-hidden')}
    >
      {tags.map((tag) => (
        <li key={tag} className="flex max-w-full">
          <a
            href={addressOf(tag)}
            aria-label={`#${visibleText(tag)}`}
            title={t('learning.tag.filter')}
            className="flex max-w-full rounded -outline-offset-2 hover:[&>span]:text-ink"
          >
            <Badge className="max-w-full">
              <span className="truncate leading-[18px]">#{visibleText(tag)}</span>
            </Badge>
          </a>
        </li>
      ))}
    </ul>
  );
}
