// Verbs of a town's pay as somebody types them: in a town without agents, in the town of the sample, and what is refused.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { PROGRAM } from '../lib/parvis.mjs';
import { freshFolder, removeFolder } from '../lib/place.mjs';

async function payrollVerbs(parvis, say) {
  let text = '';
  for (const words of [['run', 'beauval', '2026-13'], ['run', 'nowhere', '2026-03'], ['run', 'beauval', '2026-03'], ['run', 'beauval', '2026-03'],
    ['explain', 'beauval', '2026-03/AG0001'], ['explain', 'beauval', '7'], ['verify', 'beauval']]) text += await say(parvis, ['payroll', ...words]);
  return text;
}

// The year of the sample: which months depends on the day on which it is played, so their names are laid aside.
async function payrollSample(parvis, say) {
  let text = await say(parvis, ['payroll', 'sample', 'beauval']); // nobody there to make and approve it
  await parvis.addPerson('finances@beauval.example', 'Service finances', 'agent');
  await parvis.addPerson('administration@beauval.example', 'Administration', 'admin');
  for (const words of [['staff', 'sample', 'beauval'], ['payroll', 'sample', 'beauval'], ['payroll', 'sample', 'beauval'], ['payroll', 'verify', 'beauval'],
    ['payroll', 'explain', 'beauval', '1'], ['payroll', 'explain', 'beauval', '0']]) text += await say(parvis, words);
  const month = /^(\d{4}-\d\d) \d+ payslips$/m.exec(text)?.[1];
  const one = await say(parvis, ['payroll', 'explain', 'beauval', `${month}/AG0006`]);
  const closed = await say(parvis, ['payroll', 'run', 'beauval', month]);
  return (text + one + closed).replaceAll(/\b20\d\d-\d\d(?= \d+ payslips|\/AG|\n)/g, 'MONTH').replaceAll(/[1-9]\d\d payslips$/gm, 'N payslips');
}

// A declaration on its own, away from any town: the fault has its line and its words; what cannot be read is said.
async function payrollDeclarations(run) {
  const folder = freshFolder('dsn');
  const latin = (name, text) => fs.writeFileSync(path.join(folder, name), Buffer.from(text, 'latin1'));
  latin('cut.dsn', "S10.G00.00.001,'PARVIS'\nS10.G00.00.002,'PARVIS\nS10.G00.00.006,'P26V01'\n");
  latin('empty.dsn', '');
  let text = '';
  for (const words of [['cut.dsn'], ['cut.dsn', '--json'], ['empty.dsn'], ['none.dsn'], []]) {
    const files = words.map((word) => (word.endsWith('.dsn') ? path.join(folder, word) : word));
    const end = await run('payroll', 'dsn-check', ...files);
    text += `$ dsn-check ${words.join(' ')}\n${end.output.replaceAll(folder, 'FOLDER')}= ${end.code}\n`;
  }
  removeFolder(folder);
  return text;
}

// `both` plays a script while `serve` runs and while it does not; `has` wants each line in what was said.
export async function payrollTests({ tally, both, say, has }) {
  await tally.test('a month of pay is drafted, explained and proven by verbs (payroll run, explain, verify)', async () => {
    has(await both((parvis) => payrollVerbs(parvis, say)), 'payroll.month', 'member.unknown', '2026-03 draft 1: 0 payslips', '2026-03 draft 2: 0 payslips',
      'payslips 0\n= 0\n');
  });
  await tally.test('a year of pay by rule is made once, explained and proven by verbs (payroll sample)', async () => {
    const text = await both((parvis) => payrollSample(parvis, say));
    has(text, '200 agents\n= 0\n', 'payroll.sample_there', '$ payroll explain beauval 1\nAG0006 MONTH\n', '/AG0006\nAG0006 MONTH\n', 'Rule treatment, version 1.',
      'payroll.closed', '$ payroll explain beauval 0\nparvis: ');
    const made = /\$ payroll sample beauval\n((MONTH N payslips\n){12})= 0\n/.test(text) && /\$ payroll verify beauval\npayslips 2\d\d\d\n= 0\n/.test(text);
    if (!made || !/^\$ payroll sample beauval\nparvis: payroll\.sample_people: .*\(finances@beauval\.example\)\n= 1\n/.test(text)) throw new Error(text);
  }, { ms: 120000 });
  await tally.test('a declaration is checked by a verb (payroll dsn-check)', async () => {
    has(await payrollDeclarations((...words) => runToEnd(PROGRAM, words, { env: { ...process.env, LC_ALL: 'C' } })),
      "$ dsn-check cut.dsn\nL1 line 2 'S10.G00.00.002,'PARVIS': The line is not of the form", 'A block S90.G00.90 is missing here. Add it.\n',
      ' faults, 0 notes\n= 1\n', '$ dsn-check cut.dsn --json\n{"faults":[\n{"level":1,"line":2,', "L2 line 0 '': The file holds no sending",
      'FOLDER/none.dsn)\n= 2\n', 'payroll dsn-check FILE', '= 64\n');
  });
}
