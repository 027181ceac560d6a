import {
  Bot,
  CheckCircle2,
  FileSearch,
  FileText,
  Globe,
  ListTodo,
  MessageSquareText,
  PencilLine,
  Sparkle,
  SquareTerminal,
  User,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import type { ObservationType } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';

const icons: Record<ObservationType, LucideIcon> = {
  request: User,
  discovery: FileSearch,
  change: PencilLine,
  command: SquareTerminal,
  research: Globe,
  delegation: Bot,
  plan: ListTodo,
  tool: Wrench,
  note: MessageSquareText,
  conclusion: CheckCircle2,
  summary: FileText,
};

/** The sign of an observation's type; red when it failed. */
export function ObservationIcon({
  type,
  failed = false,
  size = 14,
}: {
  type: ObservationType;
  failed?: boolean;
  size?: number;
}) {
  const Icon = icons[type] ?? Sparkle;
  return <Icon aria-hidden size={size} className={classes('shrink-0', failed ? 'text-danger' : 'text-faint')} />;
}
