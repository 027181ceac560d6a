import { assistantMessage, type CapturedEvent } from './captured-event.ts';
import { firstLine, headAndTail, type ObservationDraft } from './observation-draft.ts';
import { observeTool } from './observe-tool.ts';
import { isMachinePrompt } from './transcript-lines.ts';

/** How much of a prompt or message is searched, in code units. */
const longestNarrative = 6_000;

/**
 * What an event means, by rules alone: no model, no clock, no database, so that the ledger can be read again at any time
 * and gives the same. Null for events that are no observation. `root` is the project's folder, for short paths.
 */
export function observe(event: Pick<CapturedEvent, 'name' | 'payload'>, root: string): ObservationDraft | null {
  const { name, payload } = event;
  switch (name) {
    case 'PostToolUse':
      return observeTool(payload, root, false);
    case 'PostToolUseFailure':
      return observeTool(payload, root, true);
    case 'UserPromptSubmit':
      return isMachinePrompt(text(payload['prompt'])) ? null : said('request', text(payload['prompt']), 0.6);
    case assistantMessage:
      return payload['final'] === true
        ? said('conclusion', text(payload['text']), 0.8)
        : said('note', text(payload['text']), 0.3);
    case 'PostCompact':
      return said('summary', text(payload['compact_summary']), 0.7);
    default:
      return null;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function said(type: ObservationDraft['type'], content: string, importance: number): ObservationDraft | null {
  if (content.trim() === '') return null;
  const title = firstLine(content);
  const narrative = headAndTail(content, longestNarrative * 0.75, longestNarrative * 0.25);
  return {
    type,
    tool: null,
    title,
    subtitle: null,
    facts: [],
    // A one-line text is its own title; keeping it twice would count its words twice.
    narrative: narrative === title ? null : narrative,
    concepts: [],
    files_read: [],
    files_changed: [],
    importance,
    failed: false,
  };
}
