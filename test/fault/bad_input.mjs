// Bad input that only a whole server can be shown: slow senders, brute force, enumeration of addresses, session fixation,
// forged and poisoned forms, a million header fields, ten thousand nested parts. doc/bad-input.md names the test of each.
import { Parvis, TWO_TOWNS } from '../lib/parvis.mjs';
import { removeFolder } from '../lib/place.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { passwordForm, request, signIn } from '../lib/web.mjs';
import { Wire } from '../lib/wire.mjs';
import { Imap, Weather, deliver } from './weather.mjs';

const A = 'accueil@beauval.example';
const HOST = 'beauval.localhost';

function signInAs(parvis, address = A) {
  return signIn({ port: parvis.ports.web, host: HOST, address, password: parvis.password(address) });
}

function get(parvis, path, cookie = '') {
  return request({ port: parvis.ports.web, host: HOST, path, headers: cookie ? { Cookie: cookie } : {} });
}

function post(parvis, path, fields, cookie = '', headers = {}) {
  const body = new URLSearchParams(fields).toString();
  const all = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://${HOST}`, Cookie: cookie, ...headers };
  return request({ port: parvis.ports.web, host: HOST, path, method: 'POST', headers: all, body });
}

async function tokenOf(parvis, cookie) {
  return /name="form_token" value="([^"]*)"/.exec((await get(parvis, '/mail/write', cookie)).text)[1];
}

// ---- slow senders: a start of something, then nothing; time is hurried on ----

const SLOW = {
  smtp: ['EHLO slow.example\r\nMAIL FROM:<a@b.ex', 6 * 60, /421 4\.4\.2/],
  lmtp: ['LHLO slow.example\r\nMAIL FRO', 6 * 60, /421 4\.4\.2/],
  submissions: ['', 6 * 60, null],
  imap: ['a1 LOGIN {20}\r\naccu', 31 * 60, /\* BYE/],
  imaps: ['\x16\x03\x01', 60, null],
  web: ['GET /sign-in HTTP/1.1\r\nHost: beauval.localhost\r\nX-Slow: ', 6 * 60, /408/],
};

async function slowSenders(weather, parvis) {
  const slow = [];
  for (const [door, [start]] of Object.entries(SLOW)) {
    for (let i = 0; i < 20; i++) {
      const wire = await Wire.open(parvis.ports[door], { ms: 5000 });
      wire.send(start);
      slow.push([door, wire]);
    }
  }
  ok((await deliver(parvis.ports.lmtp, A, 'malgre-les-lents')).startsWith('250'), 'others are served meanwhile');
  equal((await get(parvis, '/sign-in')).status, 200, 'the page meanwhile');
  const longest = Math.max(...Object.values(SLOW).map(([, seconds]) => seconds));
  weather.be({ hurry: longest * 1000 });
  ok((await deliver(parvis.ports.lmtp, A, 'plus-tard')).startsWith('250'), 'served later');
  for (const [door, wire] of slow) {
    ok(await wire.closed(8000), `${door}: a slow connection stays open`);
    const said = wire.input.toString('latin1');
    const word = SLOW[door][2];
    if (word) ok(word.test(said), `${door}: ended without a word: ${said.slice(-200)}`);
  }
}

// ---- guessing ----

async function tryLogin(parvis, address, password) {
  const began = performance.now();
  const imap = await Imap.open(parvis.ports.imap, address, password);
  imap.close();
  return { said: imap.login, ms: performance.now() - began };
}

async function bruteForce(parvis) {
  const address = 'etat-civil@beauval.example';
  const imap = new Imap();
  imap.wire = await Wire.open(parvis.ports.imap, { ms: 40000 });
  await imap.wire.line();
  const times = [];
  let said = [];
  for (let i = 0; i < 10 && !said.join().includes('* BYE'); i++) {
    const began = performance.now();
    said = await imap.command(`LOGIN ${address} guess-${i}`);
    times.push(Math.round(performance.now() - began));
    ok(!said.some((line) => line.startsWith('t OK')), said.join());
  }
  imap.close();
  ok(said.join().includes('* BYE') && times.length <= 6, `a connection may guess ${times.length} times: ${said}`);
  ok(Math.max(...times) > 500 && Math.max(...times) > 3 * times[0], `answers come later and later: ${times} ms`);
  // Back-off is on failures: nobody else at the same address waits, nor does who knows the password.
  for (const one of [A, address]) {
    const right = await tryLogin(parvis, one, parvis.password(one));
    ok(right.said.startsWith('t OK') && right.ms < 3000, `${one}: ${right.said} after ${Math.round(right.ms)} ms`);
  }
}

