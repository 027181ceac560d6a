/** Longer texts, or of more words, are pasted: nobody types them. */
const longestTyped = 300;
const mostTypedWords = 40;

/** A pasted text is searched for as it is: it has no operators, phrases or times, whatever it looks like. */
export function isPasted(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > longestTyped || /[\n\r\u2028\u2029]/u.test(trimmed)) return true;
  return trimmed.split(/\s+/u, mostTypedWords + 1).length > mostTypedWords;
}

/** What command lines begin with; `-something` after one of these is its option. */
const commands = new Set(
  (
    'ant apt apt-get awk aws az bash bazel brew bun bundle cargo cat cd chmod chown clang clang++ cmake cmem composer cp cpio ' +
    'curl cut date dd deno df diff dig docker docker-compose dotnet du echo env eslint ffmpeg find flutter g++ gcc gcloud gem gh ' +
    'git go gradle gradlew grep gunzip gzip head helm htop java javac journalctl jq kill kubectl ld less ln ls lsof make mkdir mvn ' +
    'mv mysql nc netstat ninja node npm npx nvm openssl perl php ping pip pip3 pkill pnpm podman prettier ps psql pwsh pytest ' +
    'python python3 rails rake redis-cli rg rm rsync ruby rustc rustup scp sed sh sleep sort sqlite3 ssh strace su sudo swift ' +
    'systemctl tail tar tcpdump tee terraform time top touch tsc tsx uname uv vim vitest wc wget which xargs yarn yum zip zsh'
  ).split(' '),
);

/** `--force`, `-n`, `-5`, `-Dname=value`, an operator of a shell. */
const flagOrShell = /^(?:--+[a-z]|-[a-z0-9](?:$|[=:\d])|-\d|-[A-Z]\w*=|[|&]{1,2}$|[12]?>>?|\$|`)/iu;

/**
 * Whether a leading minus excludes. It does in what a person types; it does not where the text is, or may be, a command
 * line: wrongly excluding hides what was looked for, wrongly searching for a word hides nothing.
 */
export function minusExcludes(text: string): boolean {
  const tokens = text.trim().split(/\s+/u);
  const [first = ''] = tokens;
  if (commands.has(first.replace(/^.*\//u, '')) && tokens.length > 1) return false;
  return !tokens.some((token) => flagOrShell.test(token));
}
