// Verbs as an operator types them: the same words give the same output and the same exit code while `serve` runs and while
// it does not. Each script is played on a fresh house both ways.
//   node cli/all.mjs
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { PROGRAM, Parvis } from '../lib/parvis.mjs';
import { freshFolder, removeFolder } from '../lib/place.mjs';
import { Tally, skip } from '../lib/tally.mjs';
import { request, signIn } from '../lib/web.mjs';
import { zipOf } from '../lib/zip.mjs';
import { payrollTests } from './payroll.mjs';
import { budgets, charts, inboundInvoices, invoices, parties, returns, sampleBudgets, schemas, signatures, townBudgets, townCharts } from './accounting.mjs';

const PASSWORD = 'quatre mots font une phrase\n';
const TOWNS = [{ name: 'beauval', domain: 'beauval.example', people: [] }];

// How far a long verb is, is no part of what it says.
const withoutProgress = (text) => text.replace(/^\d+ %, \d+:\d\d left\n/gm, '');

// What a verb said, without what differs from one machine or moment to the next: its folder and its progress.
async function say(parvis, words, input = '') {
  const end = await parvis.cli(words, input, { anyCode: true });
  const said = withoutProgress(end.output.replaceAll(parvis.dir, 'DIR'));
  return `$ ${words.join(' ')}\n${said}= ${end.code}\n`;
}

// Plays a script with `serve` running and without; both texts must be equal, and are returned once.
async function both(script) {
  const texts = [];
  for (const isServing of [true, false]) {
    const parvis = await Parvis.start({ towns: TOWNS, mailPassword: false });
    try {
      if (!isServing) await parvis.halt();
      texts.push(await script(parvis, isServing));
    } finally {
      await parvis.stop();
    }
  }
  if (texts[0] !== texts[1]) throw new Error(`serving:\n${texts[0]}\nnot serving:\n${texts[1]}`);
  return texts[0];
}

function has(text, ...lines) {
  for (const line of lines) if (!text.includes(line)) throw new Error(`"${line}" is not in:\n${text}`);
}

async function members(parvis) {
  let text = await say(parvis, ['town', 'add', 'clairmont', '--domain', 'clairmont.example', '--title', 'Clairmont']);
  text += await say(parvis, ['town', 'add', 'clairmont', '--domain', 'other.example']);
  text += await say(parvis, ['town', 'add', 'Clair mont', '--domain', 'other.example']);
  text += await say(parvis, ['town', 'set', 'clairmont', '--kind', 'epci', '--siret', '123']);
  text += await say(parvis, ['town', 'set', 'clairmont', '--kind', 'epci']);
  text += await say(parvis, ['town', 'domain', 'clairmont', 'cc-clairmont.example']);
  text += await say(parvis, ['town', 'host', 'clairmont', 'www.clairmont.example']);
  text += await say(parvis, ['service', 'off', 'clairmont', 'notice']);
  text += await say(parvis, ['service', 'off', 'clairmont', 'notice']); // changes nothing, and is noted once
  text += (await say(parvis, ['audit', 'list', 'clairmont'])).replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME');
  text += await say(parvis, ['service', 'on', 'clairmont', 'nothing']);
  text += await say(parvis, ['person', 'add', 'accueil@cc-clairmont.example', '--name', 'Accueil', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['town', 'list']);
  text += (await say(parvis, ['health'])).replace(/\d+ (free|in all|database|for auth)/g, 'N $1');
  text += await say(parvis, ['queue', 'list']);
  return text;
}

// One member's database is damaged: it is named, the others are told of, and the verb says by its end that it is not all.
async function oneDown(parvis, isServing) {
  await parvis.cli(['town', 'add', 'clairmont', '--domain', 'clairmont.example']);
  await parvis.cli(['town', 'add', 'rochefleur', '--domain', 'rochefleur.example']);
  await parvis.cli(['health']); // each has its files
  if (isServing) await parvis.halt();
  const file = path.join(parvis.dir, 'members/clairmont/town.db');
  for (const end of ['-wal', '-shm']) fs.rmSync(file + end, { force: true });
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 'x'));
  if (isServing) await parvis.serve();
  const health = (await say(parvis, ['health'])).replace(/\d+ (free|in all|database|for auth)/g, 'N $1');
  const text = health + await say(parvis, ['queue', 'list']);
  return text.replace(/^\S+Z error town open .*\n/gm, ''); // where no house runs, the log is the verb's own
}

// A town that hangs, and takes what it is sent without an answer.
async function oneHangs() {
  const parvis = await Parvis.start({ towns: [...TOWNS, { name: 'clairmont', domain: 'clairmont.example', people: [] }], mailPassword: false });
  const town = parvis.townPid('beauval');
  process.kill(town, 'SIGSTOP');
  try {
    for (const words of [['health'], ['queue', 'list']]) {
      const begun = Date.now();
      const text = await say(parvis, words);
      const took = Date.now() - begun;
      has(text, 'beauval\tdoes not answer\n', '= 75');
      if (words[0] === 'health') has(text, 'clairmont\t');
      if (took < 2500 || took > 8000) throw new Error(`${words} took ${took} ms`);
    }
  } finally {
    process.kill(town, 'SIGCONT');
    await parvis.stop();
  }
}

async function people(parvis) {
  let text = await say(parvis, ['person', 'add', 'accueil@beauval.example', '--name', 'Accueil', '--role', 'admin', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'add', 'accueil@beauval.example', '--name', 'Accueil', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'add', 'x@beauval.example', '--name', 'X', '--password-stdin'], 'court\n');
  text += await say(parvis, ['person', 'add', 'x@beauval.example', '--name', 'X', '--role', 'chief', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'add', 'x@elsewhere.example', '--name', 'X', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'add', 'x@beauval.example']);
  text += await say(parvis, ['person', 'password', 'accueil@beauval.example', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'password', 'nobody@beauval.example', '--password-stdin'], PASSWORD);
  text += await say(parvis, ['person', 'end-sessions', 'accueil@beauval.example']);
  text += await say(parvis, ['person', 'second-off', 'accueil@beauval.example']);
  text += await say(parvis, ['person', 'second-off', 'nobody@beauval.example']);
  text += await say(parvis, ['town', 'set', 'beauval', '--mail-password', 'no']);
  text += await say(parvis, ['town', 'set', 'beauval', '--mail-password', 'perhaps']);
  text += await say(parvis, ['person', 'list', 'beauval']);
  text += (await say(parvis, ['audit', 'list', 'beauval'])).replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME');
  return text;
}

