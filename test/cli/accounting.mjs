// Verbs of accounting as somebody types them: on files alone, and on a town's budgets.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { PROGRAM } from '../lib/parvis.mjs';
import { ROOT, freshFolder, removeFolder } from '../lib/place.mjs';
import { accountantFiles, budget, cfu, grants, plan } from './money_files.mjs';

// So are budget documents, and files for the accountant.
export async function budgets() {
  const folder = freshFolder('cli');
  const files = { right: budget('21560046100010'), wrong: budget('21560046100011'), other: '<PES_Aller/>', cut: '<DocumentBudgetaire>',
    ...accountantFiles(), account: cfu('5.00', '5.00'), apart: cfu('5.00', '5.01'), grants: grants(),
    long: Buffer.alloc((16 << 20) + 1, ' ') };
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, `${name}.xml`), bytes);
  let text = '';
  for (const words of ['check right.xml', 'check right.xml --json', 'check wrong.xml', 'check wrong.xml --json', 'check other.xml --json',
    'check mandat.xml', 'check doubtful.xml', 'check doubtful.xml --json', 'check acquit.xml', 'check retour.xml --json',
    'check cut.xml --json', 'check long.xml --json', 'check none.xml', 'totals right.xml', 'totals other.xml', 'compare right.xml right.xml',
    'compare right.xml wrong.xml', 'compare right.xml cut.xml', 'reconcile account.xml', 'reconcile apart.xml', 'reconcile right.xml',
    'subsidies grants.xml', 'subsidies right.xml']) {
    const end = await runToEnd(PROGRAM, ['accounting', ...words.split(' ').map((word) => (word.endsWith('.xml') ? path.join(folder, word) : word))],
      { env: { ...process.env, LC_ALL: 'C' } });
    text += `$ ${words}\n${end.output.replaceAll(folder, 'FOLDER')}= ${end.code}\n`;
  }
  removeFolder(folder);
  return text;
}

// A budget comes into a town, and goes out as it came.
export async function townBudgets(parvis, say) {
  const folder = freshFolder('cli');
  const [right, wrong, out] = ['right.xml', 'wrong.xml', 'out.xml'].map((name) => path.join(folder, name));
  fs.writeFileSync(right, budget('21560046100010'));
  fs.writeFileSync(wrong, budget('21560046100011'));
  let text = '';
  for (const words of [['import-budget', 'beauval', wrong], ['import-budget', 'nowhere', right], ['import-budget', 'beauval', path.join(folder, 'none.xml')],
    ['import-budget', 'beauval', right], ['import-budget', 'beauval', right], ['import-budget', 'beauval', right, '--replace'],
    ['import-budget', 'beauval', wrong, '--with-faults'], ['budgets', 'beauval'], ['export-budget', 'beauval', '21560046100010', '2022', 'BP']])
    text += await say(parvis, ['accounting', ...words]);
  fs.writeFileSync(right, cfu('5.00', '5.00'));
  fs.writeFileSync(wrong, cfu('5.00', '5.01'));
  for (const words of [['reconcile-with', 'beauval', right], ['import-budget', 'beauval', right, '--with-faults'],
    ['reconcile-with', 'beauval', right], ['reconcile-with', 'beauval', wrong]]) text += await say(parvis, ['accounting', ...words]);
  fs.writeFileSync(right, budget('21560046100010'));
  const made = await say(parvis, ['accounting', 'export-budget', 'beauval', '21560046100010', '2023', 'BP']);
  fs.writeFileSync(out, made.slice(made.indexOf('<?xml'), made.lastIndexOf('= 0')));
  text += (await runToEnd(PROGRAM, ['accounting', 'compare', right, out])).output;
  removeFolder(folder);
  return text.replaceAll(folder, 'FOLDER');
}

