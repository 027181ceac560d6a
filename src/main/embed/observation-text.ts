import { createHash } from 'node:crypto';
import type { ObservationContent } from '../../shared/views.ts';
import { longestEmbeddedText } from './query-vector.ts';

export type EmbeddedObservation = Pick<
  ObservationContent,
  'title' | 'subtitle' | 'facts' | 'narrative' | 'files_read' | 'files_changed'
>;

/** What lies above in a path says where a checkout is, not what was worked on. */
const pathSegments = 3;
/** So that a command over hundreds of files still has room for what it said. */
const mostFiles = 12;
/** Enough to tell a changed text from the one that was embedded. */
const hashBytes = 16;

/** What of an observation is embedded: what it says first, cut at 2,000 UTF-16 units and well-formed. */
export function observationText(observation: EmbeddedObservation): string {
  const files = new Set([...observation.files_changed, ...observation.files_read].map(lastSegments));
  const parts = [
    observation.title,
    observation.subtitle,
    ...observation.facts,
    [...files].slice(0, mostFiles).join(' '),
    observation.narrative,
  ];
  const text = parts.filter((part) => part !== null && part !== '').join('\n');
  return text.slice(0, longestEmbeddedText).toWellFormed();
}

/** Of a text as it is embedded; a row whose text stayed the same keeps its vector. */
export function contentHash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, hashBytes);
}

function lastSegments(path: string): string {
  return path.split(/[/\\]/u).slice(-pathSegments).join('/');
}