function without(text, ...words) {
  return words.reduce((left, word) => left.replaceAll(word, ''), text).replace(/value="[^"]*"/g, '').replace(/nonce="[^"]*"/g, '');
}

async function enumeration(parvis) {
  const [known, unknown] = ['administration@beauval.example', 'personne-ici@beauval.example'];
  const answers = [];
  for (const address of [known, unknown]) {
    const page = await get(parvis, '/sign-in');
    const form = passwordForm(page.text);
    const values = form.fields.map(([name, type, value]) => [name, type === 'password' ? 'pas-le-bon' : type === 'hidden' ? value : address]);
    const cookie = (page.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
    const answer = await post(parvis, form.action, values, cookie);
    const imap = await tryLogin(parvis, address, 'pas-le-bon');
    answers.push({ status: answer.status, text: without(answer.text, address), headers: Object.keys(answer.headers).sort().join(), imap: imap.said });
  }
  equal(answers[1], answers[0], 'an address that does not exist is answered as one that does');
  const smtp = await Wire.open(parvis.ports.smtp);
  await smtp.line();
  smtp.send(`VRFY ${known}\r\nEXPN ${known}\r\n`);
  for (let i = 0; i < 2; i++) {
    const said = (await smtp.line()).toString();
    ok(/^(252|5\d\d) /.test(said), `VRFY and EXPN tell nothing: ${said}`);
  }
  smtp.close();
}

// ---- sessions and forms ----

async function fixation(parvis) {
  const planted = 'planted-by-somebody-else-0123456789abcdef';
  const anonymous = await get(parvis, '/sign-in');
  const names = ['__Host-session', 'session', '__Host-parvis', 'parvis', ...(anonymous.headers['set-cookie'] ?? []).map((line) => line.split('=')[0])];
  const first = await signInAs(parvis);
  names.push(...first.split('; ').map((one) => one.split('=')[0]));
  const jar = [...new Set(names)].map((name) => `${name}=${planted}`).join('; ');
  const page = await get(parvis, '/sign-in', jar);
  const form = passwordForm(page.text);
  const values = form.fields.map(([name, type, value]) => [name, type === 'password' ? parvis.password(A) : type === 'hidden' ? value : A]);
  const answer = await post(parvis, form.action, values, jar);
  const given = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
  ok(answer.status === 303 && given.length > 0 && given.every((one) => !one.includes(planted)), `a new session: ${answer.status} ${given}`);
  ok((await get(parvis, '/mail', jar)).status !== 200, 'the planted cookie opens nothing');
  // Signing in again gives yet another, and signing out ends it on the server.
  const cookie = await signInAs(parvis);
  ok(cookie !== first, 'two sign-ins have two sessions');
  await post(parvis, '/sign-out', { form_token: await tokenOf(parvis, cookie) }, cookie);
  ok((await get(parvis, '/mail', cookie)).status !== 200, 'a session that was signed out opens nothing');
  equal((await get(parvis, '/mail', first)).status, 200, 'the other goes on');
}

async function forgery(parvis) {
  const cookie = await signInAs(parvis);
  const other = await tokenOf(parvis, await signInAs(parvis, 'etat-civil@beauval.example'));
  for (const fields of [{ name: 'Forge' }, { name: 'Forge', form_token: '' }, { name: 'Forge', form_token: other }]) {
    equal((await post(parvis, '/mail/folders', fields, cookie)).status, 403, `with ${JSON.stringify(Object.keys(fields))}`);
  }
  const token = await tokenOf(parvis, cookie);
  const elsewhere = await post(parvis, '/mail/folders', { name: 'Forge', form_token: token }, cookie, { Origin: 'https://ailleurs.example', 'Sec-Fetch-Site': 'cross-site' });
  ok([303, 403].includes(elsewhere.status), `${elsewhere.status}`);
  const known = elsewhere.status === 303;
  ok((await get(parvis, '/mail/folders', cookie)).text.includes('Forge') === known, 'a forged form made a folder');
  equal((await get(parvis, '/mail/folders?name=ParGet', cookie)).text.includes('ParGet'), false, 'a GET changes nothing');
}

async function poisonedForms(parvis) {
  const cookie = await signInAs(parvis);
  const token = await tokenOf(parvis, cookie);
  const fields = { form_token: token, to: A, subject: 'Objet\r\nBcc: <espion@dehors.example>\r\n\r\nCorps', text: 'Bonjour', cc: 'a@b.example\r\nX-Poison: 1', act: 'save', save: '1' };
  const answer = await post(parvis, '/mail/draft', fields, cookie);
  const imap = await Imap.open(parvis.ports.imap, A, parvis.password(A));
  await imap.command('SELECT Drafts');
  const lines = (await imap.command('FETCH 1:* BODY.PEEK[HEADER]')).join('\n');
  imap.close();
  ok(answer.status < 500 && !/^Bcc: <espion/im.test(lines) && !/^X-Poison:/im.test(lines), `${answer.status}: ${lines}`);
  for (const path of ['/mail?x=%0d%0aSet-Cookie:%20a=b', '/sign-in?next=//ailleurs.example', '/sign-in?next=%2F%5Cailleurs.example', '/%0d%0aLocation:%20http://ailleurs.example']) {
    const page = await get(parvis, path, cookie);
    const heads = JSON.stringify(page.headers);
    ok(!heads.includes('ailleurs.example') && !heads.includes('a=b'), `${path}: ${heads}`);
  }
  for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/mail/%00', '/mail/%ff%fe', '/assets/..%2f..%2fparvis.conf']) {
    const page = await get(parvis, path, cookie);
    ok(page.status >= 400 && page.status < 500 && !/root:|listen\./.test(page.text), `${path}: ${page.status}`);
  }
}