// Third parties come in from a CSV on standard input; given again, they are there.
export async function parties(parvis, say) {
  const csv = (rows) => `Nom;Categorie;Nature_juridique;Nature_identifiant;Identifiant;IBAN;Titulaire\n${rows.join('\n')}\n`;
  const words = ['accounting', 'import-parties', 'beauval'];
  const right = csv(['Imprimerie;50;03;01;732 829 320 00074;FR7630006000011234567890189;IMPRIMERIE', 'Papeterie;50;03;;;;']);
  return await say(parvis, words, right) + await say(parvis, words, right) + await say(parvis, words, csv(['Atelier;50;03;01;73282932000075;;'])) +
    await say(parvis, words, 'Nom,Couleur\nAtelier,bleu\n') + await say(parvis, words, csv(['"Atelier;50']));
}

// A PDF with a file of data in it, as Factur-X is.
export function pdfWith(name, text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(${name})4 0 R]>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj
4 0 obj<</Type/Filespec/F(${name})/UF(${name})/AFRelationship/Data/EF<</F 5 0 R>>>>endobj
5 0 obj<</Type/EmbeddedFile/Length ${bytes.length}>>stream\n`), bytes, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')]);
}

// Invoices come into a town by file, and the same file adds nothing.
export async function inboundInvoices(parvis, say) {
  const folder = freshFolder('cli');
  const corpus = (name) => fs.readFileSync(path.join(ROOT, `test/corpus/invoice/${name}.xml`), 'utf8');
  const file = (name, bytes) => {
    fs.writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  await say(parvis, ['accounting', 'import-budget', 'beauval', file('budget.xml', budget('21560046100010'))]);
  const whole = corpus('cii').replace('PrepaidAmount>4.00<', 'PrepaidAmount>0.00<').replace('PayableAmount>200.00<', 'PayableAmount>204.00<');
  const files = [file('pivot.xml', corpus('pivot')), file('pivot.xml', corpus('pivot')), file('credit.xml', corpus('credit')),
    file('facture.pdf', pdfWith('factur-x.xml', whole)), file('facture.pdf', pdfWith('factur-x.xml', whole)),
    file('bare.pdf', pdfWith('notes.txt', 'notes')), file('cut.pdf', '%PDF-1.7\n'), file('paid.xml', corpus('ubl')),
    file('wrong.xml', corpus('credit').replace('>24.00<', '>24.01<')), file('status.xml', corpus('status')),
    file('other.xml', corpus('credit').replaceAll('A-2026-1', 'A-2026-2').replace('215600461', '732829320')), file('text.xml', 'Facture'),
    path.join(folder, 'none.xml')];
  let text = '';
  for (const one of files) text += await say(parvis, ['accounting', 'import-invoice', 'beauval', one]);
  removeFolder(folder);
  return text.replaceAll(folder, 'FOLDER');
}

// So are invoices: the small ones that the tests of their readers have.
export async function invoices() {
  const folder = freshFolder('cli');
  const corpus = path.join(ROOT, 'test/corpus/invoice');
  const wrong = path.join(folder, 'wrong.xml');
  fs.writeFileSync(wrong, fs.readFileSync(path.join(corpus, 'ubl.xml'), 'utf8').replace('>200.00<', '>200.01<'));
  const none = path.join(folder, 'none.xml');
  fs.writeFileSync(none, '<CPPFacturePivot/>');
  let text = '';
  for (const file of ['pivot', 'status', 'status_file', 'ubl', 'credit', 'cii'].map((name) => path.join(corpus, `${name}.xml`)).concat(wrong, none)) {
    const end = await runToEnd(PROGRAM, ['accounting', 'check', file, '--json'], { env: { ...process.env, LC_ALL: 'C' } });
    text += `$ check ${path.basename(file)}\n${end.output}= ${end.code}\n`;
  }
  removeFolder(folder);
  return text;
}

// A file for the accountant is signed with a key of the moment, and looked at; with what will not do, it is not.
export function signatures() {
  const folder = freshFolder('cli');
  const at = (name) => path.join(folder, name);
  const { mandat, unsigned } = accountantFiles();
  for (const [name, bytes] of Object.entries({ 'mandat.xml': mandat, 'unsigned.xml': unsigned, password: 'a password of a test\n', other: 'another\n' }))
    fs.writeFileSync(at(name), bytes, 'latin1');
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/O=Mairie/CN=Finances', '-days', '2');
  openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-out', 'key.p12', '-passout', 'file:password');
  let text = '';
  const ask = (words, input = '') => {
    const end = spawnSync(PROGRAM, ['accounting', ...words.split(' ')], { cwd: folder, input, encoding: 'latin1', env: { ...process.env, LC_ALL: 'C' } });
    text += `$ ${words}\n${end.stdout.slice(0, 200)}${end.stderr}= ${end.status}\n`;
    return end.stdout;
  };
  const signed = ask('sign unsigned.xml --key key.p12 --password-file password');
  const typed = ask('sign unsigned.xml --key key.p12', 'a password of a test\n');
  fs.writeFileSync(at('signed.xml'), signed, 'latin1');
  fs.writeFileSync(at('broken.xml'), signed.replace('V="PAPETERIE"', 'V="PAPETIERE"'), 'latin1');
  const plain = (bytes) => bytes.replace(/<ds:Signature .*?<\/ds:Signature>/s, '');
  text += `${plain(signed) === unsigned && plain(typed) === unsigned && signed !== unsigned}\n`;
  for (const words of ['check unsigned.xml --json', 'check signed.xml --json', 'check broken.xml --json', 'sign signed.xml --key key.p12 --password-file password',
    'sign mandat.xml --key key.p12 --password-file password', 'sign unsigned.xml --key key.p12 --password-file other',
    'sign unsigned.xml --key password --password-file password', 'sign none.xml --key key.p12 --password-file password', 'sign unsigned.xml']) ask(words);
  removeFolder(folder);
  return text;
}

// What the accountant answers is written as CSV, or told as none.
export async function returns() {
  const at = (name) => path.join(ROOT, 'test/corpus', `${name}.xml`);
  let text = '';
  for (const file of ['pes_return/acquit_refused', 'pes_return/retour_expense', 'pes/expense', 'pes/none'].map(at)) {
    const end = await runToEnd(PROGRAM, ['accounting', 'return', file], { env: { ...process.env, LC_ALL: 'C' } });
    text += `$ ${path.basename(file)}\n${end.output}= ${end.code}\n`;
  }
  return text.replaceAll(ROOT, 'ROOT');
}

// A document is validated by the schema of a folder that has its root, once it is known to be plain.
export async function schemas() {
  const folder = freshFolder('cli');
  const put = (name, text) => fs.writeFileSync(path.join(folder, name), text);
  const xsd = (name, more) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="${name}"><xs:complexType><xs:sequence>
<xs:any processContents="skip" maxOccurs="unbounded"/></xs:sequence>${more}</xs:complexType></xs:element></xs:schema>`;
  put('budget.xsd', xsd('DocumentBudgetaire', '<xs:attribute name="V"/>'));
  put('part.txt', 'none');
  put('right.xml', budget('21560046100010'));
  put('wrong.xml', budget('21560046100010').replace('<DocumentBudgetaire>', '<DocumentBudgetaire W="1">'));
  put('other.xml', accountantFiles().mandat);
  put('bomb.xml', '<!DOCTYPE DocumentBudgetaire [<!ENTITY a SYSTEM "part.txt">]><DocumentBudgetaire>&a;</DocumentBudgetaire>');
  let text = '';
  const ask = async (...words) => {
    const end = await runToEnd(PROGRAM, ['accounting', ...words.map((word) => (/^[a-z]+\.x/.test(word) ? path.join(folder, word) : word.replace('HERE', folder)))],
      { env: { ...process.env, LC_ALL: 'C' } });
    text += `$ ${words.join(' ')}\n${end.output.replaceAll(folder, 'FOLDER')}= ${end.code}\n`;
  };
  await ask('schemas', 'HERE');
  for (const name of ['right.xml', 'wrong.xml', 'other.xml', 'bomb.xml']) await ask('check', name, '--schemas', 'HERE', '--json');
  put('zbroken.xsd', xsd('Autre', '<xs:nothing/>'));
  await ask('schemas', 'HERE');
  await ask('schemas', 'HERE/none');
  removeFolder(folder);
  return text;
}

