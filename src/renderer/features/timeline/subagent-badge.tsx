import { Bot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/badge.tsx';

export function SubagentBadge({ type }: { type: string | null }) {
  const { t } = useTranslation();
  return (
    <Badge tone="accent">
      <Bot aria-hidden size={11} />
      {type ?? t('timeline.subagent')}
    </Badge>
  );
}
