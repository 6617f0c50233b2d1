// Attacks on a whole server, as an outsider, an agent or the sender of a mail would try them; each was once a weakness, or
// stands where one would be. doc/bad-input.md names the test of each.
import fs from 'node:fs';
import net from 'node:net';
import { Parvis, SYNDICATE, TWO_TOWNS } from '../lib/parvis.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { request, signIn } from '../lib/web.mjs';
import { Imap, deliver } from './weather.mjs';

const A = 'accueil@beauval.example';
const HOST = 'beauval.localhost';
const ENDED = /role_ended|not_believed|not_understood|peer_closed/;

// Says bytes and hears what comes until the server closes, or for a while.
function raw(port, bytes, ms = 2000) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    const parts = [];
    const end = () => {
      socket.destroy();
      done(Buffer.concat(parts).toString('latin1'));
    };
    socket.on('data', (part) => parts.push(part));
    socket.on('close', end);
    socket.on('error', end);
    setTimeout(end, ms);
    socket.write(bytes);
  });
}

const latin = (text) => Buffer.from(text, 'latin1');

function form(path, body, head = '') {
  return latin(`POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n${head}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
}

// What a stranger says ends no role: whoever is signed in notices nothing.
async function noRoleEnds(parvis) {
  const { ports, server } = parvis;
  const from = server.output.length;
  const large = await raw(ports.web, form('/sign-in', `login=${'x'.repeat(1 << 20)}`));
  ok(/^HTTP\/1.1 413 /.test(large), `a form of a megabyte: ${large.slice(0, 60)}`);
  const chunks = await raw(ports.web, latin(`POST /sign-in HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n${'x'.repeat(0x200000)}\r\n0\r\n\r\n`));
  ok(/^HTTP\/1.1 413 /.test(chunks), `the same in chunks: ${chunks.slice(0, 60)}`);
  const nobody = await raw(ports.web, form('/mail/draft', `text=${'x'.repeat(2 << 20)}`));
  ok(/^HTTP\/1.1 413 /.test(nobody), `two megabytes from nobody: ${nobody.slice(0, 60)}`);
  const words = ['a LOGIN {3+}\r\n\xff\xfe\xfd {2+}\r\n\xff\xff\r\n', 'a LOGIN {19+}\r\n\xff@beauval.example.x {1+}\r\n\x80\r\n', `a LOGIN ${A} {2+}\r\n\xc0\x80\r\n`];
  for (const said of words) {
    const answer = await raw(ports.imap, latin(said), 1500);
    ok(/^a NO \[AUTHENTICATIONFAILED\]/m.test(answer), `${JSON.stringify(said)}: ${answer.slice(-120)}`);
  }
  const odd = { 'User-Agent': '\xff\xfe', 'Accept-Language': '\xff', Cookie: 'session=\xff', Referer: '\xff', Accept: '\xff' };
  for (const [name, value] of Object.entries(odd)) {
    const answer = await raw(ports.web, latin(`GET /sign-in HTTP/1.1\r\nHost: ${HOST}\r\n${name}: ${value}\r\nConnection: close\r\n\r\n`));
    ok(/^HTTP\/1.1 (200|303|4\d\d) /.test(answer), `${name}: ${answer.slice(0, 60)}`);
  }
  equal(server.output.slice(from).split('\n').filter((line) => ENDED.test(line)), [], 'roles that ended');
  const cookie = await signIn({ port: ports.web, host: HOST, address: A, password: parvis.password(A) });
  equal((await request({ port: ports.web, host: HOST, path: '/mail', headers: { Cookie: cookie } })).status, 200, 'signing in goes on');
  const imap = await Imap.open(ports.imap, A, parvis.password(A));
  ok(imap.login.startsWith('t OK'), imap.login);
  imap.close();
  ok((await deliver(ports.lmtp, A, 'apres')).startsWith('250'), 'mail goes on');
}

// Whoever finds a browser open has not all the time to guess the password that the weightier pages ask for.
async function guessingStops(parvis) {
  const cookie = await signIn({ port: parvis.ports.web, host: HOST, address: A, password: parvis.password(A) });
  const get = (path) => request({ port: parvis.ports.web, host: HOST, path, headers: { Cookie: cookie } });
  const token = /name="form_token" value="([^"]*)"/.exec((await get('/account')).text)[1];
  const send = (path, fields) => {
    const body = new URLSearchParams({ form_token: token, ...fields }).toString();
    return request({ port: parvis.ports.web, host: HOST, path, method: 'POST', headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  };
  const forms = [['/account/password', { old: 'guess', new: 'une phrase assez longue', again: 'une phrase assez longue' }], ['/account/second/off', { password: 'guess' }], ['/account/second/recovery', { password: 'guess' }]];
  const all = await Promise.all(Array.from({ length: 14 }, (_, i) => send(...forms[i % forms.length])));
  const statuses = all.map((answer) => answer.status).sort();
  ok(statuses.every((status) => [422, 429, 503].includes(status)) && statuses.includes(422), `${statuses}`);
  for (const form of forms) equal((await send(...form)).status, 429, `${form[0]} after many guesses`);
  const right = { old: parvis.password(A), new: 'une phrase assez longue', again: 'une phrase assez longue' };
  equal((await send('/account/password', right)).status, 429, 'not even the right one, for a while');
}

// RFC 5321 section 4.4, RFC 8601 section 5.
async function traces(parvis) {
  const to = 'etat-civil@beauval.example';
  const head = 'Return-Path: <forge@dehors.example>\r\nAuthentication-Results: beauval.example; dkim=pass\r\nAuthentication-Results: dehors.example; spf=pass\r\nSubject: traces\r\n\r\nx\r\n.\r\n';
  for (const [door, hello] of [['lmtp', 'LHLO'], ['smtp', 'EHLO']]) {
    const said = await raw(parvis.ports[door], latin(`${hello} mx.dehors.example\r\nMAIL FROM:<a@dehors.example>\r\nRCPT TO:<${to}>\r\nDATA\r\n${head}QUIT\r\n`));
    ok(/^250 2\.0\.0 /m.test(said), said);
    const imap = await Imap.open(parvis.ports.imap, to, parvis.password(to));
    await imap.command('SELECT INBOX');
    const text = (await imap.command('FETCH * BODY.PEEK[HEADER]')).join('\n').replaceAll('\r', '');
    imap.close();
    ok(/\nReturn-Path: <a@dehors\.example>\nReceived: from mx\.dehors\.example \(\[127\.0\.0\.1\]\)\n\tby \S+ with (LMTP|ESMTP) id [0-9a-f]+;\n\t\w+, /.test(`\n${text.slice(text.indexOf('Return-Path'))}`), text);
    ok(!/forge@|Results: beauval/.test(text) && /Results: dehors/.test(text), text);
  }
}

const CROWD = 300;
const CROWD_MB = 200; // copied for each it would be 780

// Many ask for a large file at once and take nothing yet: the town holds it once, others are answered meanwhile, and in the
// end each of the crowd has it whole.
async function aCrowdIsNoBurden(parvis) {
  const { ports } = parvis;
  const pid = parvis.townPid('beauval');
  const most = () => Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  const get = (path) => request({ port: ports.web, host: HOST, path });
  const file = '/games/machine/moyen.gguf';
  const size = Number((await get(file)).headers['content-length']);
  ok(size > 2e6, `${file} has ${size} bytes`);
  const before = most();
  const crowd = await Promise.all(Array.from({ length: CROWD }, () => new Promise((done, failed) => {
    const socket = net.connect(ports.web, '127.0.0.1', () => {
      socket.write(`GET ${file} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`, () => done(socket));
    });
    socket.once('error', failed);
  })));
  equal((await get('/assistant')).status, 200, 'somebody else');
  const sizes = await Promise.all(crowd.map((socket) => new Promise((done) => {
    let taken = 0;
    socket.on('data', (part) => {
      taken += part.length;
    });
    socket.on('close', () => done(taken));
  })));
  equal(sizes.filter((taken) => taken < size).length, 0, 'who did not get all of it');
  ok(most() - before < CROWD_MB, `the town grew by ${(most() - before).toFixed(0)} MB`);
}

const TESTS = [['Received and forged traces', traces], ['what a stranger says ends no role', noRoleEnds], ['guessing the password asked for again', guessingStops], ['a crowd for one file', aCrowdIsNoBurden]];

export async function attackTests(tally) {
  let parvis;
  await tally.test('a server to attack', async () => {
    parvis = await Parvis.start({ towns: [...TWO_TOWNS, SYNDICATE] });
  });
  if (!parvis) return;
  for (const [name, test] of TESTS) await tally.test(name, () => test(parvis), { ms: 120000 });
  await tally.test('the attacked server ends', () => parvis.stop());
}
