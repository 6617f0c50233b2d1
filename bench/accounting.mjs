// bench/accounting: the same seeded journal proven by parvis, and summed by hledger and ledger, in one run; and what else of
// the accounting has a goal. Every row says its figure and its goal; a row that cannot be measured here says why.
//     node bench/accounting.mjs [--short] [--only journal|millions|budgets|book|slip|reconciliation|proofs|grid] [--lines N]
// Times are of the processor (user and system, of the whole process with its start), for parvis medians of three rounds:
// others may want the machine at the same time; of what waits for a disk or a page, of the wall. `make bench-accounting` builds what it needs;
// hledger and ledger are Debian's.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Parvis } from '../test/lib/parvis.mjs';
import { request, signIn } from '../test/lib/web.mjs';

const IS_SHORT = process.argv.includes('--short');
const option = (name, or) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : or);
const ONLY = option('--only', '');
const SEED = 4;
const LINES = Number(option('--lines', IS_SHORT ? 2000 : 200000));
const MILLIONS = IS_SHORT ? 200000 : 5000000;
const ROUNDS = IS_SHORT ? 1 : 3;
const JOURNAL = 'build/release/bench/accounting/journal';
const BOOK = 'build/release/bench/accounting/book';
const PARVIS = 'build/parvis';
const SHARED = `${process.env.PARVIS_SHARED ?? '../shared'}/data/finance`;

class Skip extends Error {}

const rows = [];
let failed = false;
function row(what, figure, goal, isReached = true) {
  rows.push([what, figure, goal]);
  if (!isReached) rows.at(-1)[1] += ' (missed)';
  console.log(`${what}: ${rows.at(-1)[1]}${goal ? `; goal ${goal}` : ''}`);
}

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const perSecond = (count, seconds) => Math.round(count / seconds).toLocaleString('en');

