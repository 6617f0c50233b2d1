// The second reader of the accounting (tools/verify_town.mjs) over a town with something in nearly every table
// (src/service/accounting/proof_test.c leaves its files): the town as it is has no finding, and each damage to its plans,
// schedules, operations of order and régies is found, by what it breaks.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { ROOT, freshFolder, removeFolder } from '../lib/place.mjs';
import { equal, ok } from '../lib/tally.mjs';

const PROGRAM = 'build/release/test/service/accounting/proof_test';
const read = (folder) => runToEnd(process.execPath, [path.join(ROOT, 'tools/verify_town.mjs'), folder]);

// Every row whose columns are these gets those; no cell of these files has a comma in quotes before them.
const set = (name, where, change) => (folder) => {
  const file = path.join(folder, `accounting_${name}.csv`);
  const lines = fs.readFileSync(file, 'utf8').split(/\r?\n/);
  const heads = lines[0].split(',');
  let changed = 0;
  for (let i = 1; i < lines.length; i++) {
    const cells = lines[i].split(',');
    if (lines[i] === '' || !Object.entries(where).every(([column, value]) => cells[heads.indexOf(column)] === value)) continue;
    for (const [column, value] of Object.entries(change)) cells[heads.indexOf(column)] = value;
    lines[i] = cells.join(',');
    changed++;
  }
  ok(changed > 0, `${name}: no row is ${JSON.stringify(where)}`);
  fs.writeFileSync(file, lines.join('\n'));
};
const without = (name) => (folder) => {
  const file = path.join(folder, `accounting_${name}.csv`);
  fs.writeFileSync(file, `${fs.readFileSync(file, 'utf8').split(/\r?\n/)[0]}\n`);
};
const with_ = (name, line) => (folder) => fs.appendFileSync(path.join(folder, `accounting_${name}.csv`), `${line}\n`);

