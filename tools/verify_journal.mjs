// verify_journal.mjs: a second reader of a town's journal, which shares no code with the first.
//
//     node tools/verify_journal.mjs FILE.jsonl...
//
// Reads what `parvis accounting export-journal TOWN --format jsonl` gives, makes the bytes of each entry again, and proves
// the chain of hashes (I2), double entry (I1), credits (I3, I4), numbers (I5), that nothing is carried out twice (I6),
// corrections (I7) and days (I10), folding from nothing (I12). For each file one line: what was counted, the last hash and
// the digest of what all comes to, which `parvis accounting verify` prints too; or the first entry that does not hold, and
// the rule it breaks. Exit code 0: all hold; 1: one does not; 2: a file could not be read. No dependencies.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MONEY_MAX = 99_999_999_999_999;
const [KINDS, ACCOUNTS] = ['vote transfer engage release order order-direct order-reduce title title-reduce close',
  'council available reserved ordered'].map((words) => words.split(' '));
const SERIES = { engage: 'engagements', order: 'orders', 'order-direct': 'orders', 'order-reduce': 'orders', title: 'titles', 'title-reduce': 'titles' };
const MOVES = { vote: 'council available', transfer: 'council available', engage: 'available reserved', release: 'reserved available',
  order: 'reserved ordered', 'order-direct': 'available ordered', 'order-reduce': 'ordered available', title: 'available ordered',
  'title-reduce': 'ordered available' };
// Which acts may be posted, released or corrected: of the same exercise, or of an earlier one.
const SAME = { release: ['engage'], order: ['engage'], 'order-reduce': ['order', 'order-direct'], 'title-reduce': ['title'] };
const EARLIER = { 'order-direct': ['title'], title: ['order', 'order-direct'], 'order-reduce': ['order', 'order-direct'], 'title-reduce': ['title'] };
const WINDOW_OF = { vote: 'credits', transfer: 'credits', engage: 'engage', release: 'release', close: 'close' };

class Broken extends Error {}
const need = (fact, rule) => {
  if (!fact) throw new Broken(`engine.${rule}`);
};

// ---- a line: texts are kept as their bytes, one character each; whole numbers exactly, as BigInt ----

const TOKEN = /[ \t\r]*(?:([{}[\]:,])|"((?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"|(-?(?:0|[1-9]\d*))(?![\w.+-])|(true|false)(?!\w))/y;

const plain = (text) => !text.includes('\\') ? text
  : text.replace(/(?:\\u[0-9a-fA-F]{4})+|\\./g, (escape) => Buffer.from(JSON.parse(`"${escape}"`)).toString('latin1'));

function* tokens(line) {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(line);
    need(found !== null || /^[ \t\r]*$/.test(line.slice(at)), 'bytes');
    if (found === null) return;
    const [, mark, text, number, word] = found;
    yield mark !== undefined ? { mark } : { value: text !== undefined ? plain(text) : number !== undefined ? BigInt(number) : word === 'true' };
  }
}

// What stands between two marks: `item` for each, which takes its first token.
function* between(row, end, first, item) {
  for (let token = first; ; token = row.next().value) {
    yield item(token);
    const { mark } = row.next().value ?? {};
    if (mark === end) return;
    need(mark === ',', 'bytes');
  }
}

// One value of a row of tokens; objects have each member once.
function value(row, token, depth = 0) {
  need(token !== undefined && depth < 4, 'bytes');
  if (token.mark === undefined) return token.value;
  need(token.mark === '[' || token.mark === '{', 'bytes');
  const first = row.next().value;
  if (token.mark === '[') return first?.mark === ']' ? [] : [...between(row, ']', first, (it) => value(row, it, depth + 1))];
  const members = new Map();
  for (const [key, it] of between(row, '}', first, (name) => [name?.value, row.next().value?.mark === ':' && value(row, row.next().value, depth + 1)])) {
    need(typeof key === 'string' && it !== undefined && !members.has(key), 'bytes');
    members.set(key, it);
  }
  return members;
}

