// Verbs of a town's pay as somebody types them: in a town without agents, in the town of the sample, and what is refused.
import fs from 'node:fs';
import path from 'node:path';
import { freshFolder, removeFolder } from '../lib/place.mjs';

export async function payrollVerbs(parvis, say) {
  let text = '';
  for (const words of [['run', 'beauval', '2026-13'], ['run', 'nowhere', '2026-03'], ['run', 'beauval', '2026-03'], ['run', 'beauval', '2026-03'],
    ['explain', 'beauval', '2026-03/AG0001'], ['explain', 'beauval', '7'], ['verify', 'beauval']]) text += await say(parvis, ['payroll', ...words]);
  return text;
}

// The year of the sample: which months depends on the day on which it is played, so their names are laid aside.
export async function payrollSample(parvis, say) {
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
export async function payrollDeclarations(run) {
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
