// Faults: power cuts (power.c), then the kill series: deliveries run, every process of the server is killed (SIGKILL) at a random moment, it starts again, and
// each acknowledged message must be there exactly once, unchanged; one that was not acknowledged may be there once.
//   node fault/all.mjs [--short] [--rounds N] [--seed N] [--peer dovecot]
// On Dovecot it proves the series itself; a planted loss must be found.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { family } from '../../bench/procs.mjs';
import { Child, runToEnd } from '../lib/child.mjs';
import { Dovecot, PASSWORD, dovecotIsHere } from '../lib/dovecot.mjs';
import { Parvis, whyNoParvis } from '../lib/parvis.mjs';
import { BUILD, ROOT, freshFolder, removeFolder } from '../lib/place.mjs';
import { Tally, ok } from '../lib/tally.mjs';
import { Wire } from '../lib/wire.mjs';
import { attackTests } from './attack.mjs';
import { badInputTests } from './bad_input.mjs';
import { crossTownTests } from './cross_town.mjs';
import { secondReaderTests } from './second_reader.mjs';
import { damageTests, orderTests, weatherTests } from './weather.mjs';

const LOAD = path.join(BUILD, 'fault/load');
const USERS = 4;
const POOL = 40; // BODY_POOL of bench/body.h: message N has body N * 7 mod 40

async function buildLoader() {
  fs.mkdirSync(path.dirname(LOAD), { recursive: true });
  const folder = path.join(ROOT, 'bench');
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.c')).map((name) => path.join(folder, name));
  const end = await runToEnd('gcc', ['-std=gnu17', '-O2', '-D_GNU_SOURCE', '-o', LOAD, ...files, '-lssl', '-lcrypto']);
  if (end.code !== 0) throw new Error(end.output);
}

// Everything in one mailbox: Map of message number -> list of body digests.
async function readBox(port, address, password, into) {
  const wire = await Wire.open(port, { ms: 30000 });
  await wire.line();
  let number = null;
  const command = async (text, visit = () => {}) => {
    wire.send(`a ${text}\r\n`);
    for (;;) {
      const line = (await wire.line())?.toString('latin1');
      if (line === undefined) throw new Error('the connection ended while reading back');
      const size = /\{(\d+)\}$/.exec(line);
      if (size) visit(await wire.bytes(Number(size[1]), 30000));
      else if (line.startsWith('a ')) {
        if (!line.startsWith('a OK')) throw new Error(`${text}: ${line}`);
        return;
      }
    }
  };
  await command(`LOGIN ${address} ${password}`);
  await command('SELECT INBOX');
  await command('FETCH 1:* BODY.PEEK[]', (bytes) => {
    const text = bytes.toString('latin1');
    number = Number(/^Message-ID: <(\d+)@bench/im.exec(text)?.[1] ?? NaN);
    const body = text.slice(text.indexOf('\r\n\r\n') + 4).replace(/^marbrure\r\n/, '');
    if (!into.has(number)) into.set(number, []);
    into.get(number).push(crypto.createHash('sha1').update(body, 'latin1').digest('hex'));
  });
  wire.close();
}

// What is wrong between what was acknowledged and what is there: one sentence each.
export function compare(acked, held, bodies) {
  const wrong = [];
  for (const number of acked) if (!held.has(number)) wrong.push(`message ${number} was acknowledged and is lost`);
  for (const [number, digests] of held) {
    if (digests.length > 1) wrong.push(`message ${number} is there ${digests.length} times`);
    const index = (number * 7) % POOL;
    if (!bodies.has(index)) bodies.set(index, digests[0]);
    if (digests.some((one) => one !== bodies.get(index))) wrong.push(`message ${number} is altered`);
  }
  return wrong;
}

// Polls the state of a process (proc(5), stat) until it is one of those letters; one that is gone is every state.
async function untilIs(pid, letters, what) {
  for (let i = 0; i < 2000; i++) {
    let stat;
    try {
      stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      return;
    }
    if (letters.includes(stat.charAt(stat.lastIndexOf(')') + 2))) return;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`process ${pid} ${what}`);
}

