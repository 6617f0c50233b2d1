// A real server in bad weather: its disk is full, refuses syncs, its clock is set back. Each refusal is a plain one, nothing
// is lost, and the service goes on when the weather is fair again.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { Parvis } from '../lib/parvis.mjs';
import { BUILD, ROOT, freshFolder, removeFolder } from '../lib/place.mjs';
import { equal, ok, until } from '../lib/tally.mjs';
import { request, signIn } from '../lib/web.mjs';
import { Wire } from '../lib/wire.mjs';

const LIBRARY = path.join(BUILD, 'fault/weather.so');
const A = 'accueil@beauval.example';
const B = 'accueil@clairmont.example';

export class Weather {
  static async build() {
    fs.mkdirSync(path.dirname(LIBRARY), { recursive: true });
    const source = path.join(ROOT, 'test/fault/weather.c');
    const end = await runToEnd('gcc', ['-std=gnu17', '-O1', '-D_GNU_SOURCE', '-shared', '-fPIC', '-o', LIBRARY, source, '-ldl']);
    if (end.code !== 0) throw new Error(end.output);
    const it = new Weather();
    it.folder = freshFolder('weather');
    it.file = path.join(it.folder, 'weather');
    it.be({});
    return it;
  }

  be({ full = 0, syncs = 0, shift = 0, hurry = 0 }) {
    const bytes = Buffer.alloc(32);
    [full, syncs, shift, hurry].forEach((value, i) => bytes.writeBigInt64LE(BigInt(value), i * 8));
    const fd = fs.openSync(this.file, fs.existsSync(this.file) ? 'r+' : 'w');
    fs.writeSync(fd, bytes, 0, 32, 0);
    fs.closeSync(fd);
  }

  get environment() {
    return { LD_PRELOAD: LIBRARY, WEATHER: this.file };
  }
}

// The answer to the message's end, over LMTP.
export async function deliver(port, to, subject, size = 1000) {
  const wire = await Wire.open(port, { ms: 20000 });
  try {
    const say = async (text) => {
      wire.send(`${text}\r\n`);
      let line;
      do line = (await wire.line())?.toString() ?? 'ended'; while (/^\d{3}-/.test(line));
      return line;
    };
    await wire.line();
    await say('LHLO test.example');
    await say('MAIL FROM:<quelqu-un@dehors.example>');
    const rcpt = await say(`RCPT TO:<${to}>`);
    if (!rcpt.startsWith('250')) return `${rcpt} (RCPT)`;
    const data = await say('DATA');
    if (!data.startsWith('354')) return data;
    return await say(`Subject: ${subject}\r\nMessage-ID: <${subject}@test.example>\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(Math.ceil(size / 78))}.`);
  } finally {
    wire.close();
  }
}

function lastWord(lines) {
  return lines.findLast((line) => !line.startsWith('* ended') || lines.length === 1);
}

// An IMAP session: command() gives all its lines.
export class Imap {
  static async open(port, address, password) {
    const it = new Imap();
    it.wire = await Wire.open(port, { ms: 20000 });
    await it.wire.line();
    it.login = (await it.command(`LOGIN ${address} ${password}`)).at(-1);
    return it;
  }

  async command(text) {
    this.wire.send(`t ${text}\r\n`);
    return this.until();
  }

  async until() {
    const lines = [];
    for (;;) {
      const line = (await this.wire.line())?.toString('utf8');
      if (line === undefined) return [...lines, '* ended'];
      lines.push(line);
      if (line.startsWith('t ') || line.startsWith('+')) return lines;
    }
  }

  async append(subject) {
    const text = `Subject: ${subject}\r\n\r\nBonjour\r\n`;
    const went = await this.command(`APPEND INBOX {${text.length}}`);
    if (!went.at(-1).startsWith('+')) return lastWord(went);
    this.wire.send(`${text}\r\n`);
    return lastWord(await this.until());
  }

  close() {
    this.wire.close();
  }
}

export async function subjectsOf(parvis, address) {
  const imap = await Imap.open(parvis.ports.imap, address, parvis.password(address));
  await imap.command('SELECT INBOX');
  const lines = await imap.command('FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]');
  imap.close();
  return lines.filter((line) => /^Subject: /i.test(line)).map((line) => line.slice(9)).sort();
}

