import { parseArgs } from 'node:util';
import { benchGraph } from './bench-graph.ts';
import { measureLikeness } from './likeness.ts';
import { measureMends } from './mends.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    /** Only how well mends are found, with how strong a boost. */
    mends: { type: 'boolean', default: false },
    /** Only how well names that are alike are told from others. */
    likeness: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const [rows, seed] = [Number(values.rows), Number(values.seed)];
const measure = () => {
  if (values.mends) return { queries: measureMends(rows, seed) };
  return values.likeness ? { queries: measureLikeness() } : benchGraph(rows, seed);
};
const result = measure();
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  const { queries, ...rest } = result;
  console.log(JSON.stringify(rest, null, 2));
  console.table(queries);
}