// A chart of accounts is looked at without a house.
export async function charts() {
  const folder = freshFolder('cli');
  const file = path.join(folder, 'plan.xml');
  const chart = async (bytes, words = ['accounting', 'chart', file]) => {
    fs.writeFileSync(file, bytes);
    const end = await runToEnd(PROGRAM, words, { env: { ...process.env, LC_ALL: 'C' } });
    return `${end.output.replaceAll(folder, 'FOLDER')}= ${end.code}\n`;
  };
  let text = await chart(plan(['60', '606']));
  text += await chart(plan(['60', '606', '606']));
  text += await chart(plan(['60', '606', '60']));
  text += await chart(plan(['60']).replaceAll('Nature', 'Structure'));
  text += await chart('Code,Libelle');
  text += await chart('<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>');
  text += await chart(Buffer.alloc((16 << 20) + 1, ' '));
  text += await chart('', ['accounting', 'chart', path.join(folder, 'none.xml')]);
  text += await chart('', ['accounting', 'chart']);
  const many = await chart(plan(Array.from({ length: 8192 }, (_, n) => String(100000 + n))));
  if (many.split('\r\n').length !== 1 + 1 + 8192 + 1 || !many.endsWith('Compte 108191\r\n= 0\n')) throw new Error(many.slice(-200));
  text += await chart(plan(Array.from({ length: 8193 }, (_, n) => String(100000 + n))));
  removeFolder(folder);
  return text;
}