async function saveDraft(parvis, cookie, subject) {
  const page = await request({ port: parvis.ports.web, host: 'beauval.localhost', path: '/mail/write', headers: { Cookie: cookie } });
  const token = /name="form_token" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  return request({
    port: parvis.ports.web, host: 'beauval.localhost', path: '/mail/draft', method: 'POST',
    headers: { Cookie: cookie, Origin: 'http://beauval.localhost', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ form_token: token, to: 'Accueil', subject, text: 'Bonjour', act: 'save' }).toString(),
  });
}

function plain(line, what) {
  ok(/^(45[12] [45]\.\d\.\d |t NO \[(UNAVAILABLE|OVERQUOTA|LIMIT|SERVERBUG)\]|\* BYE )/.test(line), `${what}: ${line}`);
}

async function fullDisk(weather, parvis) {
  const cookie = await signIn({ port: parvis.ports.web, host: 'beauval.localhost', address: A, password: parvis.password(A) });
  const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  ok((await deliver(parvis.ports.lmtp, A, 'avant')).startsWith('250'), 'before');
  await imap.command('SELECT INBOX');
  weather.be({ full: 1 });
  let refused = 0;
  // What was given room before may still go in; then no more.
  for (let i = 0; i < 40; i++) {
    const answer = await deliver(parvis.ports.lmtp, A, `plein-${i}`, 200000);
    if (answer.startsWith('250')) continue;
    plain(answer, 'LMTP');
    refused++;
  }
  ok(refused > 0, 'nothing was refused');
  plain(await imap.append('plein-imap'), 'APPEND');
  const draft = await saveDraft(parvis, cookie, 'plein-brouillon');
  ok(draft.status >= 413, `a draft on a full disk: ${draft.status}`);
  const page = await request({ port: parvis.ports.web, host: 'beauval.localhost', path: '/mail', headers: { Cookie: cookie } });
  ok(page.status === 200 && page.text.includes('avant'), `reading goes on: ${page.status}`);
  weather.be({});
  const answer = await until(async () => {
    const said = await deliver(parvis.ports.lmtp, A, 'apres');
    return said.startsWith('250') && said;
  }, 'mail is taken again', 10000);
  ok(answer, 'after');
  const again = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  ok(/^t OK/.test(await again.append('apres-imap')), 'APPEND after');
  again.close();
  imap.close();
  const after = await saveDraft(parvis, cookie, 'apres-brouillon');
  ok(after.status === 303 || after.status === 200, `a draft after: ${after.status}`);
  const subjects = await subjectsOf(parvis, A);
  ok(['avant', 'apres', 'apres-imap'].every((one) => subjects.includes(one)), `lost: ${subjects}`);
  ok(!subjects.includes('plein-imap'), 'what was refused is there');
}

async function refusedSyncs(weather, parvis) {
  ok((await deliver(parvis.ports.lmtp, A, 'avant-sync')).startsWith('250'), 'before');
  const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  await imap.command('SELECT INBOX');
  weather.be({ syncs: 1 });
  // A commit whose own sync fails: the town ends, and comes again by itself.
  const store = await imap.command('STORE 1 +FLAGS (\\Flagged)');
  ok(store.some((line) => line.startsWith('* BYE') || line.startsWith('t NO')), `STORE: ${store.join(' / ')}`);
  for (let i = 0; i < 3; i++) plain(await deliver(parvis.ports.lmtp, A, `sans-sync-${i}`), 'LMTP');
  imap.close();
  weather.be({});
  await until(async () => (await deliver(parvis.ports.lmtp, A, 'apres-sync')).startsWith('250'), 'mail is taken again', 20000);
  const subjects = await subjectsOf(parvis, A);
  ok(subjects.includes('avant-sync') && subjects.includes('apres-sync'), `lost: ${subjects}`);
  equal(subjects.filter((one) => one === 'avant-sync').length, 1, 'once');
}

