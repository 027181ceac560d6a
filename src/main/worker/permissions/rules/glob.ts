/** What a star stands for: anything, or anything without a blank (`word`) or a slash (`segment`). */
type Reach = 'all' | 'word' | 'segment';
export type Token = { is: 'char'; char: string } | { is: 'star'; reach: Reach } | { is: 'folders' };

/** command: a star within a path stays within its word. path: `*` stays within a folder, `**` does not. text: anything. */
export type GlobKind = 'command' | 'path' | 'text';

/** Whether a pattern has a star that stands for something. */
export function hasStar(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\*/.test(pattern);
}

/** The pattern that fits exactly this text. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\*]/g, String.raw`\$&`);
}

/** The text that a pattern without stars fits. */
export function literalText(pattern: string): string {
  return pattern.replaceAll(/\\([\\*])/g, '$1');
}

/** What a pattern is made of. */
export function parseGlob(pattern: string, kind: GlobKind): Token[] {
  const tokens: Token[] = [];
  let isInPath = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    const next = pattern[at + 1];
    if (char === '\\' && (next === '*' || next === '\\')) {
      tokens.push({ is: 'char', char: next });
      at++;
    } else if (char !== '*') {
      tokens.push({ is: 'char', char });
      isInPath = char === '/' || (isInPath && char !== ' ');
    } else if (kind !== 'path') {
      tokens.push({ is: 'star', reach: kind === 'command' && isInPath ? 'word' : 'all' });
    } else if (next !== '*') {
      tokens.push({ is: 'star', reach: 'segment' });
    } else if (pattern[at + 2] === '/' && (at === 0 || pattern[at - 1] === '/')) {
      tokens.push({ is: 'folders' });
      at += 2;
    } else {
      tokens.push({ is: 'star', reach: 'all' });
      at++;
    }
  }
  return tokens;
}

/** Whether the whole text fits. Takes text length × pattern length at most: the text is an agent's, and may be made to be slow. */
export function fitsGlob(pattern: string, text: string, kind: GlobKind): boolean {
  const tokens = parseGlob(pattern, kind);
  let states = new Uint8Array(tokens.length + 1);
  let following = new Uint8Array(tokens.length + 1);

  /** A star may stand for nothing, so what comes after it is reached with it. */
  function reach(from: number): void {
    for (let state = from; ; state++) {
      following[state] = 1;
      const token = tokens[state];
      if (token === undefined || token.is === 'char') return;
    }
  }

  reach(0);
  for (let at = 0; at < text.length; at++) {
    [states, following] = [following, states.fill(0)];
    const char = text[at] ?? '';
    let isAlive = false;
    for (let state = 0; state < tokens.length; state++) {
      const token = tokens[state];
      if (states[state] === 0 || token === undefined) continue;
      if (token.is === 'char') {
        if (token.char !== char) continue;
        reach(state + 1);
      } else if (token.is === 'folders') {
        following[state] = 1;
        if (char === '/') reach(state + 1);
      } else {
        if (!staysWithin(token.reach, char)) continue;
        reach(state);
      }
      isAlive = true;
    }
    if (!isAlive) return false;
  }
  return following[tokens.length] === 1;
}

function staysWithin(reach: Reach, char: string): boolean {
  return reach === 'all' || (reach === 'word' ? !/\s/.test(char) : char !== '/');
}
