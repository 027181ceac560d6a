import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mode, type Mode } from './mode.ts';
import { codingMode } from './modes/coding.ts';

export interface Modes {
  /** The built-in one first; each name once. */
  modes: Mode[];
  /** What is wrong with which file, one sentence each. */
  problems: string[];
}

const largestFileBytes = 256 * 1024;
const mostFiles = 50;
const mostIssues = 3;

/** The modes that are built in and those in a folder of JSON files, which need not exist. Never rejects: a bad file is a problem. */
export async function readModes(folder: string): Promise<Modes> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  const found: Modes = { modes: [codingMode], problems: [] };
  for (const name of files.slice(0, mostFiles)) {
    const read = await readMode(join(folder, name));
    if (typeof read === 'string') found.problems.push(`${name}: ${read}`);
    else if (found.modes.some((known) => known.name === read.name)) {
      found.problems.push(`${name}: there is another mode of the name "${read.name}"; give it a name of its own.`);
    } else found.modes.push(read);
  }
  if (files.length > mostFiles) found.problems.push(`Only the first ${mostFiles} modes are read.`);
  return found;
}

/** The mode of a file, or a sentence that says what is wrong with it. */
async function readMode(file: string): Promise<Mode | string> {
  let value: unknown;
  try {
    if ((await stat(file)).size > largestFileBytes) return `It is longer than ${largestFileBytes / 1024} kB.`;
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return error instanceof SyntaxError ? `It is no JSON (${error.message}).` : 'It cannot be read.';
  }
  const parsed = mode.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
    const more = issues.length > mostIssues ? ` And ${issues.length - mostIssues} more.` : '';
    return `${issues.slice(0, mostIssues).join('; ')}.${more}`;
  }
  const wanted = basename(file, '.json');
  return parsed.data.name === wanted
    ? parsed.data
    : `Its name is "${parsed.data.name}"; call the file ${parsed.data.name}.json.`;
}