const text = (longest) => (it) => typeof it === 'string' && it.length <= longest;
const whole = (least, most) => (it) => typeof it === 'bigint' && it >= least && it <= most;
const word = (words) => (it) => words.includes(it);
const hex = (bytes) => (it) => typeof it === 'string' && new RegExp(`^[0-9a-fA-F]{${2 * bytes}}$`).test(it);
const unsigned = (bits) => whole(0n, (1n << BigInt(bits)) - 1n);
const signed = whole(-(1n << 63n), (1n << 63n) - 1n);

// Days since 1970; undefined for what is no day.
function days(it) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(it);
  if (found === null) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(+found[1], found[2] - 1, +found[3]);
  return date.toISOString().slice(0, 10) === it ? date / 86400000 : undefined;
}
const day = (it) => typeof it === 'string' && days(it) !== undefined;

const ENTRY = { sequence: unsigned(64), id: hex(16), kind: word(KINDS), internal: word([true, false]), series: unsigned(8), number: unsigned(32),
  instant: signed, day, entered: day, actor: signed, reference: unsigned(64), budget: text(16), exercise: unsigned(16), label: text(200),
  postings: (it) => Array.isArray(it) && it.length <= 2048, hash: hex(32) };
const POSTING = { section: word(['F', 'I']), direction: word(['D', 'R']), level: text(24), from: word(ACCOUNTS), to: word(ACCOUNTS), cents: signed };

function record(members, form) {
  need(members instanceof Map && members.size === Object.keys(form).length, 'bytes');
  for (const [name, fits] of Object.entries(form)) need(members.has(name) && fits(members.get(name)), 'bytes');
  return Object.fromEntries(members);
}

function entryOf(line) {
  need(line.length <= 1 << 19, 'bytes');
  const row = tokens(line);
  const members = value(row, row.next().value);
  need(row.next().done, 'bytes');
  const entry = record(members, ENTRY);
  entry.postings = entry.postings.map((posting) => record(posting, POSTING));
  return entry;
}

// ---- the bytes that were hashed: little-endian, version 1 ----

function bytesOf(entry) {
  const out = Buffer.alloc(70);
  let at = 0;
  const put = (number, size) => {
    for (let rest = BigInt.asUintN(8 * size, BigInt(number)); size > 0; size--, rest >>= 8n) out[at++] = Number(rest & 255n);
  };
  for (const [number, size] of [[1, 1], [KINDS.indexOf(entry.kind) + 1, 1], [entry.internal, 1], [entry.series, 1], [entry.sequence, 8]]) put(number, size);
  at += Buffer.from(entry.id, 'hex').copy(out, at);
  for (const [number, size] of [[entry.instant, 8], [days(entry.day), 4], [days(entry.entered), 4], [entry.actor, 8], [entry.number, 4],
    [entry.reference, 8], [entry.exercise, 2], [entry.postings.length, 2], [entry.budget.length, 1], [entry.label.length, 1]]) put(number, size);
  const parts = [out, Buffer.from(entry.budget + entry.label, 'latin1')];
  for (const { section, direction, level, from, to, cents } of entry.postings) {
    const head = Buffer.from([section === 'I', direction === 'R', ACCOUNTS.indexOf(from), ACCOUNTS.indexOf(to), ...Array(8), level.length]);
    head.writeBigInt64LE(cents, 4);
    parts.push(head, Buffer.from(level, 'latin1'));
  }
  return Buffer.concat(parts);
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

// ---- rules of one entry ----

const isName = (it) => /^[A-Za-z0-9._-]+$/.test(it);
const EXPENSE = ['transfer', 'engage', 'release', 'order', 'order-direct', 'order-reduce'];
const placeOf = (posting) => posting.section + posting.direction + posting.level; // D before R, F before I, then bytes

function isText(label) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(label, 'latin1'));
    return true;
  } catch {
    return false;
  }
}

