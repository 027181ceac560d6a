import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NewApiKey } from '../../../shared/access-views.ts';
import { Button } from '../../ui/button.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The only place that ever shows the key. */
export function MadeKeyDialog({ made, onClose }: { made: NewApiKey; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog wide stays open onClose={onClose} title={t('keys.shown.title', { name: made.api_key.name })}>
      <div className="flex flex-col gap-3">
        <CodeLine code={made.key} />
        <p className="flex gap-2 rounded-lg bg-warning-soft px-3 py-2 text-warning-ink">
          <TriangleAlert aria-hidden size={15} className="mt-[2px] shrink-0" />
          {t('keys.shown.text')}
        </p>
        <div>
          <p className="mb-1 text-xs font-medium text-muted">{t('keys.shown.use')}</p>
          <CodeLine
            code={`curl -H "X-API-Key: ${made.key}" ${location.origin.startsWith('http') ? location.origin : 'http://127.0.0.1:37700'}/api/v1/auth/me`}
          />
        </div>
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            {t('keys.shown.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
