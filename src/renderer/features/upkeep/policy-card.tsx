import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryTypes } from '../../../shared/note-views.ts';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { observationTypes } from '../../../shared/views.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Restricted } from '../../ui/restricted.tsx';
import { Card } from '../status/card.tsx';
import { halfLife, policyFormOf, policyOf, thresholdOf, thresholds } from './policy-form.ts';
import { useSetPolicy } from './upkeep-queries.ts';

/** How fast things fade, and what may be done about what has faded; deleting is asked about once more. */
export function PolicyCard({ policy }: { policy: AgingPolicy }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => policyFormOf(policy));
  const [asking, setAsking] = useState(false);
  const save = useSetPolicy();
  const next = policyOf(form);
  const isChanged = JSON.stringify(form) !== JSON.stringify(policyFormOf(policy));
  const nameOf = (kind: string): string => {
    const observation = observationTypes.find((each) => each === kind);
    if (observation) return t(`type.${observation}`);
    const other = (['learning', ...memoryTypes] as const).find((each) => each === kind);
    return other ? t(`upkeep.half.${other}`) : kind;
  };
  function submit(): void {
    if (!next) return;
    const before = policy.delete_observations_below ?? 0;
    if ((next.delete_observations_below ?? 0) > before) setAsking(true);
    else save.mutate(next);
  }
  return (
    <Card icon={SlidersHorizontal} title={t('upkeep.policy')}>
      <Restricted needs="admin">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <p className="font-medium">{t('upkeep.halfLife')}</p>
          <p className="text-xs text-muted">{t('upkeep.halfLife.text')}</p>
          <div className="mt-2 grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:grid-cols-4">
            {Object.entries(form.halfLives).map(([kind, text]) => (
              <FormField
                key={kind}
                inputMode="decimal"
                label={nameOf(kind)}
                value={text}
                aria-invalid={Number.isNaN(halfLife(text))}
                onChange={(days) => setForm({ ...form, halfLives: { ...form.halfLives, [kind]: days } })}
              />
            ))}
          </div>
          <div className="mt-4 grid items-end gap-3 border-t border-line pt-3 sm:grid-cols-2">
            {thresholds.map(({ name, label, hint }) => (
              <FormField
                key={name}
                inputMode="decimal"
                label={t(label)}
                placeholder={t(hint)}
                value={form.thresholds[name]}
                aria-invalid={Number.isNaN(thresholdOf(form, name))}
                onChange={(text) => setForm({ ...form, thresholds: { ...form.thresholds, [name]: text } })}
              />
            ))}
          </div>
          {isChanged && (
            <div className="mt-3.5 flex justify-end gap-2">
              <Button onClick={() => setForm(policyFormOf(policy))}>{t('action.cancel')}</Button>
              <Button look="primary" type="submit" busy={save.isPending} disabled={!next || save.isPending}>
                {t('action.save')}
              </Button>
            </div>
          )}
        </form>
      </Restricted>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => next && save.mutate(next, { onSettled: () => setAsking(false) })}
        busy={save.isPending}
        title={t('upkeep.delete.title')}
        description={t('upkeep.delete.text')}
        action={t('upkeep.delete.action')}
      />
    </Card>
  );
}
