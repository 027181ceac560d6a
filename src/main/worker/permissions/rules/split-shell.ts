import { hidesCharacters } from '../../../../shared/visible-text.ts';

/** One simple command of a shell line: between `;`, `&&`, `||`, `|`, `&` and line ends. */
export interface ShellPart {
  /** Quotes taken off. */
  words: string[];
  /** Joined by one blank each; words that need quotes stand in single ones. */
  text: string;
  /** As it was written. */
  source: string;
}

export interface ShellLine {
  parts: ShellPart[];
  /**
   * True when the parts are all that happens: nothing is put in by the shell (variables, substitutions, braces), no file is
   * opened but /dev/null, no reserved words, no characters that look like others. Whatever is not surely understood is not plain.
   */
  isPlain: boolean;
}

const reserved: ReadonlySet<string> = new Set(
  '! [[ ]] { } case coproc do done elif else esac fi for function if in select then time until while'.split(' '),
);
const endsWord = /[\s;|&<>()]/;

/**
 * Takes a POSIX shell line apart, after the token rules of POSIX 2.3 (Shell Command Language); conservative, no interpreter:
 * it is used to tell whether everything in the line was allowed.
 */
export function splitShell(source: string): ShellLine {
  const parts: ShellPart[] = [];
  let isPlain = !hidesCharacters(source);
  let words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  let from = 0;
  let at = 0;

  function endWord(): void {
    if (word === null) return;
    if (words.length === 0 && !isQuoted && reserved.has(word)) isPlain = false;
    words.push(word);
    word = null;
    isQuoted = false;
  }

  function endPart(width: number): void {
    endWord();
    if (words.length > 0) parts.push({ words, text: canonical(words), source: source.slice(from, at).trim() });
    words = [];
    at += width;
    from = at;
  }

  const add = (text: string): void => void (word = (word ?? '') + text);

  function quoted(quote: "'" | '"'): void {
    isQuoted = true;
    add('');
    for (at++; at < source.length; at++) {
      const next = source[at] ?? '';
      if (next === quote) return void at++;
      if (quote === '"' && (next === '$' || next === '`')) isPlain = false;
      if (quote === '"' && next === '\\' && /[$`"\\\n]/.test(source[at + 1] ?? '')) {
        at++;
        if (source[at] !== '\n') add(source[at] ?? '');
      } else {
        add(next);
      }
    }
    isPlain = false;
  }

  function redirected(): void {
    // Digits that touch the sign are the number of what is redirected.
    if (word !== null && /^\d+$/.test(word) && !isQuoted) word = null;
    endWord();
    const sign = /^(?:&>>?|<<<|<<-?|<>|<&|>>|>&|>\||>|<)/.exec(source.slice(at, at + 3))?.[0] ?? '>';
    at += sign.length;
    while (source[at] === ' ' || source[at] === '\t') at++;
    const target = /^[^\s;|&<>()'"`$\\]*/.exec(source.slice(at, at + 200))?.[0] ?? '';
    at += target.length;
    const isEnd = at >= source.length || endsWord.test(source[at] ?? '');
    const isHarmless = sign === '>&' ? /^[12]$/.test(target) : !sign.startsWith('<<') && target === '/dev/null';
    if (!isEnd || !isHarmless) isPlain = false;
  }

  while (at < source.length) {
    const char = source[at] ?? '';
    const two = source.slice(at, at + 2);
    if (char === "'" || char === '"') quoted(char);
    else if (char === '\\') {
      isQuoted = true;
      if (at + 1 >= source.length) isPlain = false;
      else if (two !== '\\\n') add(source[at + 1] ?? '');
      at += 2;
    } else if (char === ' ' || char === '\t') {
      endWord();
      at++;
    } else if (two === '&>' || char === '>' || char === '<') redirected();
    else if (two === ';;' || two === ';&') {
      isPlain = false;
      endPart(2);
    } else if (two === '&&' || two === '||' || two === '|&') endPart(2);
    else if (char === ';' || char === '&' || char === '|' || char === '\n') endPart(1);
    else if (char === '(' || char === ')' || char === '`') {
      isPlain = false;
      endPart(1);
    } else {
      // Variables, braces, and comments: what stands there is not what is run.
      if (char === '$' || char === '{' || char === '}' || (char === '#' && word === null)) isPlain = false;
      // `.?` and `.*` stand for `..` in many shells.
      if ((char === '?' || char === '*' || char === '[') && /(?:^|[/=:])\.$/.test(word ?? '')) isPlain = false;
      add(char);
      at++;
    }
  }
  endPart(0);
  return { parts, isPlain: isPlain && parts.length > 0 };
}

function canonical(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./*?[\]~^!-]+$/.test(word) ? word : quoteWord(word))).join(' ');
}

function quoteWord(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
