import type { SummaryAnswer } from '../../ai/answers.ts';
import type { SummaryContent } from '../../../shared/summary-views.ts';
import { shortened } from './topic.ts';

const mostEntries = 12;
const longestEntry = 700;
const widestModelTitle = 100;
/** Something with a folder or an ending that a program knows. */
const fileName =
  /(?:[\w@.-]+\/)+[\w@.-]+\.\w+|\b[\w@-]+\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|cpp|cc|h|swift|sql|ya?ml|toml|json|md|sh|vue|css|html)\b/g;

/** Node.js is no file. */
const product = /^[A-Z][A-Za-z]*\.js$/;

/**
 * The model's sentences with the ledger's files and commands. A sentence that names a file which the material does not name is
 * left out: it cannot be known from there.
 */
export function toldByModel(told: SummaryAnswer, ledger: SummaryContent, material: string): SummaryContent {
  const isProven = (text: string) =>
    (text.match(fileName) ?? []).every((name) => material.includes(name) || product.test(name));
  const list = (texts: readonly string[]) =>
    texts
      .map(oneLine)
      .filter((text) => text !== '' && text.length <= longestEntry && isProven(text))
      .filter((text, position, all) => all.indexOf(text) === position)
      .slice(0, mostEntries);
  const title = oneLine(told.title).replace(/[.。]$/, '');
  const request = told.request === null ? '' : oneLine(told.request);
  return {
    title: title === '' || !isProven(title) ? ledger.title : shortened(title, widestModelTitle),
    language: ledger.language,
    request: request === '' || request.length > longestEntry ? ledger.request : request,
    investigated: list(told.investigated),
    done: list(told.done),
    learned: list(told.learned),
    open_ends: list(told.open_ends),
    key_points: list(told.key_points),
    files: ledger.files,
    commands: ledger.commands,
  };
}

function oneLine(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll('\uFFFD', '')
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      .replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\s]+/g, ' ')
      .trim()
  );
}