// Runs to the end; seconds of processor, as bash's `time` says.
function run(command, words) {
  const end = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@"', command, ...words],
    { encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (end.error) throw end.error;
  const said = end.stderr.trimEnd().split('\n');
  const [user, system] = said.pop().split(' ').map(Number);
  return { code: end.status, output: end.stdout, errors: said.join('\n'), seconds: user + system };
}

function must(command, words) {
  const end = run(command, words);
  if (end.code !== 0) throw new Error(`${command} ${words.join(' ')} ends with ${end.code}: ${end.errors || end.output}`);
  return end;
}

const isThere = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function make(folder, lines, form) {
  const file = path.join(folder, `${lines}.${form}`);
  const out = fs.openSync(file, 'w');
  execFileSync(JOURNAL, ['make', String(lines), String(SEED), form], { stdio: ['ignore', out, 'inherit'] });
  fs.closeSync(out);
  return file;
}

// ---- one journal, three programs ----

// `ACCOUNT,AMOUNT` lines in one order, without what stands at zero.
const balances = (text) => text.split('\n').map((line) => line.replaceAll('"', '').replace(/ EUR$/, '')).filter((line) => /^\d+:.*,-?[\d.]+$/.test(line) && !/,0$/.test(line)).sort();

const READERS = [
  { name: 'parvis, a run', form: 'run', words: (file) => ['verify', file], sums: (file) => ['balances', file], program: JOURNAL },
  { name: 'parvis, JSON lines', form: 'jsonl', words: (file) => ['lines', file], program: JOURNAL },
  { name: 'second reader, JSON lines', form: 'jsonl', words: (file) => ['tools/verify_journal.mjs', file], program: process.execPath, isSlow: true },
  { name: 'hledger balance', form: 'ledger', words: (file) => ['-f', file, 'balance', '--flat', '--no-total', '-O', 'csv'], program: 'hledger', isSlow: true },
  { name: 'ledger balance', form: 'ledger', words: (file) => ['--args-only', '-f', file, 'balance', '--flat', '--no-total', '--format', '%(account),%(display_total)\\n'], program: 'ledger', isSlow: true },
];

function journal(folder) {
  const files = Object.fromEntries(['run', 'jsonl', 'ledger'].map((form) => [form, make(folder, LINES, form)]));
  const expected = balances(must(JOURNAL, ['balances', files.run]).output);
  const rate = new Map();
  const digests = new Set();
  for (const reader of READERS) {
    if (!isThere(reader.program)) {
      row(`${reader.name}, ${LINES} entries`, 'not measured: it is not installed', '');
      continue;
    }
    const ends = Array.from({ length: reader.isSlow ? 1 : ROUNDS }, () => must(reader.program, reader.words(files[reader.form])));
    rate.set(reader.name, LINES / median(ends.map((end) => end.seconds)));
    row(`${reader.name}, ${LINES} entries`, `${median(ends.map((end) => end.seconds)).toFixed(2)} s, ${perSecond(rate.get(reader.name), 1)} a second`, '');
    const digest = /digest ([0-9a-f]{64})/.exec(ends[0].output);
    if (digest) digests.add(digest[1]);
    else if (JSON.stringify(balances(ends[0].output)) !== JSON.stringify(expected)) throw new Error(`${reader.name} comes to other balances`);
    else row(`${reader.name}: its balances`, `the same ${expected.length}`, 'the same');
  }
  row('digests of the readers that prove', digests.size === 1 ? 'one' : `${digests.size}`, 'one', digests.size === 1);
  for (const [other, goal] of [['hledger balance', 100], ['ledger balance', 0]]) {
    if (!rate.has(other)) continue;
    const ratio = rate.get('parvis, a run') / rate.get(other);
    row(`parvis, a run, to ${other}: entries a second`, `${ratio.toFixed(0)} x`, goal > 0 ? `${goal} x` : '', ratio >= goal || IS_SHORT);
  }
}

function millions(folder) {
  const file = make(folder, MILLIONS, 'run');
  const seconds = Array.from({ length: ROUNDS }, () => must(JOURNAL, ['verify', file]).seconds);
  row(`${MILLIONS} entries proven: hashes, rules, fold`, `${median(seconds).toFixed(2)} s (${seconds.map((it) => it.toFixed(2)).join(', ')})`, '3 s for 5,000,000',
    median(seconds) <= 3);
}

// ---- real budget files: in, out again, compared; sums against those computed elsewhere ----

const ACTS = { '01': 'BP', '02': 'DM', '03': 'BS', '09': 'CA', 10: 'CFU' };

// Milliseconds of the whole command, with the town's part of it.
async function comeAndGo(parvis, file, out) {
  const verb = (...words) => run(PARVIS, ['-d', parvis.dir, 'accounting', ...words]);
  const start = performance.now();
  const come = verb('import-budget', 'bench', file, '--with-faults', '--replace');
  const between = performance.now();
  if (come.code !== 0) throw new Error(`${file}: ${come.output}${come.errors}`);
  const [siret, year, kind, number] = come.output.split('\n').find((line) => /^\d{14} /.test(line)).replace(/:.*/, '').split(' ');
  const go = spawnSync(PARVIS, ['-d', parvis.dir, 'accounting', 'export-budget', 'bench', siret, year, ACTS[kind], ...(number ? ['--number', number] : [])],
    { maxBuffer: 1 << 30 });
  fs.writeFileSync(out, go.stdout);
  return { came: between - start, went: performance.now() - between, isSame: run(PARVIS, ['accounting', 'compare', file, out]).output === 'same\n' };
}

async function budgets(scratch) {
  const shelf = path.join(SHARED, 'totem');
  if (!fs.existsSync(shelf)) throw new Skip(`${shelf} is not beside the checkout`);
  const files = fs.readdirSync(shelf).map((name) => path.join(shelf, name, 'totem.xml')).filter((file) => fs.existsSync(file)).sort();
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [] }] });
  const ends = [];
  try {
    for (const file of files) ends.push(await comeAndGo(parvis, file, path.join(scratch, 'out.xml')));
  } finally {
    await parvis.stop();
  }
  const same = ends.filter((end) => end.isSame).length;
  row('real budget files in and out again, the same canonically', `${same} of ${files.length}`, 'all', same === files.length && same > 0);
  row('import, export of one (ms, median; most)', ['came', 'went'].map((way) => {
    const times = ends.map((end) => end[way]);
    return `${median(times).toFixed(0)}; ${Math.max(...times).toFixed(0)}`;
  }).join(', '), '');
  const sums = files.map((file) => must(PARVIS, ['accounting', 'totals', file]).output.split('\n').slice(1).join('\n')).join('');
  const oracle = fs.readFileSync(path.join(SHARED, 'derived/oracle_totaux_sections.csv'), 'utf8').split('\n').slice(1);
  const mine = new Set(sums.split('\n').map((line) => line.trim()));
  const found = oracle.filter((line) => line !== '' && mine.has(line.trim())).length;
  const all = oracle.filter((line) => line !== '').length;
  row('their totals by section, to the cent', `${found} of ${all} rows of the oracle`, 'all', found === all);
}

