// A town leaves with its accounting: the files are proven by a second reader, which comes to the digest of the first and
// finds each damage. And what an operator does between: a bordereau's file is signed with a key of its own.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { ROOT } from '../lib/place.mjs';
import { equal, ok } from '../lib/tally.mjs';

// ---- a signature, as an operator makes it ----

export async function signed(parvis, text) {
  const at = (name) => path.join(parvis.dir, name);
  fs.writeFileSync(at('slip.xml'), text, 'latin1');
  const must = async (program, words, options) => {
    const end = await runToEnd(program, words, options);
    if (end.code !== 0) throw new Error(`${program} ${words[0]}: ${end.output}`);
  };
  await must('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('key.pem'), '-out', at('certificate.pem'), '-subj', '/CN=Mairie', '-days', '2']);
  await must('openssl', ['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('certificate.pem'), '-out', at('key.p12'), '-passout', 'pass:essai']);
  fs.writeFileSync(at('password'), 'essai\n');
  await must('sh', ['-c', `"$0" accounting sign "$1" --key "$2" --password-file "$3" >"$4"`, path.join(ROOT, 'build/parvis'), at('slip.xml'), at('key.p12'), at('password'), at('signed.xml')]);
  return at('signed.xml');
}

// ---- the second reader ----

const read = (folder) => runToEnd(process.execPath, [path.join(ROOT, 'tools/verify_town.mjs'), folder]);

// A cell of a CSV whose first column is `row`.
const cell = (name, row, column, value) => (folder) => {
  const file = path.join(folder, name);
  const lines = fs.readFileSync(file, 'utf8').split('\r\n').length > 1 ? fs.readFileSync(file, 'utf8').split('\r\n') : fs.readFileSync(file, 'utf8').split('\n');
  const place = lines[0].split(',').indexOf(column);
  const at = lines.findIndex((line, i) => i > 0 && line.split(',')[0] === row);
  const cells = lines[at].split(',');
  ok(place >= 0 && at > 0 && cells[place] !== value, `${name}: ${column} of ${row} cannot be changed to ${value}`);
  cells[place] = value;
  lines[at] = cells.join(',');
  fs.writeFileSync(file, lines.join('\n'));
};
const slip = (change) => (folder) => {
  const file = path.join(folder, 'accounting_slips.jsonl');
  const [first, ...others] = fs.readFileSync(file, 'utf8').split('\n');
  fs.writeFileSync(file, [JSON.stringify({ ...JSON.parse(first), ...change(JSON.parse(first)) }), ...others].join('\n'));
};

// The first row that is no head goes.
const row = (name) => (folder) => {
  const file = path.join(folder, name);
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  ok(lines.length > 2, `${name} has no row`);
  fs.writeFileSync(file, [lines[0], ...lines.slice(2)].join('\n'));
};
// A row that the town has not, in a file whose columns are these.
const added = (name, head, line) => (folder) => {
  const file = path.join(folder, name);
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const own = text.split(/\r?\n/)[0];
  ok(own === '' || own === head, `${name}: its columns are ${own}`);
  fs.writeFileSync(file, `${own === '' ? `${head}\n` : text}${line}\n`);
};

// Engagement, mandat and bordereau: the first of the town, at entries 2 and 3.
const DAMAGES = [
  [cell('accounting_pieces.csv', '3', 'engagement', '77'), 'I7'],
  [cell('accounting_party_accounts.csv', '1', 'party', '77'), 'I7'],
  [row('accounting_attests.csv'), 'I7'],
  [row('accounting_pieces.csv'), 'I5'],
  [row('accounting_imputations.csv'), 'I1'],
  [added('accounting_programmes.csv', 'id,budget,number,title,section,authorised,decided_day', '9,1,AP-9,Ecole,0,1,20000'), 'AP/CP', added('accounting_programme_uses.csv', 'engagement,programme', '2,9')],
  [added('accounting_carried.csv', 'id,engagement,entry,amount,next', '1,2,3,5,0'), 'I13'],
  [added('accounting_charges.csv', 'asset,year,amount,piece', '1,2026,5,3'), 'I14'],
  [added('accounting_repaid.csv', 'loan,place,piece', '1,1,3\n1,2,3'), 'debt'],
  [cell('accounting_pieces.csv', '3', 'number', '2'), 'I5'],
  [cell('accounting_pieces.csv', '3', 'year', '1999'), 'I5'],
  [cell('accounting_pieces.csv', '3', 'place', '2'), 'I5'],
  [cell('accounting_engagements.csv', '2', 'number', '9'), 'I5'],
  [cell('accounting_imputations.csv', '3', 'net', '1'), 'I1'],
  [cell('accounting_imputations.csv', '2', 'level', '012'), 'I1'],
  [cell('accounting_budgets.csv', '1', 'siret', '21560046100028'), 'I15'],
  [cell('accounting_lines.csv', '1', 'opened', '500001'), 'I8'],
  [slip(() => ({ number: 2 })), 'I5'],
  [slip(({ file }) => ({ file: Buffer.from(Buffer.from(file, 'base64').toString('latin1').replace(/MtBordHT V="1200.50"/, 'MtBordHT V="1200.51"'), 'latin1').toString('base64') })), 'I9'],
  [(folder) => slip(() => ({ signed_by: /^\d+,\d+,-?\d+,\d+,([^,]+),/m.exec(fs.readFileSync(path.join(folder, 'accounting_attests.csv'), 'utf8'))[1] }))(folder), 'I11'],
];

export async function proveLeft(parvis, town) {
  const folder = path.join(parvis.dir, `left-${town}`);
  await parvis.cli(['town', 'export', town, folder]);
  const whole = await read(folder);
  equal(whole.code, 0, `the second reader: ${whole.output}`);
  const digest = /digest ([0-9a-f]{64})/;
  equal(digest.exec(whole.output)[1], digest.exec(await parvis.cli(['accounting', 'verify', town]))[1], 'digests of the two readers');
  for (const [i, [damage, rule, another]] of DAMAGES.entries()) {
    const copy = `${folder}-${i}`;
    fs.cpSync(folder, copy, { recursive: true });
    damage(copy);
    another?.(copy);
    const end = await read(copy);
    equal(end.code, 1, `damage ${i}: ${end.output}`);
    ok(end.output.includes(`(${rule})`), `damage ${i} is not told by ${rule}: ${end.output}`);
    fs.rmSync(copy, { recursive: true });
  }
}
