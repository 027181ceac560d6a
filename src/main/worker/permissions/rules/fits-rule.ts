import { hidesCharacters } from '../../../../shared/visible-text.ts';
import { fitsGlob, hasStar, literalText } from './glob.ts';
import type { Subject } from './resolve-subject.ts';
import type { ShellPart } from './split-shell.ts';

/** A longer text fits no pattern with a star that would allow it. */
const longestFitted = 4_000;
/** `..` as a part of a path, wherever it stands in a command. */
const upwards = /(?:^|[\s/=:'"])\.\.(?:$|[\s/'"])/;

/**
 * Whether a rule that allows fits, in the narrowest reading. For a command line each part is asked about alone; only a pattern
 * without stars may fit the line as a whole, and then exactly as it is written.
 */
export function allows(pattern: string, subject: Subject, part: ShellPart | null): boolean {
  const glob = pattern.normalize('NFC');
  const isLiteral = !hasStar(glob);
  switch (subject.kind) {
    case 'command': {
      if (isLiteral && literalText(glob) === subject.text.trim() && !hidesCharacters(subject.text)) return true;
      if (part === null || !subject.line.isPlain) return false;
      return [part.text, part.source].some((text) => isFitting(glob, text, 'command') && climbsWith(glob, text));
    }
    case 'text':
      return isLiteral && literalText(glob) === subject.text.trim();
    case 'path':
      return subject.places.every(({ path, within }) => {
        const text = isAbsolutePattern(glob) ? path : within;
        return text !== null && isFitting(glob, text, 'path');
      });
    case 'url':
      return subject.address !== null && fitsAddress(glob, subject.address);
  }
}

function isFitting(glob: string, text: string, kind: 'command' | 'path' | 'text'): boolean {
  // A name in another normal form is another name to most file systems.
  const isClear =
    text === text.normalize('NFC') && !hidesCharacters(kind === 'command' ? text : text.replaceAll(/[\n\t]/g, '\0'));
  return isClear && text.length <= longestFitted && fitsGlob(glob, text, kind);
}

/** A star never stands for a step upwards. */
function climbsWith(glob: string, text: string): boolean {
  return !upwards.test(text) || upwards.test(glob);
}

function isAbsolutePattern(glob: string): boolean {
  return glob.startsWith('/') || /^[A-Za-z]:[\\/]/.test(glob);
}

/** The host is compared apart: a star at its end does not make another host of it. */
function fitsAddress(glob: string, address: URL): boolean {
  const parsed = /^(?:(https?):\/\/)?([^/\s]+)(\/.*)?$/i.exec(glob);
  if (parsed === null) return false;
  const [, protocol = 'https', host = '', path] = parsed;
  const isOpenEnded = path === undefined && host.endsWith('*') && host !== '*';
  const hostGlob = (isOpenEnded ? host.slice(0, -1).replace(/:$/, '') : host).toLowerCase();
  return (
    address.protocol === `${protocol.toLowerCase()}:` &&
    fitsGlob(hostGlob, address.host, 'path') &&
    isFitting(path ?? (isOpenEnded ? '/*' : '/'), `${address.pathname}${address.search}${address.hash}`, 'text')
  );
}

/** One form for what looks or works alike: full-width letters, upper case on a file system that knows none, characters nobody sees. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase();
}

const fitsFolded = (pattern: string, text: string): boolean => fitsGlob(folded(pattern), folded(text), 'text');

const wrappers: ReadonlySet<string> = new Set(
  'builtin command doas env exec ionice nice nohup setsid stdbuf sudo time timeout xargs'.split(' '),
);

/** Whether a rule that denies or asks fits: in the widest reading that is still about this part. */
export function forbids(pattern: string, subject: Subject, part: ShellPart | null): boolean {
  switch (subject.kind) {
    case 'command':
      return [subject.text.trim(), ...(part === null ? [] : readingsOf(part))].some((text) =>
        fitsFolded(pattern, text),
      );
    case 'text':
      return fitsFolded(pattern, subject.text.trim());
    case 'path':
      return subject.places.some(({ path, within }) =>
        [path, within, path.slice(1)].some(
          (text) => text !== null && fitsGlob(folded(pattern), folded(text), 'path') && fitsPlace(pattern, text, path),
        ),
      );
    case 'url': {
      const { text, address } = subject;
      if (address === null) return fitsFolded(pattern, text);
      const bare = address.href.replace(/^https?:\/\//, '');
      return [address.href, bare, address.host, address.hostname].some((form) => fitsFolded(pattern, form));
    }
  }
}

/** A pattern from the middle of nowhere (`.env`) is about the project; one that begins with `**` about every folder. */
function fitsPlace(pattern: string, text: string, path: string): boolean {
  return text !== path.slice(1) || pattern.startsWith('**');
}

/** What stands between such a program and what it starts: options, durations, variables. */
const ofWrapper = /^(?:-|\d+[smhd]?$|[A-Za-z_]\w*=)/;

/** What a part runs, also behind a variable, a path, or a program that starts another one. */
function readingsOf(part: ShellPart): string[] {
  const readings = [part.text, part.source, part.words.join(' ')];
  let words = part.words;
  while (words[0] !== undefined) {
    const [first, ...others] = words;
    const name = first.slice(first.lastIndexOf('/') + 1);
    readings.push([name, ...others].join(' '));
    if (/^[A-Za-z_]\w*\+?=/.test(first)) {
      words = others;
      continue;
    }
    if (!wrappers.has(name.toLowerCase())) break;
    const begins = others.findIndex((word) => !ofWrapper.test(word));
    words = others.slice(Math.max(0, begins));
  }
  return readings;
}

/** What is longer is in doubt without a look. */
const longestSearched = 4_000;

/** Whether anything in the line may be what a rule denies: inside quotes, after options, in what another program is told to run. */
export function mayForbid(pattern: string, text: string): boolean {
  if (text.length > longestSearched) return true;
  const open = folded(text).replaceAll(/["'\\]/g, '');
  const glob = folded(pattern);
  const pieces = [open, open.replaceAll(/[{},]/g, ' ')].flatMap((line) => line.split(/[;&|\n()`<>]/));
  return pieces.some((piece) => {
    const words = piece.trim().split(/\s+/);
    return words.some((word, index) => {
      const name = word.slice(word.lastIndexOf('/') + 1);
      // The blank stands for arguments that come from elsewhere.
      const call = [name, ...words.slice(index + 1)].join(' ');
      return fitsGlob(glob, call, 'text') || fitsGlob(glob, `${call} `, 'text');
    });
  });
}
