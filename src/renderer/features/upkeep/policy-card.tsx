import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryTypes } from '../../../shared/note-views.ts';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { observationTypes } from '../../../shared/views.ts';
import { useDraft, type Drafts } from '../../lib/drafts.ts';
import { useFormat } from '../../lib/format.ts';
import type { Bounds } from '../../lib/bounded-number.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { alignedField, FormField } from '../../ui/form-field.tsx';
import { Restricted } from '../../ui/restricted.tsx';
import { Card } from '../status/card.tsx';
import {
  halfLife,
  halfLifeBounds,
  policyFormOf,
  policyOf,
  thresholdOf,
  thresholds,
  type PolicyForm,
} from './policy-form.ts';
import { useSetPolicy } from './upkeep-queries.ts';

/** By the policy that they change: of another one, nothing is left to go on with. */
const drafts: Drafts<PolicyForm> = new Map();

/** How fast things fade, and what may be done about what has faded; deleting is asked about once more. */
export function PolicyCard({ policy }: { policy: AgingPolicy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { value: form, change, forget } = useDraft(drafts, JSON.stringify(policy), () => policyFormOf(policy));
  const [asking, setAsking] = useState(false);
  const save = useSetPolicy(forget);
  const next = policyOf(form);
  const isChanged = JSON.stringify(form) !== JSON.stringify(policyFormOf(policy));
  const nameOf = (kind: string): string => {
    const observation = observationTypes.find((each) => each === kind);
    if (observation) return t(`type.${observation}`);
    const other = (['learning', ...memoryTypes] as const).find((each) => each === kind);
    return other ? t(`upkeep.half.${other}`) : kind;
  };
  const range = ({ from, to }: Bounds): { from: string; to: string } => ({
    from: format.number(from),
    to: format.number(to),
  });
  function submit(): void {
    if (!next) return;
    const before = policy.delete_observations_below ?? 0;
    if ((next.delete_observations_below ?? 0) > before) setAsking(true);
    else save.mutate(next);
  }
  return (
    <Card icon={SlidersHorizontal} title={t('upkeep.policy')}>
      <Restricted needs="admin">
        <Form isValid={next !== null} onSubmit={submit}>
          <p className="font-medium">{t('upkeep.halfLife')}</p>
          <p className="text-xs text-muted">{t('upkeep.halfLife.text')}</p>
          <div className="mt-2 grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-4">
            {Object.entries(form.halfLives).map(([kind, text]) => (
              <FormField
                key={kind}
                inputMode="decimal"
                label={nameOf(kind)}
                value={text}
                error={Number.isNaN(halfLife(text)) ? t('field.number', range(halfLifeBounds)) : undefined}
                onChange={(days) => change({ halfLives: { ...form.halfLives, [kind]: days } })}
                className={alignedField}
              />
            ))}
          </div>
          <div className="mt-3 grid gap-x-3 gap-y-1 border-t border-line pt-3 sm:grid-cols-2">
            {thresholds.map(({ name, label, hint, sentence, ...bounds }) => (
              <FormField
                key={name}
                inputMode="decimal"
                label={t(label)}
                placeholder={t(hint)}
                value={form.thresholds[name]}
                error={Number.isNaN(thresholdOf(form, name)) ? t(sentence, range(bounds)) : undefined}
                onChange={(text) => change({ thresholds: { ...form.thresholds, [name]: text } })}
                className={alignedField}
              />
            ))}
          </div>
          {isChanged && (
            <div className="mt-3.5 flex justify-end gap-2">
              <Button onClick={() => change(policyFormOf(policy))}>{t('action.cancel')}</Button>
              <Button look="primary" type="submit" busy={save.isPending} disabled={save.isPending}>
                {t('action.save')}
              </Button>
            </div>
          )}
        </Form>
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
