import { Database } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StatusView } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { Card, Facts } from './card.tsx';
import { Copyable } from './copyable.tsx';

const counted = ['projects', 'sessions', 'prompts', 'messages', 'observations', 'events'] as const;

export function DatabaseCard({ database }: { database: StatusView['database'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card icon={Database} title={t('status.database')}>
      <dl className="mb-3 grid grid-cols-3 gap-px overflow-hidden rounded-lg border border-line bg-line">
        {counted.map((name) => (
          <div key={name} className="flex min-w-0 flex-col-reverse bg-panel px-3 py-2">
            <dt className="truncate text-xs text-muted">{t(`status.count.${name}`)}</dt>
            <dd className="tabular text-[15px] leading-6 font-semibold">{format.number(database.counts[name])}</dd>
          </div>
        ))}
      </dl>
      <Facts
        facts={[
          [t('status.file'), <Copyable key="file" text={database.file} />],
          [t('status.size'), `${format.bytes(database.size_bytes)} + ${format.bytes(database.wal_bytes)} WAL`],
          [
            t('status.schema'),
            t('status.schemaValue', { version: database.schema_version, sqlite: database.sqlite_version }),
          ],
        ]}
      />
    </Card>
  );
}
