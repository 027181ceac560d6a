import { mostTags } from '../../api/tags-schema.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { stringList } from '../../store/string-list.ts';
import { Refusal } from '../refusal.ts';

/** Tags as they are kept: without secrets and private blocks, none empty and each once. */
export function keptTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => sanitizeText(tag).trim()).filter(Boolean))];
}

/** All tags of these rows, each once, as a row keeps them. Throws `Refusal` when they are more than one may have. */
export function unitedTags(rows: readonly { tags: string }[]): string {
  const tags = [...new Set(rows.flatMap((row) => stringList(row.tags)))];
  if (tags.length > mostTags) {
    throw new Refusal('REFUSED', `Together they have more than ${mostTags} tags; take some away first.`);
  }
  return JSON.stringify(tags);
}
