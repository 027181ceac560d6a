import type { MemoryEvent } from '../../../shared/views.ts';
import type { LiveBatch } from '../../lib/live.ts';

/** As many as a person can look through; what came before is in the sessions. */
export const mostShown = 500;

export interface ShownEvent {
  event: MemoryEvent;
  /** Events were missed just before this one. */
  afterGap: boolean;
}

/** Newest first; drops the oldest ones above `mostShown`, and what was shown already. */
export function addEvents(shown: readonly ShownEvent[], { events, gap }: LiveBatch): ShownEvent[] {
  const newest = shown[0]?.event.id ?? 0;
  const fresh = events
    .filter((event) => event.id > newest)
    .map((event, index) => ({ event, afterGap: gap && index === 0 && shown.length > 0 }));
  return fresh.length === 0 ? [...shown] : [...fresh.toReversed(), ...shown].slice(0, mostShown);
}

/** The part of a type before the dot: session, observation, job… */
export function groupOf(type: string): string {
  return type.split('.')[0] ?? type;
}

/** What an event says, in short: `name: value` of what it carries. */
export function detailsOf({ data }: MemoryEvent): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(' · ');
}