async function clockBack(weather, parvis) {
  const cookie = await signIn({ port: parvis.ports.web, host: 'beauval.localhost', address: A, password: parvis.password(A) });
  ok((await deliver(parvis.ports.lmtp, A, 'heure-1')).startsWith('250'), 'before');
  const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  await imap.command('SELECT INBOX');
  const uidNext = async () => {
    const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
    ok(imap.login.startsWith('t OK'), `a new login: ${imap.login}`);
    const said = (await imap.command('STATUS INBOX (UIDNEXT HIGHESTMODSEQ)')).join(' / ');
    const found = /UIDNEXT (\d+)/.exec(said);
    ok(found, `STATUS: ${said}`);
    imap.close();
    return Number(found[1]);
  };
  const before = await uidNext();
  weather.be({ shift: -3 * 86400 * 1000 });
  ok((await deliver(parvis.ports.lmtp, A, 'heure-2')).startsWith('250'), 'three days back');
  const now = await uidNext();
  ok(now > before, `UIDs grow whatever the clock says: ${before}, then ${now}`);
  const page = await request({ port: parvis.ports.web, host: 'beauval.localhost', path: '/mail', headers: { Cookie: cookie } });
  ok(page.status === 200 && page.text.includes('heure-2'), `the session goes on: ${page.status}`);
  // A ticket that would live longer than its time is not believed: who was in may be sent out, plainly, and comes again.
  const inside = (await imap.command('NOOP')).join(' / ');
  ok(/t OK|\* BYE \[UNAVAILABLE\]/.test(inside), `who was in: ${inside}`);
  await parvis.halt();
  await parvis.serve();
  equal((await subjectsOf(parvis, A)).filter((one) => one.startsWith('heure-')), ['heure-1', 'heure-2'], 'after a start');
  weather.be({});
  const later = await request({ port: parvis.ports.web, host: 'beauval.localhost', path: '/mail', headers: { Cookie: cookie } });
  ok(later.status === 200, `the session after the clock went on again: ${later.status}`);
  imap.close();
}

export async function weatherTests(tally) {
  let weather;
  let parvis;
  await tally.test('a server that feels the weather', async () => {
    weather = await Weather.build();
    parvis = await Parvis.start({ environment: weather.environment });
  });
  if (!parvis) return;
  await tally.test('a full disk: refused plainly, read on, nothing lost, goes on after', () => fullDisk(weather, parvis).finally(() => weather.be({})), { ms: 60000 });
  await tally.test('a disk that refuses syncs: nothing is promised', () => refusedSyncs(weather, parvis).finally(() => weather.be({})), { ms: 60000 });
  await tally.test('the clock set back three days', () => clockBack(weather, parvis).finally(() => weather.be({})), { ms: 60000 });
  await tally.test('every town verifies after the weather', async () => {
    for (const town of ['beauval', 'clairmont']) {
      const said = await parvis.cli(['town', 'verify', town]);
      ok(/: 0 (findings|anomalies)/.test(said) || /0 findings/.test(said), said);
    }
  });
  await tally.test('the server in the weather ends', () => parvis.stop());
  removeFolder(weather.folder);
}

// ---- damage: one town's files are spoilt; it is said plainly, and the other town goes on ----

function spoil(file, from, length) {
  const fd = fs.openSync(file, 'r+');
  const bytes = Buffer.alloc(length, 0xa5);
  for (let at = from; at < fs.fstatSync(fd).size; at += length) fs.writeSync(fd, bytes, 0, Math.min(length, fs.fstatSync(fd).size - at), at);
  fs.closeSync(fd);
}

const DAMAGES = {
  'town.db, its first page': (folder) => spoil(path.join(folder, 'town.db'), 0, 4096),
  'town.db, all pages but the first': (folder) => spoil(path.join(folder, 'town.db'), 4096, 4096),
  'auth.db': (folder) => spoil(path.join(folder, 'auth.db'), 0, 4096),
  'the journal cut short': (folder) => {
    const file = path.join(folder, 'segments/00000001');
    fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
  },
};

async function otherGoesOn(parvis) {
  await until(async () => (await deliver(parvis.ports.lmtp, B, 'ailleurs')).startsWith('250'), 'the other town takes mail');
  const imap = await Imap.open(parvis.ports.imap, B, parvis.password(B));
  ok(imap.login.startsWith('t OK'), `the other town: ${imap.login}`);
  imap.close();
  const page = await request({ port: parvis.ports.web, host: 'clairmont.localhost', path: '/sign-in' });
  equal(page.status, 200, "the other town's page");
}