// Every process of a server at once: the first is stopped before it is asked for its children, as one that it begins in between
// would live on and hold its sockets. A killed one holds them until the kernel has ended it, a moment on a busy machine.
async function killAll(first) {
  process.kill(first, 'SIGSTOP');
  await untilIs(first, 'TZX', 'does not stop');
  const killed = family(first);
  for (const pid of killed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
  for (const pid of killed) await untilIs(pid, 'ZX', 'lives on after kill -9');
}

class Series {
  constructor(server, seed) {
    this.server = server;
    this.state = seed;
    this.bodies = new Map();
    this.acked = new Set();
    this.next = 0;
    this.folder = freshFolder('series');
  }

  random(below) {
    this.state = (Math.imul(this.state, 1103515245) + 12345) & 0x7fffffff;
    return this.state % below;
  }

  async round() {
    const { server } = this;
    const file = path.join(this.folder, `acked-${this.next}`);
    const child = new Child(LOAD, ['lmtp', '--lmtp', server.ports.lmtp, '--connections', '8', '--users', USERS, '--messages', '5000',
      '--first', this.next, '--acked', file]);
    await new Promise((done) => setTimeout(done, 150 + this.random(500)));
    await killAll(server.pid());
    await child.ended;
    this.next += 5000;
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    lines.forEach((line) => this.acked.add(Number(line)));
    await server.restart();
    return lines.length;
  }

  async verify() {
    const held = new Map();
    for (let i = 0; i < USERS; i++) await readBox(this.server.ports.imap, `u${i}@bench.example`, this.server.password, held);
    const wrong = compare(this.acked, held, this.bodies);
    if (wrong.length) throw new Error(`${wrong.length} wrong of ${this.acked.size}:\n${wrong.slice(0, 10).join('\n')}`);
    return held.size;
  }
}

async function startParvis() {
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [] }] });
  const password = crypto.randomBytes(12).toString('hex');
  for (let i = 0; i < USERS; i++) await parvis.addPerson(`u${i}@bench.example`, `u${i}`, 'agent', password);
  return { ports: parvis.ports, password, pid: () => parvis.server.pid, restart: () => parvis.serve(), stop: () => parvis.stop() };
}

async function startDovecot() {
  const dovecot = await Dovecot.start({ format: 'sdbox', accounts: Array.from({ length: USERS }, (_, i) => `u${i}@bench.example`) });
  return { ports: dovecot.ports, password: PASSWORD, pid: () => dovecot.pid, restart: () => dovecot.serve(), stop: () => dovecot.stop() };
}

async function runSeries(tally, name, server, rounds, seed) {
  await tally.test(`${name}: ${rounds} times kill -9, seed ${seed}`, async () => {
    const series = new Series(server, seed);
    for (let i = 0; i < rounds; i++) {
      await series.round();
      if (i % 10 === 9) await series.verify();
    }
    ok(series.acked.size > 0, 'nothing was acknowledged');
    const held = await series.verify();
    console.log(`${name}: ${rounds} kills, ${series.acked.size} acknowledged, ${held} there`);
    // The series must be able to fail: a number that was never sent counts as lost.
    series.acked.add(-1);
    const found = await series.verify().then(() => false, () => true);
    ok(found, 'a planted loss was not found');
    removeFolder(series.folder);
  }, { ms: rounds * 20000 + 60000 });
  await tally.test(`${name}: the server ends`, () => server.stop());
}

// A program of test/fault that counts its own tests; its words are shown, its tally added to ours.
async function runProgram(tally, name, words, ms) {
  const program = `build/release/fault/${name}`;
  const built = await runToEnd('make', ['-s', '-j2', program], { cwd: ROOT, ms: 600000 });
  if (built.code !== 0) return tally.fail(name, new Error(built.output.slice(-2000)));
  const end = await runToEnd(path.join(ROOT, program), words, { cwd: ROOT, ms });
  console.log(end.output.trimEnd().split('\n').slice(0, -1).join('\n'));
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(end.output);
  if (!counts) return tally.fail(name, new Error(`ended with ${end.code}`));
  tally.passed += Number(counts[1]);
  tally.failed += Number(counts[2]);
}

async function main(words) {
  const tally = new Tally();
  const isShort = words.includes('--short');
  if (isShort || words.includes('--power')) {
    const cuts = isShort ? ['--cuts', '24', '--histories', '3'] : [];
    await runProgram(tally, 'power', [...cuts, '--verify', path.join(BUILD, 'parvis')], 600000);
    await runProgram(tally, 'storm', isShort ? ['--commands', '200000'] : [], 3600000);
    const places = isShort ? ['--every', '23'] : [];
    await runProgram(tally, 'full', [...places, '--verify', path.join(BUILD, 'parvis')], 3600000);
  }
  const value = (name, or) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : or);
  const rounds = value('--rounds', isShort ? 10 : 1000);
  const seed = value('--seed', 1);
  await tally.test('the loader builds', buildLoader, { ms: 60000 });
  if (dovecotIsHere()) await runSeries(tally, 'Dovecot', await startDovecot(), 3, seed);
  const reason = await whyNoParvis(['lmtp', 'imap']);
  if (!reason && (isShort || words.includes('--server'))) {
    await weatherTests(tally);
    await damageTests(tally);
    await orderTests(tally);
    await badInputTests(tally);
    await attackTests(tally);
    await crossTownTests(tally);
    await secondReaderTests(tally);
  }
  if (reason) tally.skip('kill series on parvis', reason);
  else await runSeries(tally, 'parvis', await startParvis(), rounds, seed);
  tally.end();
}

await main(process.argv.slice(2));
