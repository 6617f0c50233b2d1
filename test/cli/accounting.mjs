// Verbs of accounting as somebody types them: on files alone, and on a town's budgets.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { PROGRAM } from '../lib/parvis.mjs';
import { ROOT, freshFolder, removeFolder } from '../lib/place.mjs';
import { accountantFiles, budget, cfu, plan } from './money_files.mjs';

// So are budget documents, and files for the accountant.
export async function budgets() {
  const folder = freshFolder('cli');
  const files = { right: budget('21560046100010'), wrong: budget('21560046100011'), other: '<PES_Aller/>', cut: '<DocumentBudgetaire>',
    ...accountantFiles(), account: cfu('5.00', '5.00'), apart: cfu('5.00', '5.01'),
    long: Buffer.alloc((16 << 20) + 1, ' ') };
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, `${name}.xml`), bytes);
  let text = '';
  for (const words of ['check right.xml', 'check right.xml --json', 'check wrong.xml', 'check wrong.xml --json', 'check other.xml --json',
    'check mandat.xml', 'check doubtful.xml', 'check doubtful.xml --json', 'check acquit.xml', 'check retour.xml --json',
    'check cut.xml --json', 'check long.xml --json', 'check none.xml', 'totals right.xml', 'totals other.xml', 'compare right.xml right.xml',
    'compare right.xml wrong.xml', 'compare right.xml cut.xml', 'reconcile account.xml', 'reconcile apart.xml', 'reconcile right.xml']) {
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
