// What declarations (DSN) have a goal for: made and looked at, faults found, nothing sound refused.
//     node bench/payroll/dsn.mjs [--short]      by itself (`make bench-dsn` builds the program); bench/payroll.mjs calls dsn()
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const PROGRAM = 'build/release/bench/payroll/dsn_bench';
const SAMPLE = `${process.env.PARVIS_SHARED ?? '../shared'}/data/hr/dsn/exemple_P25V01_signalement_fin_contrat.dsn`;
const ROUNDS = 3;

function figures(words) {
  const end = spawnSync(PROGRAM, words, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (end.error) throw end.error;
  if (end.status !== 0) throw new Error(`${PROGRAM} ${words.join(' ')}: ${end.stdout}${end.stderr}`);
  return Object.fromEntries(end.stdout.trimEnd().split('\n').map((line) => line.split(' ')));
}

// `row(what, figure, goal, isReached)` prints one.
export function dsn(row, isShort = false) {
  const agents = isShort ? 500 : 10000;
  const ends = Array.from({ length: isShort ? 1 : ROUNDS }, () => figures(['speed', String(agents)]));
  const best = ends.reduce((one, other) => (Number(one.build) + Number(one.check) <= Number(other.build) + Number(other.check) ? one : other));
  const seconds = Number(best.build) + Number(best.check);
  row(`DSN of ${agents.toLocaleString('en')} agents (${Number(best.bytes).toLocaleString('en')} bytes) built and checked, levels 1 to 6 (s)`,
    `${seconds.toFixed(2)}: built ${best.build}, checked ${best.check}`, '2', seconds < 2);
  row('the same: faults in what was built', best.faults, '0', best.faults === '0');
  const planted = figures(['faults', '200']);
  row(`faults of ${planted.kinds} kinds planted one at a time, found with line and words`, `${planted.found} of ${planted.planted}`, '190 of 200',
    Number(planted.found) * 100 >= Number(planted.planted) * 95);
  if (!fs.existsSync(SAMPLE)) {
    row('the published sample', `not measured: ${SAMPLE} is not beside the checkout`, '');
    return;
  }
  const sample = figures(['sound', SAMPLE]);
  row(`the published sample (${sample.lines} lines): faults; written back byte for byte`, `${sample.faults}; ${sample.same}`, '0; yes',
    sample.faults === '0' && sample.same === 'yes');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let failed = false;
  dsn((what, figure, goal, isReached = true) => {
    console.log(`${what}: ${figure}${isReached ? '' : ' (missed)'}${goal ? `; goal ${goal}` : ''}`);
    failed ||= !isReached;
  }, process.argv.includes('--short'));
  process.exitCode = failed ? 1 : 0;
}
