import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserGate, buildGate, independentGates, type Gate } from './lib/gates.ts';
import { projectRoot, runCommand } from './lib/run-command.ts';
import { countTests, type VitestReport } from './lib/vitest-report.ts';

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
const projects = ['core', 'renderer', 'contract', 'e2e'];
const total = { passed: 0, failed: 0 };

const known = [...[buildGate, ...independentGates, browserGate].map(({ name }) => name), 'tests', ...projects];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', no ')}; there are ${known.join(', ')}. One file: npx vitest run PATH.`);
  process.exit(2);
}

function report(name: string, ok: boolean, durationMs: number, note: string, output: string): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${(durationMs / 1000).toFixed(1).padStart(6)} s  ${note}`);
  if (!ok) console.log(output.trimEnd());
}

async function pass(gate: Gate): Promise<boolean> {
  if (!isWanted(gate.name)) return true;
  const started = performance.now();
  const { ok, note, output } = await gate.run();
  report(gate.name, ok, performance.now() - started, note, output);
  total[ok ? 'passed' : 'failed'] += 1;
  return ok;
}

/** Two at a time, as many as the smallest supported machine has cores. */
async function passAll(gates: readonly Gate[]): Promise<void> {
  const queue = [...gates];
  const lane = async () => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift()) await pass(gate);
  };
  await Promise.all([lane(), lane()]);
}

/** On two quiet cores all tests take a quarter of an hour; what takes four times as long hangs. */
const longestRunMs = 3_600_000;

async function runTests(chosen: readonly string[]): Promise<void> {
  if (chosen.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'cmem-test-'));
  const file = join(folder, 'report.json');
  const args = ['run', ...chosen.flatMap((name) => ['--project', name])];
  const result = await runCommand(
    'vitest',
    [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    {
      timeoutMs: longestRunMs,
    },
  );
  try {
    const counted = countTests(JSON.parse(readFileSync(file, 'utf8')) as VitestReport, projectRoot, chosen);
    // An unhandled error or a leak fails the run without failing a test.
    const isSilentFailure = result.exitCode !== 0 && counted.failed === 0;
    const failed = counted.failed + (isSilentFailure ? 1 : 0);
    const note = `${counted.passed} passed, ${failed} failed in ${chosen.join(', ')}`;
    // The whole log only where no test can be named: nobody finds one failure among thousands of passes.
    const told = [...counted.failures, ...counted.problems];
    report('tests', failed === 0, result.durationMs, note, told.length > 0 ? told.join('\n\n') : result.output);
    total.passed += counted.passed;
    total.failed += failed;
  } catch (error) {
    report('tests', false, result.durationMs, 'vitest left no report', `${result.output}\n${String(error)}`);
    total.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isBuilt = await pass(buildGate);
await passAll(independentGates);
const hasBrowser = await pass(browserGate);
// Without a build or a browser the levels that stand on them would only repeat that failure in many words.
const runnable = projects.filter((name) => isWanted(name) || wanted.includes('tests'));
await runTests(
  runnable
    .filter((name) => isBuilt || !['contract', 'e2e'].includes(name))
    .filter((name) => hasBrowser || name !== 'e2e'),
);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
