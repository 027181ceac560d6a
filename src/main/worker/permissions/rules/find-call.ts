import { parseGlob, type Token } from './glob.ts';

/** Stands in a line for what the shell puts there: anything, or a name of a file. */
const anything = '\u0000';
const fileName = '\u0001';
/** These run what they are given as words. */
const runners: ReadonlySet<string> = new Set(
  '. bash command dash doas env eval exec ksh nice nohup sh source sudo time timeout xargs zsh'.split(' '),
);
/** Options before the command of a command (`git -C folder push`): so many words at most. */
const mostSkipped = 6;

/** The line with a mark where a variable, a substitution or a name with stars stands; quotes are off already. */
export function withHoles(open: string): string {
  return open
    .replaceAll(/[\u0000\u0001]/g, '')
    .replaceAll(/\$(?:\{[^}]*\}|\w+|[@*#?$!-])/g, anything)
    .replaceAll(/\[[^\]\s]{0,100}\]|[*?]/g, fileName);
}

/**
 * Whether the pattern may fit what begins at any word of the line, with what the shell puts in and without options after the
 * first word. One pass over the line for all beginnings: asked one by one, a line of short words took minutes.
 */
export function mayFitCall(pattern: string, line: string): boolean {
  const tokens = parseGlob(pattern, 'text');
  let states = new Uint8Array(tokens.length + 1);
  let following = new Uint8Array(tokens.length + 1);

  function begin(): void {
    reach(states, tokens, 0);
  }

  function feed(char: string): void {
    following.fill(0);
    const hole = isHole(char);
    for (let state = 0; state < tokens.length; state++) {
      const token = tokens[state];
      // What a hole has reached it may go on from.
      if (token === undefined || (states[state] !== 1 && !(hole && following[state] === 1))) continue;
      if (hole || token.is !== 'char') reach(following, tokens, state);
      if (token.is === 'char' && (hole ? mayStandFor(char, token.char) : token.char === char)) {
        reach(following, tokens, state + 1);
      }
    }
    if (hole && states[tokens.length] === 1) following[tokens.length] = 1;
    [states, following] = [following, states];
  }

  let before = '';
  let skipped: Uint8Array | null = null;
  let left = 0;
  for (const [index, word] of line.trim().split(/\s+/).entries()) {
    if (index > 0) feed(' ');
    if (skipped !== null && left > 0) {
      left--;
      for (const [state, is] of skipped.entries()) if (is === 1) states[state] = 1;
    } else if (word.startsWith('-')) {
      skipped = states.slice();
      left = mostSkipped;
    }
    const name = word.lastIndexOf('/') + 1;
    // A variable alone is an argument, save where a command stands.
    const mayRun = index === 0 || runners.has(before) || /[^\u0000\u0001]/.test(word);
    for (const [at, char] of [...word].entries()) {
      if (mayRun && (at === 0 || at === name)) begin();
      feed(char);
    }
    before = word.slice(name);
  }
  if (states[tokens.length] === 1) return true;
  // The blank stands for arguments that come from elsewhere.
  feed(' ');
  return states[tokens.length] === 1;
}

const isHole = (char: string): boolean => char === anything || char === fileName;

/** A file that is named like an option, or lies elsewhere, is not what a star in a command is for. */
const mayStandFor = (hole: string, char: string): boolean => hole === anything || !/[\s/-]/.test(char);

/** A star may stand for nothing, so what comes after it is reached with it. */
function reach(states: Uint8Array, tokens: readonly Token[], from: number): void {
  for (let state = from; ; state++) {
    states[state] = 1;
    const token = tokens[state];
    if (token === undefined || token.is === 'char') return;
  }
}