// What is done to the files, and words of the finding.
const DAMAGES = [
  [set('assets', { id: '1' }, { cost: '182501' }), null], // less than a cent of a year: no finding
  [set('assets', { id: '1' }, { cost: '192500' }), 'asset 1: 2026 was charged with 18300 cents, its plan says 19302 (I14)'],
  [set('assets', { id: '1' }, { years: '6' }), 'its plan says 15250 (I14)'],
  [set('assets', { id: '1' }, { commissioned: '20637' }), 'its plan says 18200 (I14)'],
  [set('assets', { id: '3' }, { basis: '0' }), 'asset 3: 2026 was charged with 12023'],
  [set('assets', { id: '4' }, { before: '33335' }), 'its plan says 22221 (I14)'],
  [set('assets', { id: '4' }, { before: '30000' }), 'its plan says 23333 (I14)'],
  [set('assets', { id: '4' }, { before_year: '2024' }), 'asset 4: 2026 was charged with 22222'],
  [set('assets', { id: '2' }, { gone: '20636' }), null], // it left when its year was charged already
  [set('assets', { id: '2' }, { budget: '9' }), 'it is charged in another budget (I14)'],
  [(folder) => { set('charges', { asset: '1' }, { amount: '18299' })(folder); set('charges', { asset: '2' }, { amount: '18301' })(folder); }, 'asset 2: 2026 was charged with 18301'],
  [set('charges', { asset: '1' }, { year: '2025' }), 'asset 1: 2025 was charged with 18300 cents, its plan says 0'],
  [set('loans', { id: '3' }, { rate: '41334' }), 'loan D-0: instalment 1 pays'],
  [set('loans', { id: '4' }, { borrowed: '79999' }), 'loan D-1: instalment 1 pays 5982 cents of capital'],
  [set('loans', { id: '5' }, { profile: '1' }), 'loan D-2: instalment 1 pays 0 cents of capital'],
  [set('loans', { id: '3' }, { count: '12' }), 'loan D-0: instalment 1 pays 5861 cents of capital'],
  [set('loans', { id: '3' }, { a_year: '4' }), 'loan D-0: instalment 1 pays'],
  [set('loan_rates', { loan: '4' }, { rate: '44321' }), 'loan D-1: instalment 2 pays'],
  [without('loan_rates'), 'loan D-2: instalment 2 pays 0 cents of capital and 352 of interest, its schedule says 0 and 267 (debt)'],
  [set('repaid', { loan: '4', place: '2' }, { place: '3' }), 'loan D-1: instalment 3 pays'],
  [set('repaid', { loan: '4', place: '2' }, { place: '14' }), 'loan D-1: it has no instalment 14 (debt)'],
  [(folder) => { set('imputations', { sequence: '6', place: '1' }, { section: '0' })(folder); }, 'loan D-0: instalment 1 pays 0 cents of capital'],
  [set('accrued', { loan: '1' }, { piece: '5' }), 'loan C-77: interest that ran in 2026 is not attached by entry 5 (debt)'],
  [set('accrued', { loan: '1' }, { year: '2025' }), 'interest that ran in 2025'],
  [without('pairs'), 'it is of order and has no other half (I8)'],
  [with_('pairs', '2,3,4,free.between,0'), 'it is half of 2 operations of order (I8)'],
  [set('pairs', { id: '1' }, { receipt: '12' }), 'its halves are no mandat and titre of order (I8)'],
  [set('pairs', { id: '1' }, { kind: 'grant' }), 'its accounts are none of grant (I8)'],
  [set('pairs', { id: '1' }, { kind: 'none' }), 'there is no kind none (I8)'],
  [set('pairs', { id: '1' }, { kind: 'free.within' }), 'it does not go within a section (I8)'],
  [set('pieces', { sequence: '4' }, { year: '2027' }), 'its halves are of two budgets or years (I8)'],
  [set('takings', { id: '1' }, { amount: '12001' }), 'régie R01: 18001 cents were taken, titre at 13 says 18000 (régie)'],
  [set('takings', { id: '1' }, { amount: '-12000' }), 'taking 1 is below 0 and undoes none (régie)'],
  [with_('takings', '3,1,20768,Entrees,1,-6001,finances@beauval.example,1795428720000,0,2,erreur'), 'taking 3 is below 0 and undoes none (régie)'],
  [set('takings', { id: '1' }, { day: '20000' }), 'taking 1 is of 2024-10-04, before its act (régie)'],
  [set('takings', { id: '1' }, { day: '20790' }), 'the titre at 13 is of several months (régie)'],
  [set('takings', { regie: '1' }, { sequence: '14' }), 'the piece at 14 is no titre of it (régie)'],
  [without('takings'), 'a titre of a régie without takings (régie)'],
  [set('takings', { id: '1' }, { regie: '2' }), 'régie 2: it takes, and the town has none such (régie)'],
  [set('regies', { id: '1' }, { budget: '2' }), 'the piece at 13 is no titre of it (régie)'],
  [set('regies', { id: '1' }, { kind: '2' }), 'it is of advances alone, and takes (régie)'],
  [set('deposits', { id: '1' }, { amount: '6001' }), 'it handed over 6001 cents, and took 6000 (régie)'],
  [set('deposits', { id: '1' }, { cash: '4000' }), 'it handed over 1000 cents of cheques, and took 0 (régie)'],
  [set('regies', { id: '1' }, { cash_limit: '5999' }), null, '(remark) régie R01: on 2026-11-11 it held 6000 cents, its ceiling is 5999'],
  [set('regies', { id: '1' }, { coin_limit: '5999' }), null, 'it held 6000 cents of cash, its ceiling is 5999'],
];

async function proveTown() {
  const folder = freshFolder('second-reader');
  const built = await runToEnd('make', ['-s', '-j2', PROGRAM], { cwd: ROOT, ms: 600000 });
  equal(built.code, 0, built.output.slice(-2000));
  const left = path.join(folder, 'left');
  fs.mkdirSync(left);
  const made = await runToEnd(path.join(ROOT, PROGRAM), [], { cwd: ROOT, env: { ...process.env, LEAVE_IN: left } });
  equal(made.code, 0, made.output.slice(-2000));
  const whole = await read(left);
  ok(whole.code === 0 && whole.output.includes(', 0 findings,') && !whole.output.includes('remark'), whole.output);
  const wrong = [];
  for (const [i, [damage, finding, remark]] of DAMAGES.entries()) {
    const copy = path.join(folder, String(i));
    fs.cpSync(left, copy, { recursive: true });
    damage(copy);
    const { code, output } = await read(copy);
    const words = finding ?? remark ?? ', 0 findings,';
    if (code !== (finding === null ? 0 : 1) || !output.includes(words)) wrong.push(`damage ${i}: ${code}, and not "${words}": ${output}`);
    fs.rmSync(copy, { recursive: true });
  }
  ok(wrong.length === 0, wrong.join('\n'));
  fs.mkdirSync(path.join(folder, 'empty'));
  const none = await read(path.join(folder, 'empty'));
  equal(none.code, 2, `a folder that no town left: ${none.output}`);
  removeFolder(folder);
}

export async function secondReaderTests(tally) {
  await tally.test('the second reader finds each damage to plans, schedules, operations of order and régies', proveTown, { ms: 700000 });
}