// ---- an engagement on disk, and many at once ----

function book() {
  // On the disk of the checkout: what lies in /tmp may be memory.
  const place = fs.mkdtempSync(path.join('build', 'bench-book-'));
  try {
    const said = must(BOOK, [place, ...(IS_SHORT ? ['200', '2'] : ['4000', '40'])]).output;
    const number = (words) => Number(new RegExp(`${words} ([\\d.]+)`).exec(said)[1]);
    row('a write of 8 KiB and its sync, bare: p50, p99 (ms)', `${number('bare \\d+ p50')}, ${number('bare [^\n]*p99')}`, '');
    row('engagement or mandat, on disk: p50, p99 (ms)', `${number('single \\d+ p50')}, ${number('single [^\n]*p99')}`, 'p99 5',
      number('single [^\n]*p99') < 5 || IS_SHORT);
    row('postings a second, 10,000 in a batch: best, median', `${perSecond(number('best'), 1)}, ${perSecond(number('median'), 1)}`, '50,000',
      number('median') >= 50000 || IS_SHORT);
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}

// ---- what unit tests measure: a bordereau of 500 mandats, an account reconciled ----

function tested(program, rows) {
  const end = run(path.join('build/release/test/service/accounting', program), []);
  if (end.code !== 0) throw new Error(`${program}: ${end.output}${end.errors}`);
  for (const [what, pattern, goal, isReached] of rows) {
    const found = pattern.exec(`${end.output}${end.errors}`);
    if (found) row(what, found.slice(1).join(' of '), goal, isReached(...found.slice(1).map(Number)));
    else row(what, 'not measured: what it needs is not beside the checkout', goal);
  }
}

// Invariants have a test that keeps each and one that breaks it, bad inputs one that refuses each: proofs.csv says which.
function proofs() {
  const rowsOf = fs.readFileSync('bench/accounting/proofs.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const passed = new Map([...new Set(rowsOf.map(([, program]) => program))].map((program) => {
    const end = run(path.join('build/release/test/service/accounting', program), []);
    return [program, new Set([...`${end.output}${end.errors}`.matchAll(/\[ {7}OK \] (\w+)/g)].map(([, name]) => name))];
  }));
  for (const [letter, what, count] of [['I', 'invariants with a passing and a failing test', 15], ['B', 'bad inputs refused by a test', 30]]) {
    const found = rowsOf.filter(([code]) => code.startsWith(letter));
    const good = found.filter(([, program, ...tests]) => tests.every((name) => name === '' || passed.get(program).has(name)));
    for (const [code] of found.filter((one) => !good.includes(one))) console.log(`not proven: ${code}`);
    row(what, `${good.length} of ${count}`, 'all', good.length === count);
  }
  tested('pes/pes_rules_test', [['rules of PES with a file that keeps and one that breaks each', /rules kept and broken: (\d+) of (\d+)/, 'all', (found, all) => found === all && all === 52]]);
}