// What the administrators' and operators' pages do, word by word.
async function daily(parvis) {
  const hide = (text) => text.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME').replace(/[A-Z2-7]{4}(-[A-Z2-7]{2,4}){5,6}/g, 'CODE');
  await parvis.addPerson('accueil@beauval.example', 'Accueil', 'agent', PASSWORD.trim());
  await parvis.addPerson('mairie@beauval.example', 'Secrétariat', 'admin');
  let text = '';
  const all = async (...lines) => {
    for (const line of lines) text += hide(await say(parvis, line.split(' ')));
  };
  await all('town show beauval', 'town show nowhere', 'service list beauval', 'service off beauval notice', 'service list beauval');
  await all('alias add Contact@beauval.example accueil@beauval.example', 'alias add contact@beauval.example mairie@beauval.example',
    'alias add x@elsewhere.example accueil@beauval.example', 'alias add y@beauval.example nobody@beauval.example', 'alias list beauval');
  await all('group add tous@beauval.example --name Tous', 'group set tous@beauval.example --add accueil@beauval.example',
    'group set tous@beauval.example --add mairie@beauval.example', 'group set tous@beauval.example --add mairie@beauval.example', 'group list beauval',
    'group show tous@beauval.example', 'group set tous@beauval.example --remove mairie@beauval.example --name Accueils', 'group show tous@beauval.example',
    'group set none@beauval.example --name X', 'group set tous@beauval.example --add nobody@beauval.example');
  await all('person set accueil@beauval.example --name Guichet --department Mairie --role admin', 'person show accueil@beauval.example',
    'person set accueil@beauval.example --role chief', 'person set accueil@beauval.example --active perhaps', 'person show nobody@beauval.example');
  await all('alias drop contact@beauval.example', 'alias drop contact@beauval.example', 'group delete tous@beauval.example', 'group delete tous@beauval.example',
    'person sessions accueil@beauval.example', 'person end-session accueil@beauval.example 7', 'person end-session accueil@beauval.example x',
    'person set accueil@beauval.example --active no', 'person list beauval', 'person set accueil@beauval.example --active yes', 'audit list beauval');
  return text;
}

// A session that a browser began is listed, and ended at once by its number; a suspended person is let in no more.
async function sessions() {
  const parvis = await Parvis.start({ towns: [{ ...TOWNS[0], people: [['accueil', 'Accueil', 'agent']] }], mailPassword: false });
  const address = 'accueil@beauval.example';
  const host = `beauval.localhost:${parvis.ports.web}`;
  const enter = () => signIn({ port: parvis.ports.web, host, address, password: parvis.password(address) });
  const see = async (cookie) => (await request({ port: parvis.ports.web, host, path: '/account', headers: { Cookie: cookie } })).status;
  try {
    const [one, two] = [await enter(), await enter()];
    const lines = (await parvis.cli(['person', 'sessions', address])).trim().split('\n');
    if (lines.length !== 2 || !/^\d+\tbrowser\t.*\t127\.0\.0\.1\t.*Z\t.*Z$/.test(lines[0])) throw new Error(lines.join('\n'));
    for (const line of lines) {
      await parvis.cli(['person', 'end-session', address, line.split('\t')[0]]);
      const seen = [await see(one), await see(two)].filter((status) => status === 200).length;
      if (seen !== lines.length - 1 - lines.indexOf(line)) throw new Error(`${seen} sessions are open`);
    }
    const third = await enter();
    await parvis.cli(['person', 'set', address, '--active', 'no']);
    if ((await see(third)) === 200 || (await enter().catch(() => null))) throw new Error('a suspended person is let in');
    await parvis.cli(['person', 'set', address, '--active', 'yes']);
    if ((await see(await enter())) !== 200) throw new Error('active again, and not let in');
  } finally {
    await parvis.stop();
  }
}

async function mail(parvis) {
  const folder = freshFolder('cli');
  const file = path.join(folder, 'box');
  const one = (n) => `From a@b Tue Nov 24 10:00:00 2026\nMessage-ID: <${n}@x>\nSubject: ${n}\n\nLine\n>From here\n\n`;
  fs.writeFileSync(file, Array.from({ length: 250 }, (_, n) => one(n)).join(''));
  fs.writeFileSync(path.join(folder, 'none'), 'nothing like it\n');
  await parvis.addPerson('accueil@beauval.example', 'Accueil');
  let text = await say(parvis, ['mail', 'import', 'accueil@beauval.example', file]);
  fs.appendFileSync(file, one(1000));
  text += await say(parvis, ['mail', 'import', 'accueil@beauval.example', file]);
  text += await say(parvis, ['mail', 'import', 'accueil@beauval.example', path.join(folder, 'none')]);
  text += await say(parvis, ['mail', 'import', 'accueil@beauval.example', path.join(folder, 'missing')]);
  text += await say(parvis, ['mail', 'import', 'nobody@beauval.example', file]);
  const maildir = path.join(folder, 'Maildir');
  for (const sub of ['', '.March&AOk-s.2026']) {
    for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(maildir, sub, part), { recursive: true });
    for (let n = 0; n < 60; n++) fs.writeFileSync(path.join(maildir, sub, 'cur', `${n}.x:2,FSa`), `Message-ID: <m${n}${sub}@x>\nSubject: ${n}\n\nLine\n`);
    fs.writeFileSync(path.join(maildir, sub, 'dovecot-keywords'), '0 urgent\n');
  }
  text += await say(parvis, ['mail', 'import', 'accueil@beauval.example', maildir]);
  text += await say(parvis, ['mail', 'import', 'accueil@beauval.example', maildir]);
  removeFolder(folder);
  text += (await say(parvis, ['audit', 'list', 'beauval'])).replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME');
  return text.replaceAll(folder, 'FOLDER');
}

