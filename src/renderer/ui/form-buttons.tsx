import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

export interface FormButtonsProps {
  onCancel(): void;
  /** Whether what was filled in can be sent. */
  isReady: boolean;
  busy: boolean;
  /** "Save" by default. */
  action?: string;
}

/** The end of a form in a dialog; a form that is being sent is not sent twice. */
export function FormButtons({ onCancel, isReady, busy, action }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
      <Button look="primary" type="submit" busy={busy} disabled={!isReady || busy}>
        {action ?? t('action.save')}
      </Button>
    </div>
  );
}
