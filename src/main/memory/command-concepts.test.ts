import { expect, test } from 'vitest';
import { conceptsOfCommand } from './command-concepts.ts';

test.each<[string, string[]]>([
  ['npm test', ['test']],
  ['npm run test:unit -- --watch', ['test']],
  ['pnpm --filter shop test', ['test']],
  ['cd shop && CI=1 npx vitest run build 2>&1 | tail -5', ['test']],
  ['timeout 60 python3 -m pytest -q', ['test']],
  ['node_modules/.bin/jest', ['test']],
  ['node test/checkout.test.js', ['test']],
  ['./run-tests.sh', ['test']],
  ['cargo test --workspace', ['test']],
  ['go test ./...', ['test']],
  ['make test', ['test', 'build']],
  ['if ! ./gradlew :app:test; then echo no; fi', ['test', 'build']],
  ['npm run build', ['build']],
  ['npx tsc --noEmit', ['build']],
  ['cargo build --release', ['build']],
  ['npm ci', ['dependencies']],
  ['pip install pytest', ['dependencies']],
  ['echo "SELECT 1" | sqlite3 shop.db', ['database']],
  ['git add . && npm test', ['test', 'git']],
])('%s is about %j', (command, concepts) => {
  expect(conceptsOfCommand(command)).toEqual(concepts);
});

// Catches: a failing `ls build` reported as a build that fails.
test.each([
  'ls build',
  'rm -rf build',
  'grep -rn pytest build/',
  'cat test/make.log',
  'test -f build/index.js',
  'find . -name "*.test.ts"',
  'rg "npm test" docs',
  'echo "run; make test"',
  "cat <<'END' > notes.md\nnpm test\nmake\nEND",
  'which docker',
  'npm run dev',
  'mkdir -p test && cd test',
])('%s is about none of it', (command) => {
  expect(conceptsOfCommand(command)).toEqual([]);
});

test.each([
  ['- '.repeat(50_000)],
  ['"'.repeat(50_000)],
  ['<<A\n'.repeat(20_000)],
  ['npm -a '.repeat(10_000)],
  ['/'.repeat(50_000)],
])('a hostile text comes to an end: %#', (command) => {
  expect(conceptsOfCommand(command)).toEqual([]);
});
