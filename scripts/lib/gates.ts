import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringChromium } from './chromium.ts';
import { isBuildStale } from './build-freshness.ts';
import { projectRoot, runCommand, type CommandResult } from './run-command.ts';

/** One line of the report; a gate counts as one test. */
export interface GateResult {
  ok: boolean;
  /** What it looked at, for the line. */
  note: string;
  /** Shown in full when it failed. */
  output: string;
}

export interface Gate {
  name: string;
  run(): Promise<GateResult>;
}

/** The number that the pattern's first group finds; 0 when the tool did not say. */
function seen(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

/** A gate that looked at nothing has not passed. */
function judged(result: CommandResult, count: number, what: string): GateResult {
  const ok = result.exitCode === 0 && count > 0;
  return { ok, note: `${count} ${what}`, output: count > 0 ? result.output : `${result.output}\nIt saw no ${what}.` };
}

async function checkFormat(): Promise<GateResult> {
  const result = await runCommand('oxfmt', ['--check']);
  return judged(result, seen(result.output, /on (\d+) files?/), 'files');
}

async function checkLint(): Promise<GateResult> {
  const result = await runCommand('oxlint', ['--type-aware']);
  const verdict = judged(result, seen(result.output, /on (\d+) files?/), 'files');
  const warnings = seen(result.output, /Found (\d+) warnings?/);
  return { ...verdict, note: warnings === 0 ? verdict.note : `${verdict.note}, ${warnings} warnings` };
}

/** Every project that tsconfig.json refers to; comes from there so that none is forgotten. */
function typeProjects(): string[] {
  const text = readFileSync(join(projectRoot, 'tsconfig.json'), 'utf8');
  return [...text.matchAll(/"path":\s*"\.\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

async function checkTypes(): Promise<GateResult> {
  const failures: string[] = [];
  let files = 0;
  const projects = typeProjects();
  for (const project of projects) {
    const { exitCode, output } = await runCommand('tsc', ['-p', project, '--listFiles']);
    const lines = output.split('\n');
    const own = lines.filter((line) => /\.tsx?$/.test(line) && !line.includes('node_modules')).length;
    files += own;
    const errors = lines.filter((line) => !/^(?:\/|[A-Za-z]:).*\.(?:[cm]?tsx?|json)$/.test(line)).join('\n');
    if (exitCode !== 0 || own === 0) failures.push(`${project} (${own} files)\n${errors}`);
  }
  const ok = failures.length === 0 && projects.length > 0;
  return { ok, note: `${files} files in ${projects.length} projects`, output: failures.join('\n') };
}

async function checkUnused(): Promise<GateResult> {
  // A pattern of knip.json that matches nothing any more is an error: what it stood for is not looked at.
  const strict = ['--no-progress', '--treat-config-hints-as-errors'];
  const reporters = ['symbols', './scripts/lib/knip-count.ts'].flatMap((name) => ['--reporter', name]);
  const result = await runCommand('knip', [...strict, ...reporters]);
  return judged(result, seen(result.output, /^Analysed (\d+) files/m), 'files');
}

async function build(): Promise<GateResult> {
  if (!isBuildStale()) return { ok: true, note: 'out/ is current', output: '' };
  const result = await runCommand('electron-vite', ['build', '--logLevel', 'warn']);
  const ok = result.exitCode === 0 && !isBuildStale();
  return {
    ok,
    note: 'out/ built anew',
    output: ok ? '' : `${result.output}\nout/ is missing or stale after the build.`,
  };
}

async function findBrowser(): Promise<GateResult> {
  const found = await bringChromium();
  if ('problem' in found) return { ok: false, note: 'missing', output: found.problem };
  process.env['CHROMIUM'] = found.file;
  return { ok: true, note: found.file, output: '' };
}

/** Static gates that do not need each other. */
export const independentGates: readonly Gate[] = [
  { name: 'format', run: checkFormat },
  { name: 'lint', run: checkLint },
  { name: 'types', run: checkTypes },
  { name: 'knip', run: checkUnused },
];

/** What the contract and end-to-end tests stand on. */
export const buildGate: Gate = { name: 'build', run: build };
export const browserGate: Gate = { name: 'chromium', run: findBrowser };
