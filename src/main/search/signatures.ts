import type { ReadableDb } from '../store/database.ts';
import { normalise } from './normalise.ts';
import type { ObservationTable } from './observation-table.ts';

export interface Signatures {
  /** Reads what is not known yet of these rows; afterwards `table.rows.signature` has it. */
  read(pks: readonly number[]): void;
}

type Row = [pk: number, type: string, tool: string | null, title: string, subtitle: string | null, failed: number];

/** A row that says nothing by its title is like no other. */
export const unlikeAll = -1;

/**
 * What near-duplicates share: the same file read again, the same command with the same outcome, the same change, prompt or
 * message twice. Kept as a number of 32 bits: a chance meeting of two is one in millions, and only ever folds a hit away.
 */
export function createSignatures(db: ReadableDb, table: ObservationTable): Signatures {
  const texts = db
    .prepare<[string], Row>(
      `SELECT pk, type, tool, substr(title, 1, 300), substr(subtitle, 1, 300), failed FROM observations
       WHERE pk IN (SELECT value FROM json_each(?))`,
    )
    .raw(true);
  return {
    read(pks) {
      const { signature } = table.rows;
      const unknown = pks.filter((pk) => signature[pk] === 0);
      if (unknown.length === 0) return;
      for (const row of texts.iterate(JSON.stringify(unknown))) signature[row[0]] = signatureOf(row);
    },
  };
}

function signatureOf([, type, tool, title, subtitle, failed]: Row): number {
  const said = tellingText(type, title, subtitle ?? '');
  if (said === '') return unlikeAll;
  const hash = fnv1a([type, tool ?? '', String(failed), said].join('\n'));
  return hash === 0 || hash === unlikeAll ? 1 : hash;
}

/** Of what was looked at, the part that was seen does not count; of a command not how it was described. */
function tellingText(type: string, title: string, subtitle: string): string {
  if (type === 'discovery') return plain(title);
  if (type === 'command') return plain(subtitle === '' ? title : subtitle);
  return plain(title) === '' ? '' : `${plain(title)}\n${plain(subtitle)}`;
}

function plain(text: string): string {
  return normalise(text).toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** Fowler, Noll and Vo, 32 bit, over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x81_1c_9d_c5 | 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return hash;
}
