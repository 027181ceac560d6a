import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecentError } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Card } from './card.tsx';

export function ErrorsCard({ errors }: { errors: readonly RecentError[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card icon={errors.length === 0 ? CircleCheck : TriangleAlert} title={t('status.errors')}>
      {errors.length === 0 ? (
        <p className="text-muted">{t('status.noErrors')}</p>
      ) : (
        <ul className="flex flex-col">
          {errors.map((error) => (
            <li key={`${error.code} ${error.message}`} className="border-t border-line py-2 first:border-0 first:pt-0">
              <div className="flex items-center gap-2">
                <code className="font-mono text-xs text-danger-ink">{error.code}</code>
                {error.count > 1 && (
                  <Badge tone="danger">{t('status.errorCount', { number: format.number(error.count) })}</Badge>
                )}
                <RelativeTime iso={error.at} className="tabular ml-auto shrink-0 text-xs text-faint" />
              </div>
              <p className="mt-0.5 [overflow-wrap:anywhere] text-muted select-text">{error.message}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
