// bench/mail: parvis and Dovecot 2.3.19 (sdbox, maildir, mdbox) on the same disk, with the same loader and the same
// bytes, each part on one server after the other; prints one table of figures and of ratios to the best peer, and keeps
// it in bench/results/.
//   bench/mail [--short] [--only NAME,...] [--servers parvis,sdbox,maildir,mdbox]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Child, runToEnd } from '../test/lib/child.mjs';
import { request } from '../test/lib/web.mjs';
import { Dovecot, PASSWORD, dovecotIsHere } from '../test/lib/dovecot.mjs';
import { Parvis, secret, whyNoParvis } from '../test/lib/parvis.mjs';
import { BUILD, ROOT } from '../test/lib/place.mjs';
import { Tally } from '../test/lib/tally.mjs';
import { Wire } from '../test/lib/wire.mjs';
import { cpuOf, family, memoryOf } from './procs.mjs';

const LOAD = path.join(BUILD, 'bench/load');
const USERS = 200;
const LONG = { town: 1600, small: 3200, one: 1600, single: 500, idle: 2000, pushes: 100, box: 20000, searches: 20, pages: 400, trickle: 600 };
const SHORT = { town: 120, small: 320, one: 160, single: 60, idle: 100, pushes: 10, box: 400, searches: 5, pages: 40, trickle: 40 };

// goal: what issue section 6 asks of parvis; better: which way a figure is good.
const ROWS = [
  ['town', 'LMTP, 68 KB mean, 8 connections (messages/s)', 'more', 'ratio at least 4'],
  ['small', 'LMTP, 8 KiB, 32 connections, 200 users (messages/s)', 'more', 'ratio at least 4'],
  ['syncs', '  syncs per message there', 'less', 'above 0, at most 0.1'],
  ['one', 'LMTP, all to one mailbox, 32 connections (messages/s)', 'more', 'ratio at least 4'],
  ['single', 'LMTP, one connection, p50 (ms)', 'less', 'ratio at most 0.5'],
  ['idle', 'idle IMAP, 2,000 over 200 mailboxes, clear (KiB each)', 'less', 'at most 4'],
  ['idle_tls', 'idle IMAP, the same over TLS (KiB each)', 'less', 'at most 20'],
  ['push', 'push, 250 to * EXISTS, p99 (ms)', 'less', 'at most 5'],
  ['first', 'first SELECT + ENVELOPE of 20,000 (ms)', 'less', 'ratio at most 0.25'],
  ['search', 'search of 20,000, p95 (ms)', 'less', 'at most 20'],
  ['behind', '  all is in the index, after the last of 20,000 came (s)', 'less', '-'],
  ['lag', '  index behind, 20 messages/s, p99 of 10 samples/s (s)', 'less', 'at most 2'],
  ['bodies', 'all bodies (MB/s)', 'more', 'ratio at least 1'],
  ['bodies_cpu', '  server CPU per MB there (ms)', 'less', 'ratio at most 1.5'],
  ['page', 'webmail list page of 20,000, p95 (ms)', 'less', 'at most 30'],
  ['page_bytes', '  its size (bytes)', 'less', 'at most 50,000'],
];

