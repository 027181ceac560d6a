import type { ObservationType } from './views.ts';

/** An observation as rules make it from one event, before it has an id and a place. */
export interface ObservationDraft {
  type: ObservationType;
  tool: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  files_read: string[];
  files_changed: string[];
  importance: number;
  failed: boolean;
}
