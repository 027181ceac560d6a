import type { ObservationContent } from '../../shared/views.ts';
import { firstLine, headAndTail, plainText, shorten } from './excerpts.ts';
import { draft, fields, filePath, joined, number, records, shortPath, type ToolCall } from './observe-fields.ts';

/** Read and its kin: which part of the file was seen, and how it begins. */
export function readFile(call: ToolCall): ObservationContent {
  const path = filePath(call);
  const file = fields(fields(call.response)['file']);
  const [start, lines, total] = [number(file['startLine']), number(file['numLines']), number(file['totalLines'])];
  const isKnown = start !== null && lines !== null && total !== null && lines > 0;
  const content = plainText(file['content']) || plainText(call.response);
  return draft(call, {
    type: 'discovery',
    title: shortPath(path, call.root),
    subtitle: isKnown ? `${start}–${start + lines - 1} / ${total}` : null,
    narrative: headAndTail(content, 800, 0) || null,
    files_read: path ? [path] : [],
    importance: 0.2,
  });
}

/** Edit, Write and their kin: a few of the lines that went and came. */
export function changeFile(call: ToolCall): ObservationContent {
  const path = filePath(call);
  const edits = Array.isArray(call.input['edits']) ? records(call.input['edits']) : [call.input];
  const removed = edits.map((edit) => plainText(edit['old_string'])).join('\n');
  const added = edits.map((edit) => plainText(edit['new_string']) || plainText(edit['new_source'])).join('\n');
  const written = plainText(call.input['content']);
  return draft(call, {
    type: 'change',
    title: shortPath(path, call.root),
    subtitle: firstLine(added || written, 200) || null,
    facts: [...sample(removed, '- '), ...sample(added, '+ ')],
    narrative: headAndTail(written || longRest(removed, added), 2_000, 500) || null,
    concepts: /(?:^|[/\\])(?:docs?|README)|\.(?:md|mdx|rst|txt)$/i.test(path) ? ['documentation'] : [],
    files_changed: path ? [path] : [],
    importance: 0.6,
  });
}

/** The facts already show short edits; only longer ones add a narrative. */
function longRest(removed: string, added: string): string {
  const shown = 3;
  return added.split('\n').length > shown || removed.split('\n').length > shown ? added : '';
}

function sample(text: string, mark: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => mark + shorten(line.trim(), 200));
}

/** Grep, Glob and LS: what was looked for, and how much was found. */
export function searchFiles(call: ToolCall): ObservationContent {
  const pattern = (plainText(call.input['pattern']) || plainText(call.input['query'])).trim();
  const folder = shortPath(plainText(call.input['path']), call.root);
  const response = fields(call.response);
  const names = Array.isArray(response['filenames']) ? response['filenames'].map(plainText).filter(Boolean) : [];
  const found = number(response['numFiles']) ?? (names.length || null);
  const text = joined(names.slice(0, 20).join('\n'), plainText(response['content']), plainText(call.response));
  return draft(call, {
    type: 'discovery',
    title: pattern || folder,
    subtitle: [pattern && folder, found === null ? '' : `→ ${found}`].filter(Boolean).join(' ') || null,
    narrative: headAndTail(text ?? '', 1_000, 0) || null,
    importance: 0.15,
  });
}