// A town gets the chart of a year that the program lacks, and a budget of that year then comes in.
export async function townCharts(parvis, say) {
  const folder = freshFolder('cli');
  const [chart, late, known] = ['planDeCompte.xml', 'late.xml', 'known.xml'].map((name) => path.join(folder, name));
  fs.writeFileSync(chart, plan(['60', '606']).replace('2024', '2027'));
  fs.writeFileSync(known, plan(['60']).replace('M57_T', 'M57_A'));
  fs.writeFileSync(late, budget('21560046100010').replace('M57-M57_A', 'M57-M57_T').replace('2023', '2027').replace('60611', '606').replace(/<LigneBudget><Nature V="73111"[^]*?<\/LigneBudget>/, ''));
  let text = '';
  for (const words of [['import-budget', 'beauval', late], ['import-chart', 'beauval', chart], ['import-chart', 'beauval', chart],
    ['import-chart', 'beauval', chart, '--replace'], ['import-chart', 'beauval', known], ['import-chart', 'beauval', late],
    ['import-chart', 'beauval', path.join(folder, 'none.xml')], ['budgets', 'beauval']])
    text += await say(parvis, ['accounting', ...words]);
  const after = await say(parvis, ['accounting', 'import-budget', 'beauval', late, '--with-faults']);
  if (!after.includes('docbudg.balance') || after.includes('docbudg.nomenclature')) throw new Error(after);
  removeFolder(folder);
  return (text + after).replaceAll(folder, 'FOLDER');
}

// What `./run` shows of a year: checked, and summed up.
export async function sampleBudgets() {
  let text = '';
  const folder = path.join(ROOT, 'package/sample/budget');
  for (const name of fs.readdirSync(folder).sort())
    for (const verb of ['check', 'totals']) {
      const end = await runToEnd(PROGRAM, ['accounting', verb, path.join(folder, name)], { env: { ...process.env, LC_ALL: 'C' } });
      text += `$ ${verb} ${name}\n${end.output}= ${end.code}\n`;
    }
  return text;
}