async function damagedAnswers(parvis, isAuth) {
  const said = [];
  const mail = await deliver(parvis.ports.lmtp, A, 'chez-nous');
  if (!isAuth) ok(/^451 /.test(mail), `LMTP to the damaged town: ${mail}`);
  const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  const lines = [imap.login, ...(imap.login.startsWith('t OK') ? await imap.command('SELECT INBOX') : [])];
  ok(lines.some((line) => /^t NO \[UNAVAILABLE\]|^\* BYE|^t NO \[SERVERBUG\]/.test(line)), `IMAP to the damaged town: ${lines.join(' / ')}`);
  imap.close();
  const page = await request({ port: parvis.ports.web, host: 'beauval.localhost', path: '/sign-in' });
  if (isAuth) equal(page.status, 503, "the damaged town's page");
  return said;
}

async function damaged(name) {
  const parvis = await Parvis.start();
  try {
    for (let i = 0; i < 5; i++) ok((await deliver(parvis.ports.lmtp, A, `m${i}`, 20000)).startsWith('250'), 'before');
    await parvis.halt();
    DAMAGES[name](path.join(parvis.dir, 'members/beauval'));
    await parvis.serve();
    await otherGoesOn(parvis);
    await damagedAnswers(parvis, name === 'auth.db');
    await otherGoesOn(parvis);
    ok(/corrupt/i.test(parvis.server.output) && /beauval/.test(parvis.server.output), `the log says it: ${parvis.server.output.slice(-600)}`);
    const end = await parvis.cli(['town', 'verify', 'beauval'], '', { anyCode: true });
    ok(end.code !== 0, `verify says it: ${end.output}`);
  } finally {
    await parvis.stop();
  }
}

export async function damageTests(tally) {
  for (const name of Object.keys(DAMAGES)) await tally.test(`damaged: ${name}`, () => damaged(name), { ms: 60000 });
}

// ---- each 250 after its sync, as the kernel saw it ----

async function syncOrder(which) {
  const parvis = await Parvis.start();
  const trace = path.join(parvis.dir, 'trace');
  let strace;
  try {
    const { family } = await import('../../bench/procs.mjs');
    const { Child } = await import('../lib/child.mjs');
    const pids = family(parvis.server.pid).flatMap((pid) => ['-p', String(pid)]);
    strace = new Child(which, ['-f', '-s', '80', '-e', 'trace=fdatasync,fsync,write,writev,sendto,sendmsg', '-o', trace, ...pids]);
    await until(() => /attached/.test(strace.output), `strace attaches: ${strace.output}`, 5000);
    await new Promise((done) => setTimeout(done, 300));
    const ends = [];
    for (let i = 0; i < 20; i++) ends.push(await deliver(parvis.ports.lmtp, A, `ordre-${i}`));
    ok(ends.every((line) => line.startsWith('250')), ends.join('\n'));
    await strace.stop('SIGINT');
    strace = null;
    return { text: fs.readFileSync(trace, 'utf8'), said: ends[0] };
  } finally {
    await strace?.stop('SIGKILL');
    await parvis.stop();
  }
}

export async function orderTests(tally) {
  const which = ['/usr/bin/strace', '/bin/strace'].find((file) => fs.existsSync(file));
  if (!which) return tally.skip('each 250 follows its sync', 'strace is not installed');
  await tally.test('each 250 follows its sync (strace)', async () => {
    const { text, said } = await syncOrder(which);
    // One delivery after the other: between two of their last answers a sync must have ended.
    const marker = said.slice(0, 20);
    let synced = 0;
    let answers = 0;
    const wrong = [];
    for (const line of text.split('\n')) {
      if (/f(data)?sync/.test(line) && /= 0\s*$/.test(line)) synced++;
      if (!line.includes(`"${marker}`)) continue;
      answers++;
      if (synced < 1) wrong.push(line);
      synced = 0;
    }
    equal(answers, 20, 'answers seen');
    equal(wrong, [], 'answers without a sync before');
  }, { ms: 60000 });
}