async function csv(parvis) {
  const folder = freshFolder('cli');
  const file = path.join(folder, 'people.csv');
  const hide = (text) => text.replaceAll(folder, 'FOLDER').replace(/[A-Z2-7]{4}(-[A-Z2-7]{2,4}){5,6}/g, 'CODE');
  await parvis.cli(['town', 'add', 'clairmont', '--domain', 'clairmont.example']);
  const rows = Array.from({ length: 60 }, (_, n) => `agent${n}@${n < 40 ? 'beauval' : 'clairmont'}.example;Agent ${n};;Accueil`);
  fs.writeFileSync(file, ['adresse;nom;rôle;service', 'mairie@beauval.example;"Secrétariat; mairie";admin;', ...rows].join('\r\n'), 'latin1');
  let text = hide(await say(parvis, ['person', 'import', file]));
  text += hide(await say(parvis, ['person', 'import', file]));
  fs.writeFileSync(file, 'address,name,aliases,groups\nx@beauval.example,X,ex@beauval.example,tous@beauval.example\ny@beauval.example,Y,,tous@beauval.example\n');
  text += hide(await say(parvis, ['person', 'import', file]));
  fs.writeFileSync(file, 'address,name\nz@beauval.example,Z\nz@else.example,Z\n');
  text += hide(await say(parvis, ['person', 'import', file]));
  fs.writeFileSync(file, 'address,name\nw@beauval.example,W\nx y@beauval.example,Z\n');
  text += hide(await say(parvis, ['person', 'import', file]));
  fs.writeFileSync(file, 'address,colour\n');
  text += hide(await say(parvis, ['person', 'import', file]));
  fs.writeFileSync(file, 'address,name\na@beauval.example,"A\n');
  text += hide(await say(parvis, ['person', 'import', file]));
  text += hide(await say(parvis, ['person', 'import', path.join(folder, 'missing')]));
  text += hide(await say(parvis, ['person', 'invite', 'mairie@beauval.example']));
  text += await say(parvis, ['person', 'list', 'beauval']);
  removeFolder(folder);
  return text;
}

async function mandates(parvis) {
  const hide = (text) => text.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME').replace(/[0-9a-f]{64}/g, 'HASH');
  const by = ['--administrator', 'mairie@beauval.example', '--password-stdin'];
  const give = ['mandate', 'give', 'beauval', '--operator', 'op@syndicat.example', '--reason', 'an import stopped', '--hours', '2', ...by];
  await parvis.addPerson('mairie@beauval.example', 'Secrétariat', 'admin', PASSWORD.trim());
  let text = await say(parvis, give, PASSWORD);
  text += await say(parvis, give, 'something else altogether\n');
  text += await say(parvis, give.map((word) => (word === 'op@syndicat.example' ? 'x@beauval.example' : word)), PASSWORD);
  text += hide(await say(parvis, ['mandate', 'list', 'beauval']));
  text += await say(parvis, ['mandate', 'end', 'beauval', '1', ...by], PASSWORD);
  text += await say(parvis, ['mandate', 'end', 'beauval', '1', ...by], PASSWORD);
  text += hide(await say(parvis, ['mandate', 'list', 'beauval']));
  text += hide(await say(parvis, ['audit', 'list', 'beauval']));
  text += hide(await say(parvis, ['audit', 'head', 'beauval']));
  return text;
}

async function upkeep(parvis) {
  const hide = (text) => text.replace(/[0-9a-f]{64}/g, 'HASH').replaceAll(folder, 'FOLDER');
  const folder = freshFolder('cli');
  const file = path.join(folder, 'box');
  await parvis.addPerson('accueil@beauval.example', 'Accueil');
  fs.writeFileSync(file, Array.from({ length: 130 }, (_, n) => `From a@b Tue Nov 24 10:00:00 2026\nMessage-ID: <${n}@x>\nSubject: ${n}\n\n${'Line\n'.repeat(300)}\n`).join(''));
  let text = hide(await say(parvis, ['mail', 'import', 'accueil@beauval.example', file]));
  const head = (await parvis.cli(['audit', 'head', 'beauval'])).split(' ')[1].trim();
  text += hide(await say(parvis, ['town', 'rebuild', 'beauval']));
  text += hide(await say(parvis, ['town', 'verify', 'beauval', '--head', head]));
  text += hide(await say(parvis, ['town', 'verify', 'beauval', '--head', head.replace(/./g, '0')]));
  text += hide(await say(parvis, ['town', 'verify', 'beauval', '--head', 'x']));
  text += hide(await say(parvis, ['town', 'verify', 'clairmont']));
  text += await say(parvis, ['mail', 'quota', 'accueil@beauval.example', '2G']);
  text += await say(parvis, ['mail', 'quota', 'accueil@beauval.example', 'much']);
  text += await say(parvis, ['mail', 'usage', 'beauval']);
  text += await say(parvis, ['mail', 'undelete', 'accueil@beauval.example', '--hours', '5']);
  const segment = path.join(parvis.dir, 'members/beauval/segments/00000001');
  const bytes = fs.readFileSync(segment);
  bytes[bytes.length - 500] ^= 1;
  fs.writeFileSync(segment, bytes);
  text += hide(await say(parvis, ['town', 'verify', 'beauval']));
  removeFolder(folder);
  return text;
}

