// bench/room: a room of thirty that plays a whole game on one house: everybody votes within the same second, and every
// page is asked again each two seconds, as the script does. Prints the latencies as the players have them.
//     node bench/room.mjs [--short] [--players N]
import { memoryOf } from './procs.mjs';
import { Parvis } from '../test/lib/parvis.mjs';
import { request } from '../test/lib/web.mjs';

const IS_SHORT = process.argv.includes('--short');
const PLAYERS = Number(process.argv[process.argv.indexOf('--players') + 1] || 0) || (IS_SHORT ? 5 : 30);
const CARDS = IS_SHORT ? 2 : 10;
const POLL_MS = 2000;
const THINK_MS = IS_SHORT ? 200 : 3000; // a card is looked at; its result too
const VOTES_WITHIN_MS = 1000;
const GOAL_MS = 300;
const GOAL_KIB = 400 * 1024;
const SLUG = 'true-or-invented';

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Room {
  constructor(port) {
    Object.assign(this, { port, host: `bench.localhost:${port}`, taken: { page: [], vote: [], press: [], join: [] } });
  }

  async ask(kind, path, body = '') {
    const headers = body ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
    const from = process.hrtime.bigint();
    const answer = await request({ port: this.port, host: this.host, path, method: body ? 'POST' : 'GET', headers, body });
    const ms = Number(process.hrtime.bigint() - from) / 1e6;
    if (answer.status !== (body ? 303 : 200)) throw new Error(`${kind} of ${path} is answered ${answer.status}`);
    if (/notice=/.test(answer.headers.location ?? '')) throw new Error(`${kind} came too late: ${answer.headers.location}`);
    this.taken[kind].push(ms);
    return answer;
  }

  async open() {
    const answer = await request({ port: this.port, host: this.host, path: '/games/room', method: 'POST', body: `game=${SLUG}&seed=7`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    this.desk = answer.headers.location;
    this.key = new URL(this.desk, 'http://x').searchParams.get('key');
    const { text } = await this.ask('page', this.desk);
    this.path = /\/games\/room\/[A-Z]{6}(?=\/screen)/.exec(text)[0];
    this.step = 0;
  }

  async join() {
    this.players = await Promise.all(Array.from({ length: PLAYERS }, async () => (await this.ask('join', this.path, 'join=1')).headers.location));
  }

  async press() {
    await this.ask('press', '/games/room/desk', `key=${this.key}&step=${this.step}&do=on`);
    this.step += 1;
  }

  async vote(card) {
    await Promise.all(this.players.map(async (player, i) => {
      const me = new URL(player, 'http://x').searchParams.get('me');
      await pause((VOTES_WITHIN_MS * i) / PLAYERS);
      await this.ask('vote', this.path, `me=${me}&card=${card}&sure=${(i * 37 + card * 11) % 101}`);
      await this.ask('page', player);
    }));
  }

  // What the pages' script does until the game is over.
  follow(path, at) {
    const loop = async () => {
      await pause((POLL_MS * at) / (PLAYERS + 2));
      for (; !this.isOver; await pause(POLL_MS)) await this.ask('page', path);
    };
    return loop();
  }
}

function at(values, share) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}

async function play(room) {
  await room.open();
  await room.join();
  const following = [room.desk, `${room.path}/screen`, ...room.players].map((path, i) => room.follow(path, i));
  for (let card = 0; card < CARDS; card++) {
    await room.press();
    await room.vote(card);
    await pause(THINK_MS);
    await room.press();
    await Promise.all(room.players.map((player) => room.ask('page', player))); // turned: everybody at once
    await pause(THINK_MS);
  }
  const { text } = await room.ask('page', room.desk);
  room.isOver = true;
  await Promise.all(following);
  const votes = [...text.matchAll(/<td class="r">(\d+)<\/td>/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  if (votes !== PLAYERS) throw new Error(`the last card has ${votes} votes of ${PLAYERS}`);
}

async function main() {
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [] }] });
  const room = new Room(parvis.ports.web);
  let memory = 0;
  try {
    await play(room);
    memory = memoryOf(parvis.server.pid);
  } finally {
    await parvis.stop();
  }
  const all = Object.values(room.taken).flat();
  for (const [kind, values] of [...Object.entries(room.taken), ['all', all]])
    console.log(`${kind}: ${values.length} requests, p50 ${at(values, 0.5).toFixed(1)} ms, p95 ${at(values, 0.95).toFixed(1)} ms, p99 ${at(values, 0.99).toFixed(1)} ms`);
  console.log(`memory of the whole house: ${(memory / 1024).toFixed(0)} MiB`);
  const isWell = at(all, 0.95) <= GOAL_MS && memory > 0 && memory <= GOAL_KIB;
  console.log(`${PLAYERS} players, p95 ${at(all, 0.95).toFixed(1)} ms: ${isWell ? 'within' : 'past'} ${GOAL_MS} ms and ${GOAL_KIB / 1024} MiB`);
  process.exit(isWell ? 0 : 1);
}

await main();
