// bench/payroll: what the pay engine has a goal for, in one run. Every row says its figure and its goal; a row that cannot be
// measured here says why.
//     node bench/payroll.mjs [--short]
// Times are of the processor, best of five rounds: others may want the machine at the same time. `make bench-payroll` builds what it
// needs. The cases of others lie beside the checkout (../shared, or PARVIS_SHARED).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { dsn } from './payroll/dsn.mjs';

const IS_SHORT = process.argv.includes('--short');
const PAYSLIPS = 'build/release/bench/payroll/payslips';
const TESTS = 'build/release/test/service/payroll/pay';
const PARVIS = 'build/parvis';
const SHARED = `${process.env.PARVIS_SHARED ?? '../shared'}/data/hr`;

let failed = false;
function row(what, figure, goal, isReached = true) {
  console.log(`${what}: ${figure}${isReached ? '' : ' (missed)'}${goal ? `; goal ${goal}` : ''}`);
  failed ||= !isReached;
}

const number = (value) => Math.round(value).toLocaleString('en');

function run(command, words) {
  const end = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (end.error) throw end.error;
  return { code: end.status, output: end.stdout + end.stderr };
}

function figures(words) {
  const end = run(PAYSLIPS, words);
  if (end.code !== 0 && words[0] !== 'replay') throw new Error(`${PAYSLIPS} ${words.join(' ')}: ${end.output}`);
  return Object.fromEntries(end.output.trimEnd().split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]));
}

// ---- speed ----

function speed() {
  const said = figures(['speed', IS_SHORT ? '20000' : '100000']);
  const goals = IS_SHORT ? [100000, 500000] : [300000, 2000000];
  row('payslips a second and core, every line with its step', number(said.explained), '300,000', said.explained >= goals[0]);
  row('the same, the rows of the law and their texts looked up for each line', number(said.reasons), '300,000', said.reasons >= goals[0] / 3);
  row('without trace', number(said.bare), '2,000,000', said.bare >= goals[1]);
  row('with trace, written as bytes', number(said.written), '');
  const town = figures(['town', '2000']);
  row('a month of 2,000 agents, the law looked up and every line explained (ms)', town.ms, '50', Number(town.ms) < 50);
}

// ---- for ever ----

function replay() {
  const said = figures(['replay', IS_SHORT ? '100' : '1000']);
  row(`${number(said.payslips)} payslips of twelve months after 500 later rows of the law (${number(said.bytes)} bytes)`,
    said.same === 'yes' ? 'the same bytes' : 'other bytes', 'the same', said.same === 'yes' && said['known later'] === 'differs');
}

// ---- what tests measure ----

function tests() {
  const late = run(`${TESTS}/difference_test`, []);
  row('random sequences of late facts and late law, equal to one computation at the end', (/(\d+ sequences: .*)/.exec(late.output) ?? ['', 'none'])[1],
    '10,000, no cent of gap', late.code === 0);
  const lines = run(`${TESTS}/pay_rule_test`, []);
  const without = /(\d+) lines and (\d+) pieces of (\d+) payslips, (\d+) without/.exec(lines.output);
  row('lines and pieces of 100,000 payslips without rule, row and text', without ? `${without[4]} of ${number(Number(without[1]) + Number(without[2]))}` : 'none',
    '0', lines.code === 0 && without !== null && without[4] === '0');
}

// ---- what others computed ----

function witness() {
  const cases = [
    ['real payslip of 2026, and the same computed anew', ['witness', 'cas/reel_001.json']],
    ['derived payslips of March 2026', ['witness', 'cas/derives_2026-03.json']],
    ['cases of OpenFisca', ['witness', 'cas/openfisca_agents_publics.json']],
    ['ordinary sick leave', ['sick-leave', 'cas/conge_maladie_ordinaire.json']],
    ['keys of NIR', ['nir', 'cas/nir_cles.csv']],
  ];
  if (!fs.existsSync(SHARED)) {
    row('cases of others', `not measured: ${SHARED} is not beside the checkout`, '');
    return;
  }
  for (const [what, [verb, file]] of cases) {
    const end = run(PARVIS, ['payroll', verb, path.join(SHARED, file)]);
    row(what, end.output.trimEnd().split('\n').at(-1), 'all right', end.code === 0);
  }
  const wanted = fs.readFileSync(path.join(SHARED, 'refs/jours_feries_2015_2035.csv'), 'utf8').trimEnd().split(/\r?\n/).slice(1).map((line) => line.slice(0, 10));
  const days = new Set(run(PARVIS, ['payroll', 'holidays', '2015', '2035']).output.trimEnd().split('\n').slice(1).map((line) => line.slice(0, 10)));
  const found = wanted.filter((day) => days.has(day)).length;
  row('public holidays from 2015 to 2035', `${found} of ${wanted.length}`, 'all', found === wanted.length);
}

speed();
replay();
tests();
witness();
dsn(row, IS_SHORT);
process.exit(failed ? 1 : 0);