async function backups(parvis, isServing) {
  const folder = freshFolder('cli');
  const file = path.join(folder, 'box');
  const hide = (text) => text.replaceAll(folder, 'FOLDER').replace(/[0-9a-f]{64}/g, 'HASH').replace(/\d+ bytes of mail/, 'N bytes of mail').replace(/\d+ files/, 'N files');
  const at = async (dir, words) => {
    const end = await runToEnd(PROGRAM, ['-d', path.join(folder, dir), ...words]);
    return hide(`$ ${words.join(' ')}\n${withoutProgress(end.output)}= ${end.code}\n`);
  };
  const messages = (from, to) => Array.from({ length: to - from }, (_, n) => `From a@b Tue Nov 24 10:00:00 2026\nMessage-ID: <${from + n}@x>\nSubject: ${from + n}\n\n${'Line\n'.repeat(200)}\n`).join('');
  await parvis.cli(['town', 'add', 'clairmont', '--domain', 'clairmont.example']);
  await parvis.addPerson('accueil@beauval.example', 'Accueil');
  await parvis.addPerson('accueil@clairmont.example', 'Accueil');
  fs.writeFileSync(file, messages(0, 100));
  await parvis.cli(['mail', 'import', 'accueil@clairmont.example', file]);
  let text = hide(await say(parvis, ['backup', path.join(folder, 'one')]));
  text += hide(await say(parvis, ['backup', path.join(folder, 'one')]));
  text += await at('again', ['restore', path.join(folder, 'one')]);
  text += await at('again', ['restore', path.join(folder, 'one')]);
  text += await at('again', ['mail', 'usage', 'clairmont']);
  text += await at('again', ['audit', 'list', 'clairmont']).then((out) => out.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME'));
  const segment = path.join(folder, 'one/members/clairmont/segments/00000001');
  fs.appendFileSync(segment, 'x');
  text += await at('third', ['restore', path.join(folder, 'one')]);
  text += await at('third', ['restore', path.join(folder, 'nothing')]);
  // While mail comes in: each copy is whole, and of one moment.
  if (isServing) {
    fs.writeFileSync(file, messages(100, 3000));
    const coming = parvis.cli(['mail', 'import', 'accueil@clairmont.example', file]);
    for (let n = 0; n < 3; n++) {
      await parvis.cli(['backup', path.join(folder, `busy${n}`)]);
      const out = await at(`restored${n}`, ['restore', path.join(folder, `busy${n}`)]);
      if (!out.includes('2 members restored, 2 of them proven\n= 0')) throw new Error(out);
    }
    await coming;
  }
  removeFolder(folder);
  return text;
}

// Every file below a folder: path -> text.
function tree(folder, below = '') {
  const found = {};
  for (const name of fs.readdirSync(path.join(folder, below)).sort()) {
    const at = path.join(below, name);
    if (fs.statSync(path.join(folder, at)).isDirectory()) Object.assign(found, tree(folder, at));
    else found[at] = fs.readFileSync(path.join(folder, at), 'latin1');
  }
  return found;
}

function same(one, other) {
  const left = tree(one);
  const right = tree(other);
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (left[name] !== right[name]) throw new Error(`${name} differs:\n${left[name]?.slice(0, 2000)}\n---\n${right[name]?.slice(0, 2000)}`);
  }
  return left;
}

async function exports(parvis) {
  const folder = freshFolder('cli');
  const hide = (text) => text.replaceAll(folder, 'FOLDER');
  const at = async (dir, words) => {
    const end = await runToEnd(PROGRAM, ['-d', path.join(folder, dir), ...words]);
    return hide(`$ ${words.join(' ')}\n${withoutProgress(end.output)}= ${end.code}\n`);
  };
  const file = path.join(folder, 'in');
  await parvis.cli(['town', 'set', 'beauval', '--title', 'Beauval-sur-Loire "la Belle"', '--insee', '2A004', '--desk', 'Mairie, 1 place de la République']);
  await parvis.cli(['town', 'domain', 'beauval', 'mairie-beauval.example']);
  await parvis.cli(['service', 'off', 'beauval', 'notice']);
  fs.writeFileSync(file, 'address,name,role,department,aliases,groups\r\n' +
    'mairie@beauval.example,"Secrétariat, mairie",admin,Accueil,contact@beauval.example,tous@beauval.example\r\n' +
    'accueil@beauval.example,Accueil,agent,,,tous@beauval.example\r\n');
  await parvis.cli(['person', 'import', file]);
  await parvis.cli(['mail', 'quota', 'accueil@beauval.example', '2G']);
  // Mail of every kind: folders, flags, keywords, twins, lines that look like an mbox's, bytes that are no lines.
  const maildir = path.join(folder, 'Maildir');
  for (const sub of ['', '.March&AOk-s.2026', '.Sent']) {
    for (const part of ['cur', 'new']) fs.mkdirSync(path.join(maildir, sub, part), { recursive: true });
    fs.writeFileSync(path.join(maildir, sub, 'dovecot-keywords'), '0 urgent\n1 Zebra\n2 alpha\n');
    ['S', 'FS', 'Rb', 'Dac', 'Ta', ''].forEach((flags, n) => {
      fs.writeFileSync(path.join(maildir, sub, 'cur', `${n}.x:2,${flags}`), `Message-ID: <m${n}${sub}@x>\nSubject: ${n}\n\nFrom here\n>From there\n\n${'Line\n'.repeat(n * 3000)}`);
    });
    fs.writeFileSync(path.join(maildir, sub, 'cur', 'twin'), 'Message-ID: <twin@x>\nSubject: twin\n\nThe same everywhere\n');
  }
  await parvis.cli(['mail', 'import', 'accueil@beauval.example', maildir]);
  let text = hide(await say(parvis, ['town', 'export', 'beauval', path.join(folder, 'one')]));
  text += hide(await say(parvis, ['town', 'export', 'beauval', path.join(folder, 'one')]));
  text += hide(await say(parvis, ['town', 'import', path.join(folder, 'one')]));
  await runToEnd(PROGRAM, ['-d', path.join(folder, 'else'), 'init']);
  text += await at('else', ['town', 'add', 'first', '--domain', 'first.example']);
  text += await at('else', ['person', 'add', 'x@first.example', '--name', 'X']);
  text += await at('else', ['town', 'import', path.join(folder, 'one')]);
  text += await at('else', ['town', 'verify', 'beauval']).then((out) => out.replace(/[0-9a-f]{64}/g, 'HASH'));
  text += await at('else', ['town', 'export', 'beauval', path.join(folder, 'two')]);
  const files = same(path.join(folder, 'one'), path.join(folder, 'two'));
  const told = text.match(/^beauval: \d+ files$/gm);
  const whole = `beauval: ${Object.keys(files).length - 1} files`; // its list does not name itself
  if (told.length !== 2 || told.some((one) => one !== whole)) throw new Error(`${told}, and there are ${whole}`);
  text += `${Object.keys(files).join('\n')}\n`;
  const sum = await runToEnd('sha256sum', ['--quiet', '--strict', '-c', 'manifest.sha256'], { cwd: path.join(folder, 'one') });
  if (sum.code !== 0) throw new Error(sum.output);
  text += await at('else', ['person', 'list', 'beauval']);
  // A file that was changed, and one that is no export.
  fs.appendFileSync(path.join(folder, 'two/people.csv'), 'z@beauval.example,Z,,,1,1,0,0\r\n');
  await runToEnd(PROGRAM, ['-d', path.join(folder, 'third'), 'init']);
  text += await at('third', ['town', 'import', path.join(folder, 'two')]);
  text += await at('third', ['town', 'import', path.join(folder, 'in')]);
  removeFolder(folder);
  return text;
}