function figures(output) {
  return Object.fromEntries([...output.matchAll(/^([a-z0-9_]+) ([0-9.]+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

async function load(mode, options, words = []) {
  const list = Object.entries(options).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const { code, output } = await runToEnd(LOAD, [mode, ...list, ...words], { ms: 900000 });
  if (code !== 0) throw new Error(`load ${mode}: ${output.trim().slice(-400)}`);
  return output;
}

async function buildLoader() {
  fs.mkdirSync(path.dirname(LOAD), { recursive: true });
  const files = fs.readdirSync(path.join(ROOT, 'bench')).filter((name) => name.endsWith('.c')).map((name) => path.join(ROOT, 'bench', name));
  const end = await runToEnd('gcc', ['-std=gnu17', '-O2', '-g', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-o', LOAD, ...files, '-lssl', '-lcrypto']);
  if (end.code !== 0) throw new Error(end.output);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const ACCOUNTS = Array.from({ length: USERS }, (_, i) => `u${i}@bench.example`);

async function startServer(name) {
  if (name !== 'parvis') {
    const dovecot = await Dovecot.start({ format: name, accounts: ACCOUNTS, secure: true });
    return { name, pid: dovecot.pid, ports: dovecot.ports, password: PASSWORD, settle: 9000, stop: () => dovecot.stop() };
  }
  const password = secret();
  const people = ACCOUNTS.map((address) => address.split('@')[0]);
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [] }] });
  for (const one of people) await parvis.addPerson(`${one}@bench.example`, one, 'agent', password);
  return { name, pid: parvis.server.pid, ports: parvis.ports, password, settle: 9000, parvis, stop: () => parvis.stop() };
}

// ---- the measures: each gets the server and the counts, and gives figures by row name ----

async function delivery(server, options) {
  return figures(await load('lmtp', { lmtp: server.ports.lmtp, users: USERS, password: server.password, ...options }));
}

async function measureSyncs(server, messages) {
  const report = path.join(os.tmpdir(), `parvis-strace-${process.pid}`);
  const watched = family(server.pid).flatMap((pid) => ['-p', String(pid)]);
  const strace = new Child('strace', ['-f', '-c', '-e', 'trace=fsync,fdatasync,sync_file_range,msync,syncfs', '-o', report, ...watched]);
  await pause(1500);
  await delivery(server, { connections: 32, messages, kind: 'small' });
  await strace.stop('SIGINT');
  const text = fs.readFileSync(report, 'utf8');
  fs.rmSync(report);
  const calls = [...text.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(?:fsync|fdatasync|sync_file_range|msync|syncfs)$/gm)];
  return calls.reduce((sum, row) => sum + Number(row[1]), 0) / messages;
}

async function measureIdle(server, counts, secure) {
  const ports = secure ? { imap: server.ports.imaps, tls: true } : { imap: server.ports.imap };
  const list = { ...ports, lmtp: server.ports.lmtp, connections: counts.idle, users: USERS, messages: counts.pushes, password: server.password };
  const words = Object.entries(list).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const child = new Child(LOAD, ['idle', ...words]);
  await child.says(`waiting ${counts.idle}`, 300000);
  await pause(server.settle);
  const each = (memoryOf(server.pid) - server.baseline) / counts.idle;
  child.process.stdin.end('go\n');
  if ((await child.ended) !== 0) throw new Error(`load idle: ${child.output.slice(-400)}`);
  const found = figures(child.output);
  if (found.missing) throw new Error(`${found.missing} waiters never heard of their mail`);
  return { each, push: found.push_p99_ms };
}

function commandTimes(output) {
  return [...output.matchAll(/^command ([\d.]+) ms (\d+) bytes (\d+) hits (.*)$/gm)].map(([, ms, bytes, hits, text]) => ({
    ms: Number(ms), bytes: Number(bytes), hits: Number(hits), text,
  }));
}

// How long the town's index is behind what was committed, in seconds.
async function lateSeconds(server) {
  const host = `127.0.0.1:${server.ports.metrics}`;
  const { text } = await request({ port: server.ports.metrics, host, path: '/metrics' });
  return Number(/^parvis_late_seconds\{role="town",member="bench"\} ([\d.]+)$/m.exec(text)?.[1]);
}

// Seconds until the index that follows has all in: searches find the same before, slowly. Dovecot has none here.
async function indexed(server) {
  const start = Date.now();
  while (server.parvis && Date.now() - start < 120000 && (await lateSeconds(server)) !== 0) await pause(100);
  return server.parvis ? (Date.now() - start) / 1000 : undefined;
}

// A town's day at its busiest: 20 messages a second, one by one.
async function measureLag(server, counts) {
  const wire = await Wire.open(server.ports.lmtp);
  const ask = async (line, code) => {
    if (line !== null) wire.send(`${line}\r\n`);
    let answer = (await wire.line()).toString();
    while (answer[3] === '-') answer = (await wire.line()).toString();
    if (!answer.startsWith(code)) throw new Error(`${line}: ${answer}`);
  };
  const samples = [];
  await ask(null, '220');
  await ask('LHLO bench.example', '250');
  for (let i = 0; i < counts.trickle; i++) {
    const next = Date.now() + 50;
    await ask('MAIL FROM:<sender@bench.example>', '250');
    await ask(`RCPT TO:<u${i % USERS}@bench.example>`, '250');
    await ask('DATA', '354');
    const words = Array.from({ length: 400 }, (_, k) => `mot${(i * 31 + k * k) % 5000}`).join(' ');
    await ask(`Subject: Dossier ${i}\r\nMessage-ID: <lag${i}@bench.example>\r\n\r\n${words}\r\n.`, '250');
    if (i % 2) samples.push(await lateSeconds(server));
    await pause(Math.max(0, next - Date.now()));
  }
  wire.close();
  samples.sort((a, b) => a - b);
  return { lag: samples[Math.ceil(samples.length * 0.99) - 1] };
}

async function measureBox(server, counts) {
  await load('lmtp', { lmtp: server.ports.lmtp, connections: 8, users: 1, messages: counts.box, address: 'u150@bench.example' });
  const behind = await indexed(server);
  const run = async (commands) =>
    commandTimes(await load('run', { imap: server.ports.imap, address: 'u150@bench.example', password: server.password }, commands));
  const first = (await run(['SELECT INBOX', 'FETCH 1:* ENVELOPE'])).slice(1);
  const searches = ['SEARCH BODY marbrure', 'SEARCH SUBJECT "Dossier 123"', 'SEARCH TEXT marbrure', 'SEARCH FROM "Accueil" BODY marbrure'];
  const asked = Array.from({ length: counts.searches }, (_, i) => searches[i % searches.length]);
  const found = (await run(['SELECT INBOX', ...asked])).slice(2);
  const planted = Math.floor((counts.box - 8) / 1000) + 1;
  for (const one of found) {
    if (one.text.includes('marbrure') && one.hits !== planted) throw new Error(`${one.text}: ${one.hits} of ${planted} planted words`);
  }
  const times = found.map((one) => one.ms).sort((a, b) => a - b);
  const cpu = cpuOf(server.pid);
  const bodies = (await run(['SELECT INBOX', 'FETCH 1:* BODY.PEEK[]'])).at(-1);
  const megabytes = bodies.bytes / 1e6;
  return {
    first: first.reduce((sum, one) => sum + one.ms, 0),
    search: times[Math.ceil(times.length * 0.95) - 1],
    behind,
    bodies: megabytes / (bodies.ms / 1000),
    bodies_cpu: ((cpuOf(server.pid) - cpu) * 1000) / megabytes,
  };
}

// Signs in by the form, as a browser without script does, and times the list page of the filled box.
async function measurePage(server, counts) {
  const host = `bench.localhost:${server.ports.web}`;
  const { signIn } = await import('../test/lib/web.mjs');
  const cookie = await signIn({ port: server.ports.web, host, address: 'u150@bench.example', password: server.password });
  const found = figures(await load('http', { http: server.ports.web, host, cookie, path: '/mail', connections: 1, messages: counts.pages }));
  return { page: found.page_p95_ms, page_bytes: found.page_bytes };
}

// Each part of the bench: its measure, and how often it is taken. Where it goes round more than once, every server has
// its turn before the next round: a machine that is slower for a minute is slower for all of them.
const PARTS = [
  ['town', 5, async (server, counts) => ({ town: (await delivery(server, { connections: 8, messages: counts.town, kind: 'town' })).per_second })],
  ['small', 5, async (server, counts) => ({ small: (await delivery(server, { connections: 32, messages: counts.small, kind: 'small' })).per_second })],
  ['one', 5, async (server, counts) => ({ one: (await delivery(server, { connections: 32, users: 1, messages: counts.one, kind: 'small' })).per_second })],
  ['single', 5, async (server, counts) => ({ single: (await delivery(server, { connections: 1, messages: counts.single, kind: 'small' })).message_p50_ms })],
  ['syncs', 1, async (server, counts) => ({ syncs: await measureSyncs(server, Math.min(counts.small, 1600)) })],
  ['idle', 1, async (server, counts) => {
    const clear = await measureIdle(server, counts, false);
    return { idle: clear.each, push: clear.push };
  }],
  ['idle_tls', 1, async (server, counts) => ({ idle_tls: (await measureIdle(server, counts, true)).each })],
  ['box', 1, measureBox],
  ['lag', 1, async (server, counts) => (server.parvis ? measureLag(server, counts) : {})],
  ['page', 1, async (server, counts) => (server.parvis ? measurePage(server, counts) : {})],
];

// Adds to results[name][key] one figure of each round.
async function measurePart([name, rounds, measure], servers, counts, results) {
  for (let round = 0; round < (counts === SHORT ? 1 : rounds); round++)
    for (const server of servers) {
      const own = (results[server.name] ??= {});
      try {
        const found = await measure(server, counts);
        for (const [key, value] of Object.entries(found)) (own[key] ??= []).push(value);
        console.log(`${server.name} ${name}: ${JSON.stringify(found)}`);
      } catch (error) {
        (own.problems ??= []).push(`${name}: ${error.message}`);
      }
    }
}

// Dovecot watches one inotify instance per waiting process and says itself that Debian's 128 are too few: raised for the
// run, where we may, and put back.
function raiseWatches() {
  const file = '/proc/sys/fs/inotify/max_user_instances';
  const before = fs.readFileSync(file, 'utf8');
  try {
    fs.writeFileSync(file, '8192');
    process.on('exit', () => fs.writeFileSync(file, before));
  } catch {
    console.log(`${file} stays at ${before.trim()}: Dovecot cannot hibernate more connections than that`);
  }
}

function digits(value) {
  if (value === undefined || Number.isNaN(value)) return '-';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function median(values) {
  const sorted = values.filter((value) => value !== undefined && !Number.isNaN(value)).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

// Against the best of the peers in the same round; the median of the rounds.
function ratioOf(results, peers, key, better) {
  const own = results.parvis?.[key] ?? [];
  const ratios = own.map((value, round) => {
    const others = peers.map((name) => results[name][key]?.[round]).filter((other) => other !== undefined);
    return others.length ? value / (better === 'more' ? Math.max(...others) : Math.min(...others)) : undefined;
  });
  return digits(median(ratios));
}

function table(results, counts) {
  const names = Object.keys(results);
  const peers = names.filter((name) => name !== 'parvis');
  const lines = [`| what | ${names.join(' | ')} | parvis to the best | goal |`, `|---|${'---|'.repeat(names.length + 2)}`];
  for (const [key, words, better, goal] of ROWS) {
    const figuresOf = names.map((name) => digits(median(results[name][key] ?? [])));
    lines.push(`| ${words} | ${figuresOf.join(' | ')} | ${ratioOf(results, peers, key, better)} | ${goal} |`);
  }
  const problems = names.flatMap((name) => (results[name].problems ?? []).map((text) => `- ${name}: ${text}`));
  const counted = counts === LONG ? '' : '\nShort form: small counts, to see that every measure works; its figures mean little.\n';
  return `${lines.join('\n')}\n${counted}${problems.length ? `\nNot measured:\n${problems.join('\n')}\n` : ''}`;
}

async function machine() {
  const disk = (await runToEnd('df', ['--output=fstype,source', os.tmpdir()])).output.trim().split('\n').at(-1);
  return `${os.cpus().length} x ${os.cpus()[0].model}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, disk ${disk}, ${new Date().toISOString()}`;
}

async function main(words) {
  const tally = new Tally();
  const isShort = words.includes('--short');
  const counts = isShort ? SHORT : LONG;
  const chosen = words.includes('--servers') ? words[words.indexOf('--servers') + 1].split(',') : isShort ? ['parvis', 'sdbox'] : ['parvis', 'sdbox', 'maildir', 'mdbox'];
  const only = words.includes('--only') ? words[words.indexOf('--only') + 1].split(',') : null;
  await tally.test('the loader builds', buildLoader, { ms: 60000 });
  const results = {};
  const servers = [];
  raiseWatches();
  try {
    for (const name of chosen) {
      const reason = name === 'parvis' ? await whyNoParvis(['lmtp', 'imap']) : null;
      if (reason) tally.skip('bench of parvis', reason);
      else await tally.test(`${name} starts`, async () => {
        if (name !== 'parvis' && !dovecotIsHere()) throw new Error('Dovecot is not installed');
        servers.push(await startServer(name));
      }, { ms: 120000 });
    }
    for (const server of servers) server.baseline = memoryOf(server.pid);
    for (const part of PARTS) if (!only || only.includes(part[0])) await measurePart(part, servers, counts, results);
  } finally {
    for (const server of servers) await server.stop();
  }
  for (const { name } of servers)
    await tally.test(`bench of ${name}`, () => {
      if (results[name]?.problems) throw new Error(results[name].problems.join('\n'));
    });
  const text = `${await machine()}\n\n${table(results, counts)}`;
  console.log(`\n${text}`);
  const folder = path.join(ROOT, isShort || only ? 'build/bench' : 'bench/results'); // a result is a whole run
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${new Date().toISOString().slice(0, 10)}.md`), text);
  tally.end();
}

await main(process.argv.slice(2));
