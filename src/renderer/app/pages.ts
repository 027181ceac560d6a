import {
  Activity,
  CircleDollarSign,
  History,
  Lightbulb,
  ListTodo,
  MessageCircleQuestion,
  NotebookText,
  Plug,
  Search,
  ShieldCheck,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import type { Right } from '../lib/rights.ts';

/** Every page: its place, its key, and the right without which there is nothing to see on it. */
export const pages = [
  { to: '/sessions', label: 'nav.sessions', icon: History, keys: 'g s', needs: 'read' },
  { to: '/search', label: 'nav.search', icon: Search, keys: '/', needs: 'read' },
  { to: '/ask', label: 'nav.ask', icon: MessageCircleQuestion, keys: 'g a', needs: 'spend' },
  { to: '/learnings', label: 'nav.learnings', icon: Lightbulb, keys: 'g l', needs: 'read' },
  { to: '/context', label: 'nav.context', icon: NotebookText, keys: 'g c', needs: 'read' },
  { to: '/permissions', label: 'nav.permissions', icon: ShieldCheck, keys: 'g p', needs: 'decide' },
  { to: '/jobs', label: 'nav.jobs', icon: ListTodo, keys: 'g j', needs: 'read' },
  { to: '/costs', label: 'nav.costs', icon: CircleDollarSign, keys: 'g $', needs: 'read' },
  { to: '/access', label: 'nav.access', icon: Plug, keys: 'g k', needs: 'read' },
  { to: '/status', label: 'nav.status', icon: Activity, keys: 'g t', needs: 'admin' },
  { to: '/deleted', label: 'nav.deleted', icon: Trash2, keys: 'g d', needs: 'write' },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon; keys: string; needs: Right }[];

/** The page at an address; undefined where there is none. */
export function pageOf(pathname: string) {
  return pages.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
}