// A sheet in the form of "Vos droits et démarches"; what it says is the test's own.
function sheet(id, words, audience = 'Particuliers') {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Publication xmlns:dc="http://purl.org/dc/elements/1.1/" ID="${id}" type="Fiche Question-réponse"
  spUrl="https://www.service-public.fr/particuliers/vosdroits/${id}">
<dc:title>Emprunter un livre (${id})</dc:title><dc:creator>Service des livres</dc:creator>
<dc:publisher>Maison des fiches</dc:publisher><dc:date>modified 2026-03-12</dc:date><Audience>${audience}</Audience>
<Texte><Chapitre><Titre><Paragraphe>Durée</Paragraphe></Titre><Paragraphe>${words}
${'La bibliothèque prête les livres à chacun. '.repeat(4)}</Paragraphe></Chapitre></Texte></Publication>`;
}

async function archives(parvis) {
  const folder = freshFolder('cli');
  const file = path.join(folder, 'vosdroits.zip');
  const hide = (text) => text.replaceAll(folder, 'FOLDER');
  const bring = async (files, collection = 'vosdroits-particuliers') => {
    fs.writeFileSync(file, Buffer.isBuffer(files) ? files : zipOf(files));
    return hide(await say(parvis, ['source', 'import', 'beauval', collection, file]));
  };
  const one = { 'F1.xml': sheet('F1', 'Trois semaines.'), 'F2.xml': sheet('F2', 'Un mois.'), 'N1.xml': '<Publication/>' };
  let text = await bring(one);
  text += await bring({ ...one, 'F1.xml': '<Publication>', 'F3.xml': `<!DOCTYPE P [<!ENTITY x "y">]>${sheet('F3', '&x;')}` });
  text += await bring({ 'F1.xml': sheet('F1', 'Quatre semaines.') });
  text += await bring(one);
  text += await say(parvis, ['source', 'list', 'beauval']);
  // What is no archive of this collection leaves all as it is.
  text += await bring({ 'F9.xml': sheet('F9', 'Un an.', 'Professionnels') });
  text += await bring({ 'N1.xml': '<Publication/>' });
  text += await bring(Buffer.from('une lettre'));
  text += await bring(zipOf(one).subarray(0, 300));
  text += await bring({ ...one, 'F1.xml': Buffer.alloc(100 << 20, ' ') }); // a bomb
  text += await bring(one, 'vosdroits');
  text += hide(await say(parvis, ['source', 'import', 'beauval', 'vosdroits-particuliers', `${file}.none`]));
  text += await say(parvis, ['source', 'list', 'beauval']);
  const note = path.join(folder, 'note.txt');
  fs.writeFileSync(note, 'Le marché est le samedi.');
  for (let i = 0; i < 2; i++) text += hide(await say(parvis, ['source', 'add', 'beauval', note, '--licence', 'acte-officiel', '--title', 'Marché']));
  removeFolder(folder);
  return text;
}

async function disk(parvis) {
  const folder = freshFolder('cli');
  const numbers = await runToEnd(PROGRAM, ['-d', folder, 'disk-test', 'write', '--seconds', '1']);
  const last = numbers.output.trim().split('\n').at(-1);
  if (!(Number(last) > 0)) throw new Error(numbers.output);
  const check = async (n) => (await runToEnd(PROGRAM, ['-d', folder, 'disk-test', 'check', '--last', String(n)])).code;
  const codes = [await check(last), await check(Number(last) + 1)];
  const bytes = fs.readFileSync(path.join(folder, 'disk-test'));
  bytes[4096 + 100] ^= 1;
  fs.writeFileSync(path.join(folder, 'disk-test'), bytes);
  if (Number(last) < 9000) codes.push(await check(last));
  if (codes.join() !== (Number(last) < 9000 ? '0,65,65' : '0,65')) throw new Error(codes.join());
  const measured = await runToEnd(PROGRAM, ['-d', folder, 'disk-test', '--seconds', '1']);
  if (!/\d writes of 4 KiB/.test(measured.output) || fs.existsSync(path.join(folder, 'disk-test'))) throw new Error(measured.output);
  removeFolder(folder);
}

const tally = new Tally('cli');
await tally.test('members, domains and services', async () => {
  has(await both(members), 'clairmont: member 2, clairmont.example\n= 0', 'member.taken', 'member.name', 'member.set', 'service.unknown',
    'beauval\tN database\t0 mail\tN for auth\tbackup -\nclairmont\tN database', '$ queue list\n= 0',
    'clairmont\tClairmont\tepci\tclairmont.example,cc-clairmont.example\twww.clairmont.example\t',
    'TIME\t4\tcommand\tservice.off\tnotice\t\t\nTIME\t3\tcommand\tmember.host\tclairmont\twww.clairmont.example\t\n' +
    'TIME\t2\tcommand\tmember.domain\tclairmont\tcc-clairmont.example\t\nTIME\t1\tcommand\tmember.set\tclairmont\tkind epci\t\n= 0');
});
await tally.test('a town that is down is named, and the others are told of', async () => {
  has(await both(oneDown), 'N in all\nbeauval\tN database', '\nclairmont\tdoes not answer\nrochefleur\tN database', '= 75',
    '$ queue list\nclairmont\tdoes not answer\n= 75');
});
await tally.test('a town that hangs is named in time', oneHangs);
await tally.test('people and their passwords', async () => {
  has(await both(people), 'accueil@beauval.example: person 1\n= 0', 'person.taken', 'person.password', 'person.role', 'member.no_domain',
    '= 64', 'person.unknown', 'setting.word', 'accueil@beauval.example\tAccueil\tadmin\tactive\n= 0',
    'command\tperson.password\taccueil@beauval.example\t\t\n');
});
await tally.test('daily work: a member, people, other addresses, groups, services', async () => {
  has(await both(daily), 'mail-password\tno\n= 0', 'zone\tEurope/Paris\n', 'domain\tbeauval.example\n', 'notice\ton\tTIME\t-\n', 'notice\toff\tTIME\tTIME\n',
    'contact@beauval.example\taccueil@beauval.example\n= 0', 'person.taken', 'member.no_domain', 'tous@beauval.example\tTous\t2\n',
    'accueil@beauval.example\tAccueil\nmairie@beauval.example\tSecrétariat\n= 0', 'group.unknown', 'name\tGuichet\ndepartment\tMairie\nrole\tadmin\nstate\tactive\n',
    'alias\tcontact@beauval.example\ngroup\ttous@beauval.example\n= 0', 'person.role', 'setting.word', 'alias.unknown', 'person.session',
    'Guichet\tadmin\tsuspended', 'person.set\taccueil@beauval.example\tsuspended', 'person.set\taccueil@beauval.example\tactive again', 'alias.drop', 'group.delete');
}, { ms: 120000 });
await tally.test('sessions are listed and ended by their number', sessions);
await tally.test('mail comes in once', async () => {
  has(await both(mail), '250 imported, 0 there already\n= 0', '1 imported, 250 there already\n= 0', 'mail.import.form', 'mail.import.path',
    'command\tmail.import\taccueil@beauval.example\t120\t', 'person.unknown', '120 imported, 0 there already\n= 0', '0 imported, 120 there already\n= 0');
});
await tally.test('people come from a CSV file', async () => {
  has(await both(csv), 'agent39@beauval.example,added,CODE', 'agent59@clairmont.example,added,CODE', 'agent0@beauval.example,there already,',
    'y@beauval.example,added,CODE', 'z@beauval.example,added,CODE', 'member.no_domain', 'person.address: ', '(line 3)', 'person.import.columns',
    'person.import.row', 'person.import.file', 'mairie@beauval.example: CODE', 'Secrétariat; mairie\tadmin');
});
await tally.test('sheets come from their publisher’s archive', async () => {
  const list = '1\tvosdroits-particuliers\tEmprunter un livre (F1)\tService des livres\tetalab-2.0\t2026-03-12\n' +
    '2\tvosdroits-particuliers\tEmprunter un livre (F2)\tService des livres\tetalab-2.0\t2026-03-12\n= 0';
  const text = await both(archives);
  has(text, 'FOLDER/vosdroits.zip\n2 added, 0 changed, 0 as before, 0 withdrawn before, 0 gone\n= 0',
    'F1: source.file_damaged: ', 'F3: source.file_damaged: ', '2 left out\n0 added, 0 changed, 1 as before, 0 withdrawn before, 0 gone\n= 0',
    'FOLDER/vosdroits.zip\n0 added, 1 changed, 0 as before, 0 withdrawn before, 1 gone\n= 0',
    'FOLDER/vosdroits.zip\n0 added, 2 changed, 0 as before, 0 withdrawn before, 0 gone\n= 0', list,
    'source.public: ', 'source.file_empty: ', 'source.file_unknown: ', 'parvis: source.file_damaged: ', 'F1: source.file_too_much: ',
    'source.collection: ', 'source.path: ', 'Marché\nadded\n= 0', 'Marché\nas before\n= 0');
  if (text.split(list).length !== 3) throw new Error(text);
}, { ms: 120000 });
await tally.test('mandates are given by an administrator and noted', async () => {
  has(await both(mandates), 'mandate 1\n= 0', 'person.refused', 'mandate.operator', '1\topen\top@syndicat.example\tmairie@beauval.example',
    '1\tover\t', 'mandate.unknown', 'TIME\t3\tmairie@beauval.example\tmandate.end\top@syndicat.example', 'person.add', '3 HASH\n= 0');
});
await tally.test('a town is proven and made again', async () => {
  has(await both(upkeep), 'beauval: 130 messages, 6 folders made again\n= 0', 'beauval: 130 bodies, 3 audit entries, head HASH: 0 findings\n= 0',
    'No entry of the audit log has the hash', 'verify.head_form', 'member.unknown', 'mail.quota.size', 'accueil@beauval.example\t', '\t130\t2000000000',
    'accueil@beauval.example: 0 restored', 'Body 130 (segment 1', ': 1 findings', '= 65');
});
await tally.test('a backup is whole, and what is restored is proven', async () => {
  has(await both(backups), '2 members, N files, N bytes of mail\n= 0', 'backup.target', '2 members restored, 2 of them proven\n= 0', 'restore.target',
    'accueil@clairmont.example\t', '\t100\t0', 'town.restore\tclairmont', 'restore.file', '(members/clairmont/segments/00000001)', '= 65', 'restore.manifest');
}, { ms: 120000 });
await tally.test('an export, imported elsewhere and exported again, is the same bytes', async () => {
  has(await both(exports), 'backup.target', 'member.taken', 'beauval: imported, ', '0 findings\n= 0', 'mail/accueil@beauval.example/0001.mbox',
    'Secrétariat, mairie\tadmin', 'restore.file', '(people.csv)', 'import.manifest');
}, { ms: 60000 });
await tally.test('help of a word is its verbs, and a verb used wrongly says its own form alone', async () => {
  const run = (...words) => runToEnd(PROGRAM, words, { env: { ...process.env, LC_ALL: 'C' } });
  const help = await run('help', 'accounting');
  const wrong = await Promise.all([run('accounting', 'check'), run('-d', '/none', 'accounting', 'check'), run('accounting', 'verify', 'x')]);
  const verbs = (text) => text.split('\n').filter((line) => /^  [a-z]/.test(line));
  if (help.code !== 0 || verbs(help.output).length < 10 || !verbs(help.output).every((line) => line.startsWith('  accounting ')))
    throw new Error(`help accounting:\n${help.output}`);
  for (const one of wrong)
    if (one.code !== 64 || verbs(one.output).length !== 1) throw new Error(`= ${one.code}\n${one.output}`);
  has(wrong[1].output, 'accounting check FILE', '-d DIR VERB...');
  has((await run('help', 'nothing')).output, '  town add', '  accounting check');
});
await tally.test('a chart of accounts is written as CSV, or its fault is told', async () => {
  has(await charts(), 'chart,M57,M57_T,2024,1,2,0\r\nc,011,F,,Charges\r\na,60,,011,,,,,,,,Compte 60\r\na,606,60,011,,,,,,,,Compte 606\r\n= 0\n',
    'accounting.chart_twice: ', '(FOLDER/plan.xml:6: twice)\n= 1\n', 'accounting.chart_cycle: ', '(FOLDER/plan.xml:6: cycle)\n= 1\n',
    'accounting.chart_root: ', '(FOLDER/plan.xml:1: root)\n= 1\n', '(FOLDER/plan.xml:1: syntax error)\n= 2\n', 'doctype)\n= 2\n',
    'accounting.file_long: ', '(FOLDER/plan.xml:1: long)\n= 2\n', 'accounting.no_file: ', '(FOLDER/none.xml)\n= 2\n', 'accounting chart FILE', '= 64\n',
    'accounting.chart_limit: ', '(FOLDER/plan.xml:3: many)\n= 1\n');
});
await tally.test('a budget document is checked, summed and compared', async () => {
  has(await budgets(),
    '$ check right.xml\n= 0\n', '$ check right.xml --json\n{"faults":[]}\n= 0\n',
    'docbudg.siret /DocumentBudgetaire/EnTeteDocBudgetaire/IdColl, ligne 1: 21560046100011\n    «\u00a021560046100011\u00a0» n’est pas',
    '$ check wrong.xml --json\n{"faults":[{"rule":"docbudg.siret","place":"/DocumentBudgetaire/EnTeteDocBudgetaire/IdColl, ligne 1",' +
      '"value":"21560046100011","mend":"«\u00a0', '"}]}\n= 1\n',
    '$ check other.xml --json\n{"faults":[{"rule":"docbudg.root","place":"/PES_Aller, ligne 1","value":"PES_Aller",', '"}]}\n= 2\n',
    '$ check mandat.xml\n= 0\n', '$ check doubtful.xml\nR09 /PES_Aller/PES_DepenseAller/Bordereau[1]/BlocBordereau/NbrPce, ligne 4: 2\n    NbrPce dit',
    '$ check doubtful.xml --json\n{"faults":[{"rule":"R09","place":"/PES_Aller/PES_DepenseAller/Bordereau[1]/BlocBordereau/NbrPce, ligne 4",',
    '$ subsidies grants.xml\nnomAttribuant,', ',21560046100010,,,Club,', ',6,aide en numéraire,', 'accounting.no_subsidies',
    '$ reconcile account.xml\necart\t', 'montant\tF\tD\t0\t011\t\t60611\t5.00\t5.01\n', 'accounting.not_cfu',
    '$ check acquit.xml\nLe flux PES_ACQUIT vient du comptable', '$ check retour.xml --json\n{"faults":[]}\n= 0\n',
    '$ check cut.xml --json\n{"faults":[{"rule":"xml.read","place":"ligne 1","value":"', '"}]}\n= 2\n',
    '{"faults":[{"rule":"xml.read","place":"ligne 1","value":"long",', '$ check none.xml\nparvis: ', 'accounting.no_file',
    '$ totals right.xml\nfichier,etab,nomenclature,exercice,NatDec,NumDec,section,sens,lignes,MtPropNouv,MtPrev,CredOuv,MtReal,MtRAR3112,RARPrec\n' +
      'right,B,M57-M57_A,2023,01,,F,D,1,0.00,5.50,5.50,0.00,0.00,0.00\nright,B,M57-M57_A,2023,01,,F,R,1,0.00,5.50,5.50,0.00,0.00,0.00\n= 0\n',
    '$ totals other.xml\nparvis: ', 'accounting.not_budget', '$ compare right.xml right.xml\nsame\n= 0\n',
    '$ compare right.xml wrong.xml\n/DocumentBudgetaire/EnTeteDocBudgetaire[1]/IdColl[1]\n= 1\n', '$ compare right.xml cut.xml\nparvis: ');
});
await tally.test('a budget comes into a town and goes out as it came', async () => {
  has(await both((parvis) => townBudgets(parvis, say)), 'accounting.faults', 'docbudg.siret', 'member.unknown', 'accounting.no_file',
    'import-budget beauval FOLDER/right.xml\n21560046100010 2023 01: B\n2 lines\n= 0\n', 'accounting.act_there', '--replace\n21560046100010 2023 01: B\n',
    '21560046100010\t2023\t01\t\tM57-M57_A\tB\n', 'accounting.no_act', 'accounting.no_account',
    'FOLDER/right.xml\necart\tsection\tsens\tordre\tchapitre\toperation\tnature\tordonnateur\tcomptable\n= 0\n',
    'montant\tF\tD\t0\t011\t\t60611\t5.00\t5.01\n', 'same\n');
}, { ms: 60000 });
await tally.test('the budgets of the sample are right', async () => {
  has(await sampleBudgets(), '$ check beauval-2024-compte.xml\n= 0\n', '$ check beauval-2024-primitif.xml\n= 0\n',
    'beauval-2024-primitif,Beauval (exemple),M57-M57_A,2024,01,,F,D,20,0.00,1300000.00', ',I,R,8,0.00,265000.00');
});
await payrollTests({ tally, both, say, has });
await tally.test('third parties come in from a CSV', async () => {
  has(await both((parvis) => parties(parvis, say)), '2 added, 0 there already, 0 refused\n= 0\n', '0 added, 2 there already, 0 refused\n= 0\n',
    'line 2: party.number id_number: 73282932000075\n', '0 added, 0 there already, 1 refused\n', 'accounting.faults', 'accounting.import_columns',
    'accounting.import_row');
}, { ms: 60000 });
await tally.test('invoices come into a town by file', async () => {
  has(await both((parvis) => inboundInvoices(parvis, say)),
    'FOLDER/pivot.xml\nF-2026-1: added, engagement not known, supplier added, account held for a second person\n1 added, 0 there already, 0 not taken\n= 0\n',
    'FOLDER/pivot.xml\nF-2026-1: there already\n0 added, 1 there already, 0 not taken\n= 0\n', 'A-2026-1: added, no engagement given\n',
    'FOLDER/facture.pdf\nF-2026-3: added, ', 'FOLDER/facture.pdf\nF-2026-3: there already\n', 'FOLDER/bare.pdf\ninbound.empty factur-x.xml',
    'FOLDER/cut.pdf\ninbound.damaged', 'inbound.due F-2026-2: 217.85\n', 'invoice.gross /CreditNote', 'accounting.inbound: ', 'invoice.root', 'inbound.recipient',
    'xml.read', 'accounting.no_file', '(FOLDER/none.xml)\n= 2\n');
}, { ms: 60000 });
await tally.test('a town gets the chart of a later year', async () => {
  has(await both((parvis) => townCharts(parvis, say)), 'docbudg.nomenclature', 'import-chart beauval FOLDER/planDeCompte.xml\nM57-M57_T 2027 ',
    'accounting.chart_there', '--replace\nM57-M57_T 2027 ', 'accounting.chart_with_program', 'accounting.chart_root', 'accounting.no_file', '= 0\n');
}, { ms: 60000 });
await tally.test('invoices of each form are checked', async () => {
  has(await invoices(), ...['pivot', 'status', 'status_file', 'ubl', 'credit', 'cii'].map((name) => `$ check ${name}.xml\n{"faults":[]}\n= 0\n`),
    '$ check wrong.xml\n{"faults":[{"rule":"invoice.due","place":"/Invoice/LegalMonetaryTotal/PayableAmount, ligne 21","value":"200.01","mend":"Le net',
    '"}]}\n= 1\n', '$ check none.xml\n{"faults":[{"rule":"invoice.missing","place":"/CPPFacturePivot, ligne 1",', '"}]}\n= 2\n');
});
await tally.test('a file for the accountant is signed, and its signature looked at', async () => {
  has(signatures(), '= 0\ntrue\n', '$ check unsigned.xml --json\n{"faults":[{"rule":"R06",', '$ check signed.xml --json\n{"faults":[]}\n= 0\n',
    '$ check broken.xml --json\n{"faults":[{"rule":"sign.broken","place":"/PES_Aller/PES_DepenseAller/Bordereau[1], ligne', '= 1\n',
    'accounting.not_signed: ', '(signed.xml: R07 /PES_Aller/PES_DepenseAller/Bordereau[1], ligne', '(mandat.xml: R06 /PES_Aller',
    'accounting.key_password: ', '(key.p12)', 'accounting.key_file: ', '(password)', 'accounting.no_file: ', '(none.xml)\n= 2\n', 'accounting.one_key: ');
});
await tally.test('what the accountant answers is written as CSV', async () => {
  has(await returns(), '$ acquit_refused.xml\nflux,fichier,date,', 'PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,2026,,12,34,1,,DetailLigne,,,ERREUR_AUTRE,1963 - Domiciliation,NumLigne=1\r\n',
    '$ retour_expense.xml\nflux,', 'PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,35,,,InfoPiece,04,12,,,', 'accounting.not_return: ', 'pes.root /PES_Aller, ligne 2)\n= 1\n',
    'accounting.no_file: ', '= 2\n');
});
await tally.test('a document is validated by a folder of schemas', async () => {
  const said = await schemas();
  if (said.includes('accounting.no_libxml2')) skip('libxml2 is not there');
  has(said, '$ schemas HERE\nbudget.xsd\t{}DocumentBudgetaire\tok\n= 0\n', '$ check right.xml --schemas HERE --json\n{"faults":[]}\n= 0\n',
    '$ check wrong.xml --schemas HERE --json\n{"faults":[{"rule":"schema.refused","place":"ligne 1","value":"Element \'DocumentBudgetaire\', attribute \'W\'', '= 1\n',
    'accounting.schema: ', '(FOLDER: {http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller}PES_Aller)\n= 2\n',
    '$ check bomb.xml --schemas HERE --json\n{"faults":[{"rule":"xml.read","place":"ligne 1","value":"doctype",', 'zbroken.xsd\t{}Autre\tFOLDER/zbroken.xsd:2: ',
    'accounting.no_file: ', '(FOLDER/none)\n= 2\n');
});
await tally.test('a disk is measured, and checked after a cut', disk);
tally.end();
