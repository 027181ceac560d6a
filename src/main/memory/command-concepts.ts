const options = String.raw`(?: -\S+(?: [^-\s]\S*)??)*`;
const packageScript = `^(?:npm|pnpm|yarn|bun|deno)${options}(?: run(?:-script)?| task)?(?: -\\S+)* `;

/** By the program that a command runs and its subcommand or script; never by a file, folder or pattern that it names. */
const rules: [RegExp, string][] = [
  [new RegExp(String.raw`${packageScript}(?:t(?: |$)|[\w:-]*\btests?\b)`), 'test'],
  [
    /^(?:make|just|cargo|go|mix|dotnet|swift|zig|flutter|gradlew?|mvnw?|rails|nx|turbo|bazel)(?: [-:\w=]+)*? (?:[\w:-]*:)?(?:test|nextest)\b/,
    'test',
  ],
  [
    /^(?:vitest|jest|pytest|py\.test|mocha|ava|rspec|phpunit|ctest|tox|nox|unittest|make check|playwright test|cypress run|node --test)(?: |$)/,
    'test',
  ],
  // A script whose name says so, by itself or after its interpreter; `test` alone is the shell's own.
  [
    /^(?:(?:node|python[\d.]*|ruby|php|perl|tsx|bash|sh)(?: -\S+)* |(?=\.\/|(?:\S*\/)?(?:bin|scripts?)\/))(?:\S*[/_.-])?tests?(?:[/_.-]\S*)?(?: |$)/,
    'test',
  ],
  [new RegExp(String.raw`${packageScript}[\w:-]*\b(?:build|compile|tsc|typecheck)\b`), 'build'],
  [
    /^(?:cargo|go|dotnet|swift|zig|next|electron-vite|nx|turbo|ng|flutter|just|docker) (?:-\S+ )*(?:build|check|clippy|vet)\b/,
    'build',
  ],
  [
    /^(?:make|cmake|ninja|bazel|gradlew?|mvnw?|tsc|vue-tsc|webpack|vite|rollup|esbuild|xcodebuild|gcc|g\+\+|clang(?:\+\+)?|rustc|javac|electron-builder)(?: |$)/,
    'build',
  ],
  [/^git /, 'git'],
  [
    /^(?:npm|pnpm|yarn|bun|pip[\d.]*|uv(?: pip)?|poetry|cargo|brew|apt(?:-get)?|gem|bundle|go|composer)(?: -\S+)* (?:i|ci|install|add|remove|uninstall|get|update|upgrade|sync)\b/,
    'dependencies',
  ],
  [/^(?:docker|docker-compose|kubectl|terraform|helm|systemctl|ssh)(?: |$)/, 'operations'],
  [/^(?:sqlite3|psql|mysql|redis-cli|mongosh)(?: |$)/, 'database'],
];

/** As much of a command is looked at; what comes after is most likely data that it carries. */
const longestLookedAt = 4_000;
/** What sets the stage for the program that follows it, or runs it. */
const wrappers =
  /^(?:(?:[A-Za-z_]\w*=\S*|(?:sudo|time|command|exec|nohup|env|timeout|xvfb-run|npx|bunx|uvx|if|then|do|!|(?:npm|pnpm|yarn) (?:exec|dlx)|(?:uv|poetry) run|bundle exec|python[\d.]* -m)(?: -\S*)*(?: [\d.]+[smh]?)?) )+/;

/** What a line of shell is about: each concept once. Quoted texts and here-documents are data and count for none. */
export function conceptsOfCommand(command: string): string[] {
  const simple = command
    .slice(0, longestLookedAt)
    .replaceAll(/<<-?\s*['"]?(\w+)[^\n]*\n[^]*?(?:\n\s*\1(?=\s|$)|$)/g, '\n')
    .replaceAll('\\\n', ' ')
    .replaceAll(/'[^']*'|"(?:[^"\\]|\\[^])*"/g, "''")
    .split(/[\n;|&()`]+/)
    .map((part) => part.replaceAll(/\s+/g, ' ').trim().replace(wrappers, ''))
    // By its path and by its name alone.
    .flatMap((part) => [part, part.replace(/^\S*\//, '')]);
  return rules
    .filter(([pattern]) => simple.some((part) => pattern.test(part)))
    .map(([, concept]) => concept)
    .filter((concept, position, all) => all.indexOf(concept) === position);
}