function checkForm({ kind, budget, exercise, label, series, day: on, entered, postings }) {
  need(isName(budget), 'name');
  need(exercise >= 1900n && exercise <= 2999n, 'exercise');
  need(/^[\0-\x7f]*$/.test(label) || isText(label), 'label');
  need(series <= (SERIES[kind] ? 9n : 0n), 'series');
  for (const it of [on, entered]) need(it >= '1899-01-01' && it <= '3000-12-31', 'exercise');
  need(kind === 'close' ? postings.length === 0 : postings.length > 0, 'count');
  postings.forEach((posting, i) => {
    need(isName(posting.level), 'name');
    need(i === 0 || placeOf(postings[i - 1]) < placeOf(posting), 'twice');
    need(posting.cents > 0n && posting.cents <= MONEY_MAX, 'amount');
    need(kind === 'vote' || posting.direction === (EXPENSE.includes(kind) ? 'D' : 'R'), 'direction');
    const move = `${posting.from} ${posting.to}`;
    need(move === MOVES[kind] || (MOVES[kind] === 'council available' && move === 'available council'), 'move');
    posting.amount = Number(posting.cents);
  });
}

// Dated rows of law, with the program: windows.csv.
const WINDOWS = readFileSync(new URL('../src/service/accounting/engine/windows.csv', import.meta.url), 'utf8').split('\n').slice(1)
  .filter((line) => line !== '').map((line) => line.split(','));

function checkDays({ kind, exercise, internal, day: on, entered, postings }) {
  need(on <= entered, 'future');
  const january = `${String(exercise).padStart(4, '0')}-01-01`;
  const dayOf = (it) => `${String(Number(exercise) + Number(it.slice(1, -6) || 0)).padStart(4, '0')}-${it.slice(-5)}`;
  const scopes = postings.length === 0 || internal ? ['O'] : [...new Set([postings[0].section, postings.at(-1).section])];
  for (const scope of scopes) {
    const row = WINDOWS.findLast(([act, of, , , , since, until]) => act === (WINDOW_OF[kind] ?? 'order') && of === scope &&
      (since === '' || since <= january) && (until === '' || january <= until));
    need(row !== undefined && on >= dayOf(row[2]) && on <= dayOf(row[3]), 'day');
    need(entered <= dayOf(row[4]), 'window');
  }
}

// ---- what all comes to ----

class Ledger {
  exercises = new Map();
  acts = [];
  ids = new Map();
  instant = -(1n << 63n);
  hash = Buffer.alloc(32);
  postings = 0;

  // A whole entry, or nothing of it.
  take(entry) {
    const { sequence, instant, id, kind, budget, exercise, series, number } = entry;
    const hash = sha256(this.hash, bytesOf(entry));
    need(hash.equals(Buffer.from(entry.hash, 'hex')), 'hash');
    need(sequence === BigInt(this.acts.length + 1), 'sequence');
    need(instant >= this.instant, 'instant');
    need(!this.ids.has(id.toLowerCase()), 'again');
    checkForm(entry);
    const year = this.exercises.get(`${budget} ${exercise}`) ?? { budget, exercise, cells: new Map(), drawn: {}, isClosed: false };
    need(!year.isClosed, 'closed');
    const row = SERIES[kind] && `${SERIES[kind]} ${series}`;
    const drawn = row ? (year.drawn[row] ?? 0) + 1 : 0;
    checkDays(entry);
    const origin = this.originOf(entry, year);
    const moved = this.move(entry, year, origin);
    this.checkKind(entry, year);
    need(number === BigInt(drawn), 'number');
    this.keep(entry, year, origin, moved);
    if (row) year.drawn[row] = drawn;
    this.hash = hash;
  }

  originOf({ kind, reference, budget, exercise }, year) {
    if (reference === 0n) {
      need(!SAME[kind], 'reference');
      return null;
    }
    const act = this.acts[Number(reference) - 1];
    need(act !== undefined && reference <= BigInt(this.acts.length), 'reference');
    const isCarried = !!EARLIER[kind]?.includes(act.kind) && act.year.budget === budget && act.year.exercise < exercise;
    need(isCarried || (SAME[kind]?.includes(act.kind) && act.year === year), 'reference');
    return { act, isCarried };
  }

