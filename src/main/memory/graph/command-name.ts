const longestLooked = 4_000;
const mostCommands = 3;

/** What only sets the stage or shows something: it is never what a line of shell is about. */
const idle = new Set(
  'cd echo export set source . true false pwd sleep printf test [ [[ : wait exit return local read trap alias unset pushd popd ulimit umask for done fi esac case select function in return'.split(
    ' ',
  ),
);
const filters = new Set(
  'head tail grep egrep rg sed awk cut sort uniq wc tee xargs tr less more cat jq column fold nl'.split(' '),
);
const wrappers = new Set(
  'sudo time command exec nohup env npx bunx uvx timeout xvfb-run nice if then do ! else while'.split(' '),
);
/** Their first word says which program runs. */
const interpreters = new Set(
  'node nodejs python python3 bash sh zsh deno bun tsx ts-node ruby perl php java go dotnet'.split(' '),
);
/** Of these the subcommand says what is done. */
const withSubcommand =
  /^(?:git|npm|pnpm|yarn|bun|deno|cargo|go|docker|docker-compose|kubectl|helm|terraform|pip3?|uv|poetry|brew|apt|apt-get|gem|bundle|composer|dotnet|gradle|gradlew|mvn|make|just|systemctl|gh|aws|gcloud|az|vitest|jest|playwright|nx|turbo|rails|flutter|swift|vite|next|prisma|alembic|tox|conda|nix)$/;

const runners = /^(?:npm|pnpm|yarn|bun|deno|docker|poetry|uv|nx|turbo|just|conda)$/;

export interface CommandName {
  /** Program and subcommand or script, by which the same command is known again. */
  name: string;
  /** Arguments that look like files, as they were written. */
  files: string[];
}

/** The commands of a line of shell, without their settings and data; the last one is the one whose end the line reports. */
export function commandNames(line: string): CommandName[] {
  const found = simpleCommands(line).flatMap((words) => nameOf(words) ?? []);
  const names = [...new Map(found.map((command) => [command.name, command])).values()];
  return names.slice(-mostCommands);
}

/** The words of each simple command that is not fed by another one. */
function simpleCommands(line: string): string[][] {
  const text = line
    .slice(0, longestLooked)
    .replaceAll(/<<-?\s*['"]?(\w+)[^\n]*\n[^]*?(?:\n\s*\1(?=\s|$)|$)/g, '\n')
    .replaceAll('\\\n', ' ');
  const commands: string[][] = [[]];
  let word: string | null = null;
  let piped = false;
  const endWord = () => {
    if (word !== null && !piped) commands.at(-1)?.push(word);
    word = null;
  };
  for (let place = 0; place < text.length; place++) {
    const character = text[place] ?? '';
    if (character === "'" || character === '"') {
      const end = closing(text, place);
      word = (word ?? '') + text.slice(place + 1, end);
      place = end;
    } else if (character === '\\') {
      word = (word ?? '') + (text[++place] ?? '');
    } else if (/[\n;&|()]/.test(character)) {
      // `2>&1` redirects and ends nothing.
      if (character === '&' && (text[place - 1] === '>' || text[place + 1] === '>')) continue;
      endWord();
      piped = character === '|' && text[place + 1] !== '|' && text[place - 1] !== '|';
      commands.push([]);
    } else if (/\s/.test(character)) endWord();
    else word = (word ?? '') + character;
  }
  endWord();
  return commands;
}

function closing(text: string, start: number): number {
  const quote = text[start];
  for (let place = start + 1; place < text.length; place++) {
    if (text[place] === '\\' && quote === '"') place++;
    else if (text[place] === quote) return place;
  }
  return text.length;
}

function nameOf(words: readonly string[]): CommandName | null {
  const rest = [...words];
  while (rest.length > 0 && isStage(rest[0] ?? '')) rest.shift();
  const [first = '', ...following] = rest;
  const program = first.replace(/^.*[\\/]/, '').replace(/\.(?:exe|cmd|bat)$/i, '');
  if (!/^[\w.+@-]*\p{L}[\w.+@-]*$/u.test(program) || program.length > 60 || idle.has(program)) return null;
  const given = following.filter((word) => !/^[<>]|^\d*[<>]/.test(word));
  const files = given.filter((word) => /^[\w@.~/\\-]+\.[A-Za-z]\w{0,7}$/.test(word) && !word.startsWith('-'));
  return { name: [program, ...saying(program, given)].join(' '), files };
}

function isStage(word: string): boolean {
  return (
    wrappers.has(word) ||
    /^[A-Za-z_]\w*=/.test(word) ||
    (word.startsWith('-') && word.length > 1) ||
    /^[\d.]+[smh]?$/.test(word)
  );
}

/** The words after the program that say what is done. */
function saying(program: string, given: readonly string[]): string[] {
  const plain = given.filter((word) => !word.startsWith('-') && !word.includes('='));
  const [first, second] = plain;
  if (first === undefined || !/^[\p{L}\p{N}@._:/\\-]{1,60}$/u.test(first)) return [];
  if (program === 'python' || program === 'python3') {
    const module = given.indexOf('-m');
    if (module >= 0) return ['-m', given[module + 1] ?? ''].filter(Boolean);
  }
  if (withSubcommand.test(program) && /^[\p{L}][\w:.-]*$/u.test(first)) {
    const isRun = runners.test(program) && /^(?:run|run-script|exec|compose|task|x)$/.test(first);
    return isRun && second !== undefined && /^[\w:@./-]{1,60}$/.test(second) ? [first, second] : [first];
  }
  const isInline = given.some((word) => /^-(?:e|c|p|pe|r)$|^--(?:eval|print)$/.test(word));
  return interpreters.has(program) && !isInline ? [first] : [];
}

/** Whether it only shows what is there: it mends nothing. */
export function onlyLooks(name: string): boolean {
  const [program = '', what = ''] = name.split(' ');
  const shows = /^(?:ls|find|which|file|stat|du|df|ps|diff|tree|whoami|date|uname|lsof|curl|wget)$/;
  if (filters.has(program) || shows.test(program)) return true;
  return program === 'git' && /^(?:status|log|diff|show|blame|branch|remote|ls-files|rev-parse)$/.test(what);
}
