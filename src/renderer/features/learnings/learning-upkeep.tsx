import { CalendarClock, ShieldCheck, ShieldX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningDetail } from '../../../shared/learning-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { editLearning, verifyLearning } from './learning-acts.ts';

/** A person looked: it is so, or it is not, with a note; and until when it holds. */
export function LearningUpkeep({ learning }: { learning: LearningDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [note, setNote] = useState('');
  function verify(verdict: 'confirmed' | 'refuted'): void {
    const said = note.trim();
    setNote('');
    void verifyLearning(learning.id, verdict, said === '' ? null : said);
  }
  return (
    <section className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-end gap-2">
        <FormField
          label={t('learning.verify.note')}
          value={note}
          onChange={setNote}
          placeholder={t('learning.verify.hint')}
          className="basis-56 grow"
        />
        <Button needs="write" icon={ShieldCheck} onClick={() => verify('confirmed')}>
          {t('learning.verify.confirm')}
        </Button>
        <Button needs="write" icon={ShieldX} onClick={() => verify('refuted')}>
          {t('learning.verify.refute')}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-muted">
        <CalendarClock aria-hidden size={13} className="text-faint" />
        <ExpiryField
          expiresAt={learning.expires_at}
          onChange={(expires_at) => void editLearning(learning.id, { expires_at })}
        />
        {learning.expires_at === null ? (
          <span>{t('learning.expires.never')}</span>
        ) : (
          <Button needs="write" look="ghost" onClick={() => void editLearning(learning.id, { expires_at: null })}>
            {t('learning.expires.clear')}
          </Button>
        )}
        <span className="tabular ml-auto" title={format.dateTime(learning.created_at)}>
          {t('learning.created', { date: format.dateTime(learning.created_at) })}
        </span>
      </div>
    </section>
  );
}