  // The cells after the entry, checked; nothing is changed yet.
  move({ kind, postings }, year, origin) {
    const left = origin?.act.kind === 'engage' ? 'reserved' : 'corrected';
    const after = new Map();
    let total = 0;
    for (const posting of postings) {
      const { from, to, amount, direction } = posting;
      const place = placeOf(posting);
      if (origin !== null && !origin.isCarried) {
        need(origin.act.lines.has(place), 'origin');
        need(amount <= origin.act.lines.get(place), left);
      }
      const cell = { council: 0, available: 0, reserved: 0, ordered: 0, reversed: 0, ...year.cells.get(place) };
      cell[from] -= amount;
      cell[to] += amount;
      total += amount;
      if (origin?.isCarried && kind.endsWith('-reduce')) cell.reversed += amount;
      need([cell[from], cell[to], cell.reversed, total].every((sum) => Math.abs(sum) <= MONEY_MAX), 'large');
      need(direction === 'R' || cell.available >= 0, 'available');
      need(cell.council <= 0, 'voted');
      need(cell.reserved >= 0 && cell.ordered + cell.reversed >= 0 && cell.council + cell.available + cell.reserved + cell.ordered === 0, 'unsound');
      after.set(place, cell);
    }
    need(origin === null || total <= origin.act.left, left);
    return { after, total };
  }

  checkKind({ kind, postings }, year) {
    if (kind === 'transfer') {
      need(postings.every(({ section }) => section === postings[0].section), 'section');
      need(postings.reduce((sum, { to, amount }) => sum + (to === 'available' ? amount : -amount), 0) === 0, 'balance');
    }
    if (kind === 'close') for (const cell of year.cells.values()) need(cell.reserved === 0, 'open');
  }

  keep({ id, instant, kind, postings }, year, origin, { after, total }) {
    for (const [place, cell] of after) year.cells.set(place, cell);
    if (origin !== null) origin.act.left -= total;
    if (origin !== null && !origin.isCarried) {
      for (const posting of postings) origin.act.lines.set(placeOf(posting), origin.act.lines.get(placeOf(posting)) - posting.amount);
    }
    const isKept = ['engage', 'order', 'order-direct', 'title'].includes(kind);
    this.acts.push({ kind, year, left: isKept ? total : 0,
      lines: isKept ? new Map(postings.map((posting) => [placeOf(posting), posting.amount])) : null });
    this.ids.set(id.toLowerCase(), true);
    this.exercises.set(`${year.budget} ${year.exercise}`, year);
    year.isClosed = kind === 'close';
    this.instant = instant;
    this.postings += postings.length;
  }

  // The statement that its digest is of: engine/statement.h says its lines.
  * statement() {
    const sorted = (rows) => [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [name, year] of sorted(this.exercises)) {
      yield `exercise ${name} ${year.isClosed ? 'closed' : 'open'}\n`;
      for (const [row, number] of sorted(Object.entries(year.drawn))) yield `drawn ${row} ${number}\n`;
      for (const [place, cell] of sorted(year.cells)) {
        yield `cell ${place[0]} ${place[1]} ${place.slice(2)} ${ACCOUNTS.map((account) => cell[account]).join(' ')}\n`;
      }
    }
    yield `entries ${this.acts.length} ${this.hash.toString('hex')}\n`;
  }

  digest() {
    return sha256(...this.statement()).toString('hex');
  }
}

async function* linesOf(file) {
  let rest = '';
  for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function verify(file) {
  const ledger = new Ledger();
  try {
    for await (const line of linesOf(file)) ledger.take(entryOf(line));
  } catch (error) {
    process.exitCode = Math.max(process.exitCode ?? 0, error instanceof Broken ? 1 : 2);
    return `${file}: ${error instanceof Broken ? `entry ${ledger.acts.length + 1}: ${error.message}` : error.message}`;
  }
  return `${file}: ${ledger.acts.length} entries, ${ledger.postings} postings, hash ${ledger.hash.toString('hex')}, digest ${ledger.digest()}`;
}

export { ACCOUNTS, Broken, KINDS, Ledger, linesOf };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.length < 3) {
    console.error('node tools/verify_journal.mjs FILE.jsonl...');
    process.exitCode = 2;
  }
  for (const file of process.argv.slice(2)) console.log(await verify(file));
}