function slip() {
  tested('pes/pes_write_test', [
    ['bordereau of 500 mandats: written, 52 rules, hashed (ms)', /500 mandats, \d+ bytes: ([\d.]+) ms/, '200', (ms) => ms < 200],
    ['the same by its schema, a process of its own (ms)', /xmllint, 500 mandats and titres: (\d+) ms/, 'within those 200', (ms) => ms < 200],
  ]);
}

function reconciliation() {
  tested('cfu/cfu_test', [
    ['changes of the real account that are found', /mutations of the real file found: (\d+) of (\d+)/, 'all', (found, all) => found === all],
  ]);
}

// ---- the grid of a budget, as a browser asks it ----

const GRID = 2000;

function budgetOf(lines) {
  const one = (i) => `<LigneBudget><Nature V="60611"/><Fonction V="${String(i).padStart(4, '0')}"/><ContNat V="011"/><CodRD V="D"/><MtPrev V="${i}.00"/><CredOuv V="${i}.00"/><OpBudg V="0"/></LigneBudget>`;
  const small = fs.readFileSync('test/corpus/docbudg/small.xml', 'utf8');
  return small.replace(/<LigneBudget>[\s\S]*<\/LigneBudget>/, Array.from({ length: lines }, (_, i) => one(i + 1)).join('\n'));
}

async function grid(scratch) {
  const file = path.join(scratch, 'grid.xml');
  fs.writeFileSync(file, budgetOf(GRID));
  const host = 'bench.localhost';
  const address = 'finances@bench.example';
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [['finances', 'Finances', 'admin']] }] });
  try {
    await parvis.cli(['service', 'on', 'bench', 'accounting']);
    await parvis.cli(['accounting', 'import-budget', 'bench', file, '--with-faults'], '', { ms: 60000 });
    const cookie = await signIn({ port: parvis.ports.web, host, address, password: parvis.password(address) });
    const ask = (where, body = '') => request({
      port: parvis.ports.web, host, path: where, method: body ? 'POST' : 'GET', body,
      headers: { Cookie: cookie, ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://${host}` } : {}) },
    });
    const act = await ask(/\/accounting\/acts\/\d+/.exec((await ask('/accounting')).text)[0]);
    const form = act.text.match(/<form[^>]*action="[^"]*\/prepare"[\s\S]*?<\/form>/)[0];
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const draft = (await ask(/action="([^"]*)"/.exec(form)[1], new URLSearchParams(fields).toString())).headers.location;
    const page = draft.endsWith('/edit') ? draft : `${draft}/edit`;
    const times = [];
    let text = '';
    for (let i = 0; i < (IS_SHORT ? 20 : 300); i++) {
      const start = performance.now();
      ({ text } = await ask(page));
      times.push(performance.now() - start);
    }
    const shown = [...text.matchAll(/name="l\d+"/g)].length;
    if (shown !== GRID) throw new Error(`the grid shows ${shown} lines`);
    times.sort((one, other) => one - other);
    const p95 = times[Math.ceil(times.length * 0.95) - 1];
    row(`budget grid page of ${GRID} lines (${Math.round(text.length / 1000)} kB): p50, p95 (ms)`, `${median(times).toFixed(0)}, ${p95.toFixed(0)}`, 'p95 100', p95 < 100 || IS_SHORT);
  } finally {
    await parvis.stop();
  }
}

const PARTS = { journal, millions, budgets, book, slip, reconciliation, proofs, grid };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'parvis-bench-'));
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (ONLY && ONLY !== name) continue;
    try {
      await part(folder);
    } catch (error) {
      if (error instanceof Skip) console.log(`SKIP ${name}: ${error.message}`);
      else {
        failed = true;
        console.log(`FAILED ${name}: ${error.message}`);
      }
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
console.log(`\n| what | figure | goal |\n|---|---|---|\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
if (failed) process.exitCode = 1;
