import { parseArgs } from 'node:util';
import { measureBuildTime } from './build-time.ts';
import { measureInjection, type Share } from './measure-injection.ts';

const help = `node bench/injection/main.ts [--noise FILE] [--rows N] [--json] [--list]

What recall gives at prompts (prompts.ts; constants were fitted on them: held-out-prompts.ts was not looked at) over a memory of some weeks (sessions.ts), and how long
building context takes.

--noise FILE  other work of the same project, as {text, files} lines; thousands of commits, which are not part of this repository
--rows N      observations of the generated memory whose context is built (100000; 0: none)
--list        names the prompts that were given something wrong, and those that were given nothing`;

const { values } = parseArgs({
  options: {
    noise: { type: 'string' },
    rows: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const injection = [...measureInjection(null), ...(values.noise === undefined ? [] : measureInjection(values.noise))];
const buildTimes = Number(values.rows) > 0 ? measureBuildTime(Number(values.rows), 1) : [];
const withInterval = ({ share, from, to }: Share) => `${share.toFixed(3)} (${from.toFixed(3)} to ${to.toFixed(3)})`;

if (values.json) {
  console.log(JSON.stringify({ injection, build_times: buildTimes }, null, 2));
} else {
  console.table(
    injection.map((figures) => ({
      memory: `${figures.memory}, ${figures.observations}`,
      voices: figures.voices,
      prompts: figures.prompts,
      recall: withInterval(figures.recall),
      precision: withInterval(figures.precision),
      'false injection': withInterval(figures.false_injection),
      'ms p50': figures.ms_p50,
      'ms p95': figures.ms_p95,
    })),
  );
  if (values.list) {
    for (const { memory, voices, prompts, false_by_kind, wrong, missed } of injection) {
      console.log({ memory, voices, prompts, false_by_kind, wrong, missed });
    }
  }
  if (buildTimes.length > 0) console.table(buildTimes);
}
