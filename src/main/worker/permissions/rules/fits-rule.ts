import { hidesCharacters } from '../../../../shared/visible-text.ts';
import { mayFitCall, withHoles } from './find-call.ts';
import { fitsGlob, hasStar, literalText } from './glob.ts';
import type { Subject } from './resolve-subject.ts';
import type { ShellPart } from './split-shell.ts';

/** A longer text fits no pattern with a star that would allow it. */
const longestFitted = 4_000;
/** `..` as a part of a path, wherever it stands in a command, also right after an option's letter. */
const upwards = /(?:^|[\s/=:,@'"]|\s-\w+)\.\.(?:$|[\s/:,'"])/;

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
      // Quotes may hide a step upwards in what was written, so it is looked for in what is run.
      const climbs = [part.words.join(' '), part.source].some((text) => upwards.test(text));
      if (climbs && !upwards.test(glob)) return false;
      return [part.text, part.source].some((text) => isFitting(glob, text, 'command'));
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

/** Whether a rule that denies or asks fits: in the widest reading that is still about this part; null: about the whole line. */
export function forbids(pattern: string, subject: Subject, part: ShellPart | null): boolean {
  switch (subject.kind) {
    case 'command':
      return [...new Set(part === null ? [subject.text.trim()] : readingsOf(part))].some((text) =>
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
      const { text } = subject;
      if (!URL.canParse(text)) return fitsFolded(pattern, text);
      const address = new URL(text);
      return formsOf(address).some((form) => fitsFolded(pattern, form));
    }
  }
}

/** The same place by other names: with and without its port, the dot that ends a name, who asks, and by either protocol. */
function formsOf({ protocol, host, hostname, pathname, search, hash, href }: URL): string[] {
  const rest = `${pathname}${search}${hash}`;
  const readable = rest.replaceAll(/%[2-7][0-9a-f]/gi, (code) => String.fromCodePoint(parseInt(code.slice(1), 16)));
  const hosts = [host, hostname, hostname.replace(/\.$/, '')];
  const places = hosts.flatMap((name) => [name, `${name}${rest}`, `${name}${readable}`]);
  const protocols = protocol === 'http:' || protocol === 'https:' ? ['https:', 'http:'] : [protocol];
  return [href, ...places, ...protocols.flatMap((one) => places.map((place) => `${one}//${place}`))];
}

/** A pattern from the middle of nowhere (`.env`) is about the project; one that begins with `**` about every folder. */
function fitsPlace(pattern: string, text: string, path: string): boolean {
  return text !== path.slice(1) || pattern.startsWith('**');
}

/** What stands between such a program and what it starts: options, durations, variables. */
const ofWrapper = /^(?:-|\d+[smhd]?$|[A-Za-z_]\w*=)/;

/** What is wrapped more often is only in doubt, so that a long row of wrappers is not read from each of them. */
const deepestWrapped = 10;

/** What a part runs, also behind a variable, a path, or a program that starts another one. */
function readingsOf(part: ShellPart): string[] {
  const readings = [part.text, part.source, part.words.join(' ')];
  let words = part.words;
  for (let depth = 0; depth < deepestWrapped && words[0] !== undefined; depth++) {
    const [first, ...others] = words;
    const name = first.slice(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
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
/** Characters of the line times those of the pattern, about 10 ms. */
const mostCompared = 1_000_000;

/** Whether anything in the line may be what a rule denies: inside quotes, after options, in what another program is told to run. */
export function mayForbid(pattern: string, text: string): boolean {
  if (text.length > longestSearched || text.length * pattern.length > mostCompared) return true;
  // Letters as numbers can spell anything.
  if (/(?:^|[\s=;|&(`])[^\s'"]*\$'/.test(text)) return true;
  const open = withHoles(folded(text).replaceAll(/["'\\]/g, ''));
  const glob = folded(pattern);
  const lines = new Set([open, open.replaceAll(/[{},]/g, ' ')]);
  const pieces = [...lines].flatMap((line) => line.split(/[;&|\n()`<>]/));
  return pieces.some((piece) => mayFitCall(glob, piece));
}
