import { useTranslation } from 'react-i18next';
import type { EmbeddingProgress as Progress, EmbeddingStatus } from '../../../shared/embedding-views.ts';
import { useFormat } from '../../lib/format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** How many rows have their vector; when another model is being prepared, which one answers meanwhile. */
export function EmbeddingProgress({ embedding, progress }: { embedding: EmbeddingStatus; progress: Progress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { active, state } = embedding;
  return (
    <div className="mt-3">
      <p className="tabular mb-1.5 flex items-baseline justify-between gap-3 text-xs text-muted">
        <span className="min-w-0 truncate font-mono">{progress.model_id}</span>
        <span className="shrink-0">
          {t('embedding.progress', { done: format.number(progress.done), total: format.number(progress.total) })}
        </span>
      </p>
      <ProgressBar
        label={t('embedding.progress.label')}
        value={progress.done}
        max={progress.total}
        tone={state === 'failing' ? 'danger' : state === 'paused' ? 'warning' : 'accent'}
      />
      {active !== null && active.model_id !== progress.model_id && (
        <p className="mt-1.5 text-xs text-faint">{t('embedding.stillAnswers', { model: active.model_id })}</p>
      )}
    </div>
  );
}
