import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { longSummary } from './long-summary.ts';
import type { PermissionActs } from './use-permission-acts.ts';

export interface RememberDialogProps {
  request: PermissionRequestView;
  /** It was answered elsewhere or ran out while the person was at it. */
  isOver: boolean;
  acts: PermissionActs;
  onClose(): void;
}

type Reach = 'pattern' | 'tool';
type Place = 'project' | 'everywhere';

/** Decides a request, and the next ones like it. */
export function RememberDialog({ request, isOver, acts, onClose }: RememberDialogProps) {
  const { t } = useTranslation();
  const [reach, setReach] = useState<Reach>('pattern');
  const [pattern, setPattern] = useState(request.pattern ?? '');
  const [place, setPlace] = useState<Place>('project');
  const isReady = !isOver && !acts.busy && (reach === 'tool' || pattern.trim() !== '');

  function decide(behavior: 'allow' | 'deny'): void {
    const remember = { pattern: reach === 'tool' ? null : pattern.trim(), everywhere: place === 'everywhere' };
    acts.decide(request.id, { behavior, remember }, onClose);
  }

  return (
    <Dialog wide open onClose={onClose} title={t('remember.title')} description={t('remember.text')}>
      <div className="flex flex-col gap-3.5">
        <p
          dir="ltr"
          tabIndex={request.summary.length > longSummary ? 0 : undefined}
          className="max-h-24 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere] text-muted"
        >
          {request.tool}: {request.summary}
        </p>
        <Segmented
          label={t('remember.reach')}
          value={reach}
          options={[
            { value: 'pattern', label: t('remember.reach.pattern') },
            { value: 'tool', label: t('remember.reach.tool') },
          ]}
          onChange={(value) => setReach(value)}
        />
        {reach === 'pattern' && (
          <div>
            <FormField code label={t('rules.pattern')} value={pattern} maxLength={1_000} onChange={setPattern} />
            <p className="mt-1 text-xs text-muted">
              {t(request.pattern === null ? 'remember.noPattern' : 'rules.pattern.hint')}
            </p>
          </div>
        )}
        {reach === 'tool' && <p className="text-warning-ink">{t('remember.tool.hint', { tool: request.tool })}</p>}
        <Segmented
          label={t('rules.place')}
          value={place}
          options={[
            { value: 'project', label: t('remember.place.project', { project: request.project.name }) },
            { value: 'everywhere', label: t('rules.everywhere') },
          ]}
          onChange={(value) => setPlace(value)}
        />
        {/* Our own answer ends it as well, a moment before the dialog goes. */}
        {isOver && !acts.busy && (
          <p role="status" className="rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-ink">
            {t('remember.over')}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" icon={X} disabled={!isReady} onClick={() => decide('deny')}>
            {t('remember.deny')}
          </Button>
          <Button look="primary" icon={Check} disabled={!isReady || !request.allowable} onClick={() => decide('allow')}>
            {t('remember.allow')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