// ---- messages made to cost ----

async function sendRaw(port, to, parts) {
  const wire = await Wire.open(port, { ms: 60000 });
  try {
    await wire.line();
    wire.send(`LHLO t\r\nMAIL FROM:<a@dehors.example>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
    let line;
    do line = (await wire.line())?.toString() ?? 'ended'; while (!/^(354|[45]\d\d|ended)/.test(line));
    if (!line.startsWith('354')) return line;
    for (const part of parts) wire.send(part);
    wire.send('\r\n.\r\n');
    return (await wire.line())?.toString() ?? 'ended';
  } finally {
    wire.close();
  }
}

// It is taken or refused with a word; it can be looked at; nobody waits for it.
async function costly(parvis, name, parts, ms) {
  const address = 'etat-civil@beauval.example';
  const began = performance.now();
  const answer = await sendRaw(parvis.ports.lmtp, address, parts);
  ok(/^(250|4\d\d|5\d\d) /.test(answer), `${name}: ${answer}`);
  ok(performance.now() - began < ms, `${name} took ${Math.round(performance.now() - began)} ms`);
  if (!answer.startsWith('250')) return;
  const imap = await Imap.open(parvis.ports.imap, address, parvis.password(address));
  await imap.command('SELECT INBOX');
  const asked = performance.now();
  const lines = await imap.command('FETCH * (ENVELOPE BODYSTRUCTURE RFC822.SIZE)');
  ok(lines.at(-1).startsWith('t OK'), `${name}: ${lines.at(-1).slice(0, 200)}`);
  ok((await imap.command('SEARCH HEADER X-Absent a TEXT zzz')).at(-1).startsWith('t OK'), `${name}: SEARCH`);
  ok(performance.now() - asked < ms, `${name}: looking at it took ${Math.round(performance.now() - asked)} ms`);
  imap.close();
  const cookie = await signInAs(parvis, address);
  const list = await get(parvis, '/mail', cookie);
  equal(list.status, 200, `${name}: the list`);
  const link = /href="(\/mail\/\d+\/c\/\d+)/.exec(list.text)?.[1];
  ok(link && (await get(parvis, link, cookie)).status === 200, `${name}: the page`);
  ok((await deliver(parvis.ports.lmtp, A, `apres-${name}`)).startsWith('250'), 'others are served');
}

function nested(depth) {
  const parts = ['Subject: poupees\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n'];
  for (let i = 0; i < depth; i++) parts.push(`--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`);
  parts.push(`--b${depth}\r\n\r\ncoeur\r\n--b${depth}--\r\n`);
  return parts;
}

const COSTLY = {
  'a million header fields': () => ['Subject: champs\r\n', ...Array.from({ length: 100 }, () => 'X-A: b\r\n'.repeat(10000)), '\r\nx\r\n'],
  'ten thousand nested parts': () => nested(10000),
  'ten thousand parts side by side': () => ['Subject: pelote\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n', '--b\r\n\r\nx\r\n'.repeat(10000), '--b--\r\n'],
  'ten thousand messages in messages': () => ['Subject: un\r\n', 'Content-Type: message/rfc822\r\n\r\n'.repeat(10000), 'Subject: fin\r\n\r\nx\r\n'],
  'a header line of a megabyte': () => [`Subject: ${'x'.repeat(900)}\r\nX-Long:${`\r\n ${'y'.repeat(900)}`.repeat(1100)}\r\n\r\nx\r\n`],
  'parameters without end': () => [`Subject: params\r\nContent-Type: text/plain${';\r\n a=b'.repeat(20000)}\r\n\r\nx\r\n`],
  'References without end': () => [`Subject: fil\r\nReferences:${'\r\n <a@b.example>'.repeat(50000)}\r\n\r\nx\r\n`],
  'a To of fifty thousand': () => [`Subject: foule\r\nTo: a@b.example${',\r\n c@d.example'.repeat(50000)}\r\n\r\nx\r\n`],
  'HTML of elements that never close': () => ['Subject: balises\r\nContent-Type: text/html\r\n\r\n', `${'<div>'.repeat(150)}\r\n`.repeat(2500)],
  'HTML of formatting left open': () => ['Subject: gras\r\nContent-Type: text/html\r\n\r\n', ...Array.from({ length: 60000 }, (_, i) => `<p><font color=${i}>x\r\n`)],
  'an HTML tag of a hundred thousand attributes': () => ['Subject: attributs\r\nContent-Type: text/html\r\n\r\n<p\r\n', ...Array.from({ length: 100000 }, (_, i) => `a${i}=1\r\n`), '>x\r\n'],
  'invalid UTF-8 in every place': () => [Buffer.from('Subject: \xff\xfe\xc0\x80\r\nFrom: "\xed\xa0\x80" <a@b.example>\r\nContent-Type: text/plain; charset=utf-8; name="\xf8\x88"\r\n\r\n\xff\xfe\xc0\xaf\r\n', 'latin1')],
};

export async function badInputTests(tally) {
  let weather;
  let parvis;
  await tally.test('a server for bad input', async () => {
    weather = await Weather.build();
    parvis = await Parvis.start({ towns: TWO_TOWNS, environment: weather.environment });
  });
  if (!parvis) return;
  for (const [name, parts] of Object.entries(COSTLY)) await tally.test(name, () => costly(parvis, name, parts(), 20000), { ms: 90000 });
  await tally.test('session fixation', () => fixation(parvis));
  await tally.test('forms forged on another page', () => forgery(parvis));
  await tally.test('headers and paths poisoned through forms', () => poisonedForms(parvis));
  await tally.test('addresses cannot be told apart', () => enumeration(parvis), { ms: 60000 });
  await tally.test('brute force', () => bruteForce(parvis), { ms: 120000 });
  await tally.test('slow senders at every door', () => slowSenders(weather, parvis).finally(() => weather.be({})), { ms: 90000 });
  await tally.test('the server of bad input ends', () => parvis.stop());
  removeFolder(weather.folder);
}
