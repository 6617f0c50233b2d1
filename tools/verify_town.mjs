// verify_town.mjs: a second reader of a town's accounting, out of the files it leaves with; it shares no code with the first.
//
//     node tools/verify_town.mjs FOLDER...
//
// FOLDER is what `parvis town export NAME FOLDER` writes. The journal is proven as verify_journal.mjs does (I1 to I7, I10,
// I12); then that mandats, titres and engagements are their entries and their lines sum up to them (I1), that numbers of
// pieces and bordereaux run from 1 (I5), that pieces go back to what their entries do (I7) and are paid on an account of
// whom they pay, that acts whose credits were opened are in balance (I8), that each signed file says
// what its pieces come to (I9), that nobody signed what they attested where that was kept apart (I11), that what was carried
// into the next year is what was released and listed (I13), that depreciation sums up to its mandats and never above what an
// asset cost (I14), that instalments of loans are their mandats, that programmes bear what is engaged and ordered of them
// (AP/CP), and that every exercise is of a budget of the town (I15). verify_plans.mjs reckons plans, schedules, operations of
// order and régies again. One line for each thing that does not hold, and a remark where a régie held more than its ceiling;
// then, for each folder, what was counted and the digest that `parvis accounting verify` prints too. Exit code 0: all holds; 1: something does not; 2: a file could not be read. No dependencies.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNTS, Broken, KINDS, Ledger, linesOf } from './verify_journal.mjs';
import { checkPairs, checkPlans, checkRegies, checkSchedules, groups, isSeries, remarkCeilings, sum } from './verify_plans.mjs';

// ---- files ----

// RFC 4180: the rows as objects.
function csv(folder, name) {
  const file = path.join(folder, name);
  if (!existsSync(file)) return [];
  const rows = [];
  let row = [];
  let at = 0;
  const text = readFileSync(file, 'utf8');
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error(`${name}: a quote has no end`);
        cell += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else {
      const end = text.slice(at).search(/[,\r\n]|$/);
      cell = text.slice(at, at + end);
      at += end;
    }
    row.push(cell);
    if (text[at] === '\r') at++;
    if (text[at] !== ',') {
      rows.push(row);
      row = [];
    }
    at++;
  }
  const [heads, ...values] = rows;
  return values.map((cells) => Object.fromEntries(heads.map((head, i) => [head, cells[i]])));
}

async function* jsonl(folder, name) {
  const file = path.join(folder, name);
  if (!existsSync(file)) return;
  for await (const line of linesOf(file)) if (line !== '') yield JSON.parse(Buffer.from(line, 'latin1').toString('utf8'));
}

// ---- the bytes of an entry, back to what they say: little-endian, version 1 ----

const dayOf = (days) => new Date(days * 86400000).toISOString().slice(0, 10);

function entryOf(bytes, hash) {
  let at = 0;
  const take = (size) => {
    if (at + size > bytes.length) throw new Broken('engine.bytes');
    at += size;
    return bytes.subarray(at - size, at);
  };
  const number = (size) => take(size).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const small = (size) => Number(number(size));
  const text = (length) => take(length).toString('latin1');
  if (small(1) !== 1) throw new Broken('engine.bytes');
  const entry = { kind: KINDS[small(1) - 1], internal: small(1) === 1, series: number(1), sequence: number(8), id: take(16).toString('hex'),
    instant: BigInt.asIntN(64, number(8)), day: dayOf(Number(BigInt.asIntN(32, number(4)))), entered: dayOf(Number(BigInt.asIntN(32, number(4)))),
    actor: BigInt.asIntN(64, number(8)), number: number(4), reference: number(8), exercise: number(2) };
  const [postings, budget, label] = [small(2), small(1), small(1)];
  Object.assign(entry, { budget: text(budget), label: text(label), hash: hash.toString('hex') });
  entry.postings = Array.from({ length: postings }, () => {
    const [section, direction, from, to] = [...take(4)];
    const cents = BigInt.asIntN(64, number(8));
    return { section: section ? 'I' : 'F', direction: direction ? 'R' : 'D', from: ACCOUNTS[from], to: ACCOUNTS[to], cents, level: text(small(1)) };
  });
  if (at !== bytes.length || entry.kind === undefined) throw new Broken('engine.bytes');
  return entry;
}

// ---- what must agree ----

const PIECES = ['order', 'order-direct', 'order-reduce', 'title', 'title-reduce'];

function* checkPieces(town) {
  const { entries, pieces, engagements, imputations, budgets } = town;
  const lines = groups(imputations, ({ sequence }) => sequence);
  for (const entry of entries) {
    const { kind, sequence, number, exercise, budget, postings } = entry;
    const isPiece = PIECES.includes(kind);
    if (!isPiece && kind !== 'engage') continue;
    const row = (isPiece ? pieces : engagements).get(String(sequence));
    if (row === undefined || BigInt(row.number) !== number || BigInt(row.year) !== exercise || budgets.get(row.budget) !== budget ||
      (isPiece && (row.is_receipt === '1') !== kind.startsWith('title'))) yield `entry ${sequence}: it is not the ${isPiece ? 'piece' : 'engagement'} that stands for it (I5)`;
    const mine = lines.get(String(sequence)) ?? [];
    for (const { level, section, cents } of postings) {
      const found = mine.filter((line) => line.level === level && (line.section === '1') === (section === 'I'));
      if (sum(found.map(({ net }) => net)) !== cents) yield `entry ${sequence}: its lines at ${level} do not sum up to its posting (I1)`;
    }
    if (sum(mine.map(({ net }) => net)) !== sum(postings.map(({ cents }) => cents))) yield `entry ${sequence}: its lines do not sum up to it (I1)`;
  }
  const known = new Set(entries.map(({ sequence }) => String(sequence)));
  for (const sequence of [...pieces.keys(), ...engagements.keys()]) if (!known.has(sequence)) yield `piece at ${sequence}: the journal has no such entry (I5)`;
}

// A mandat is of its engagement and what corrects a piece of that one, as their entries say (I7); it is paid on an account
// of whom it pays; what was ordered of an engagement, less what was taken back, was attested.
function* checkLinks(town) {
  const { entries, pieces, banks, bills, attests } = town;
  const [ordered, engagementOf] = [new Map(), new Map()];
  for (const { kind, sequence, reference, postings } of entries) {
    const piece = pieces.get(String(sequence));
    if (kind === 'order') engagementOf.set(sequence, String(reference));
    const engagement = kind === 'order-reduce' ? engagementOf.get(reference) : kind === 'order' ? String(reference) : undefined;
    const cents = sum(postings.map((one) => one.cents));
    if (engagement !== undefined) ordered.set(engagement, (ordered.get(engagement) ?? 0n) + (kind === 'order' ? cents : -cents));
    if (piece === undefined) continue;
    const back = kind === 'order' ? piece.engagement : piece.origin;
    if (BigInt(back || 0) !== reference) yield `entry ${sequence}: its piece goes back to ${back || 'nothing'}, the journal to ${reference} (I7)`;
    const bank = banks.get(piece.bank);
    if (Number(piece.bank) > 0 && bank?.party !== piece.party) yield `entry ${sequence}: it is paid on an account of another third party (I7)`;
    const bill = bills.get(piece.bill);
    if (bill !== undefined && String(bill.party) !== piece.party) yield `entry ${sequence}: its invoice is of another third party (I7)`;
  }
  const attested = groups(attests, ({ engagement }) => engagement);
  for (const [engagement, amount] of ordered) {
    const done = sum((attested.get(engagement) ?? []).map((one) => one.amount));
    if (amount > done) yield `engagement ${engagement}: ${amount} cents were ordered, ${done} attested (I7)`;
  }
}

// The values of the elements of that name, in a file whose elements say what they are by V.
const values = (text, name) => [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s+V\\s*=\\s*["']([^"']*)["']`, 'gi'))].map(([, value]) => value);
const cents = (text) => BigInt(Math.round(Number(text) * 100));

// `own`: what its pieces come to; `running`: with those of the bordereaux before it in its series.
function* checkFile(slip, inside, own, running) {
  const text = Buffer.from(slip.file, 'base64').toString('latin1');
  const slipSum = sum([...values(text, 'MtBordHT'), ...values(text, 'MtBordTVA')].map(cents));
  const lineSum = sum([...values(text, 'MtHT'), ...values(text, 'MtTVA')].map(cents));
  if (slipSum !== own || lineSum !== own) yield `bordereau ${slip.id}: its file says ${slipSum} and ${lineSum} cents, its pieces ${own} (I9)`;
  const said = values(text, 'MtCumulAnnuel')[0];
  if (said !== undefined && cents(said) !== running) yield `bordereau ${slip.id}: its file says ${said} since the year began, its series ${running} cents (I9)`;
  if (values(text, 'IdBord')[0] === undefined || Number(values(text, 'IdBord')[0]) !== slip.number) yield `bordereau ${slip.id}: its file has another number (I9)`;
  if (values(text, 'IdPce').map(Number).join() !== inside.map(({ number }) => Number(number)).join()) yield `bordereau ${slip.id}: its file has other pieces (I9)`;
}

function* checkSlips(town) {
  const pieces = groups(town.pieces.values(), ({ slip }) => slip), lines = groups(town.imputations, ({ sequence }) => sequence);
  const lineSum = ({ sequence }) => sum((lines.get(sequence) ?? []).flatMap(({ net, tax }) => [net, tax]));
  const own = ({ id }) => sum((pieces.get(String(id)) ?? []).map(lineSum));
  const running = new Map();
  for (const [name, series] of groups(town.slips, (slip) => `${slip.budget} ${slip.year} ${slip.is_receipt} ${slip.type}`)) {
    if (!isSeries(series.map(({ number }) => number))) yield `bordereaux ${name}: their numbers are not 1 to ${series.length} (I5)`;
    let sofar = 0n;
    for (const slip of series.sort((one, other) => one.number - other.number)) running.set(slip.id, sofar += own(slip));
  }
  for (const slip of town.slips) {
    const inside = (pieces.get(String(slip.id)) ?? []).sort((one, other) => one.place - other.place);
    if (!isSeries(inside.map(({ place }) => place))) yield `bordereau ${slip.id}: its pieces do not stand at 1 to ${inside.length} (I5)`;
    if (inside.some((piece) => piece.budget !== String(slip.budget) || piece.year !== String(slip.year) || piece.is_receipt !== String(slip.is_receipt))) {
      yield `bordereau ${slip.id}: a piece in it is of another budget, year or sense (I9)`;
    }
    const apart = town.apart.findLast(({ at_ms: at }) => at <= slip.signed_ms)?.detail !== 'no';
    const engaged = new Set(inside.map(({ engagement }) => engagement));
    if (apart && slip.signed_by && town.attests.some((one) => engaged.has(one.engagement) && one.person === slip.signed_by && Number(one.at_ms) <= slip.signed_ms)) {
      yield `bordereau ${slip.id}: ${slip.signed_by} attested what they signed (I11)`;
    }
    if (slip.file) yield* checkFile(slip, inside, own(slip), running.get(slip.id));
  }
}

// CGCT L1612-4 and the instruction M57: expenses of a section never above its receipts; 021 is 023, 040 is 042, 041 is 041.
function* checkActs(town) {
  for (const { act: id } of town.openings) {
    const act = town.acts.find((one) => one.id === id);
    if (act === undefined || act.kind === 'VC' || act.kind === '02') continue;
    const lines = town.lines.filter((line) => line.act === id && line.nature !== '');
    const total = (fits) => sum(lines.filter(fits).flatMap((line) => (BigInt(line.has) & 16n ? [line.opened] : [line.voted, line.carried])));
    const chapter = (code, direction) => total((line) => line.group_chapter === code && line.direction === direction);
    for (const section of ['0', '1']) {
      const [expense, receipt] = ['0', '1'].map((direction) => total((line) => line.section === section && line.direction === direction));
      if (expense > receipt) yield `act ${id}: expenses of section ${section === '1' ? 'I' : 'F'} are ${expense} cents, receipts ${receipt} (I8)`;
    }
    for (const [one, other] of [['023', '021'], ['040', '042'], ['042', '040'], ['041', '041'], ['043', '043']]) {
      if (chapter(one, '0') !== chapter(other, '1')) yield `act ${id}: ${one} is not ${other} (I8)`;
    }
  }
}

function* checkCarried(town) {
  const bySequence = new Map(town.entries.map((entry) => [String(entry.sequence), entry]));
  const amount = (sequence) => sum(bySequence.get(sequence)?.postings.map(({ cents: one }) => one) ?? []);
  const listed = groups(town.remains, ({ engagement }) => String(engagement));
  for (const { engagement, entry, amount: carried, next } of town.carried) {
    if (amount(entry) !== BigInt(carried) || String(bySequence.get(entry)?.reference) !== engagement) yield `engagement ${engagement}: entry ${entry} did not carry ${carried} cents over (I13)`;
    const remains = listed.get(engagement) ?? [];
    if (bySequence.get(entry)?.kind === 'release' && sum(remains.map((one) => one.amount)) !== BigInt(carried)) yield `engagement ${engagement}: ${carried} cents were released, ${sum(remains.map((one) => one.amount))} listed (I13)`;
    if (next !== '' && next !== '0' && amount(next) !== BigInt(carried)) yield `engagement ${engagement}: ${carried} cents were carried over, ${amount(next)} engaged again (I13)`;
  }
}

// Mandats of depreciation are the sum of what they charge, once a year each asset, and no asset is charged above its cost.
function* checkAssets(town) {
  const bySequence = new Map(town.entries.map((entry) => [String(entry.sequence), entry]));
  const amount = (entry) => sum(entry?.postings.map(({ cents }) => cents) ?? []);
  const reductions = groups(town.entries.filter(({ kind }) => kind === 'order-reduce'), ({ reference }) => String(reference));
  for (const [piece, charges] of groups(town.charges, ({ piece: one }) => one)) {
    const posted = amount(bySequence.get(piece));
    if (posted > 0n && sum((reductions.get(piece) ?? []).map(amount)) === posted) continue; // cancelled whole: it charges nothing
    const charged = sum(charges.map(({ amount }) => amount));
    if (posted !== charged) yield `entry ${piece}: it charges assets with ${charged} cents, the journal says ${posted} (I14)`;
    if (charges.some(({ year }) => BigInt(year) !== BigInt(bySequence.get(piece)?.exercise ?? 0))) yield `entry ${piece}: it charges another year (I14)`;
  }
  const ofAsset = groups(town.charges, ({ asset }) => asset);
  for (const asset of town.assets) {
    const charges = ofAsset.get(asset.id) ?? [];
    const base = asset.years === '0' ? 0n : BigInt(asset.cost) - BigInt(asset.before);
    if (sum(charges.map(({ amount }) => amount)) > base) yield `asset ${asset.number}: it is charged with more than ${base} cents (I14)`;
    if (new Set(charges.map(({ year }) => year)).size !== charges.length) yield `asset ${asset.number}: a year is charged twice (I14)`;
  }
}

// Each mandat of a loan is one instalment, to its lender; an instalment has one mandat that was not cancelled whole; the
// bank's schedule pays back what was borrowed, and of a mandat that was reduced may say what was left.
function* checkLoans(town) {
  const bySequence = new Map(town.entries.map((entry) => [String(entry.sequence), entry]));
  const cents = (entry) => sum(entry?.postings.map(({ cents: one }) => one) ?? []);
  const backs = groups(town.entries.filter(({ kind }) => ['order-reduce', 'title'].includes(kind)), ({ reference }) => String(reference));
  const left = (piece) => cents(bySequence.get(piece)) - sum((backs.get(piece) ?? []).map(cents));
  for (const loan of town.loans) {
    const bank = town.instalments.filter((one) => one.loan === loan.id);
    const capital = sum(bank.map((one) => one.capital));
    if (bank.length > 0 && (capital !== BigInt(loan.borrowed) || !isSeries(bank.map(({ place }) => place)))) yield `loan ${loan.number}: its schedule pays back ${capital} cents (debt)`;
    for (const { place, piece } of town.repaid.filter((one) => one.loan === loan.id)) {
      const due = bank.find((one) => one.place === place);
      const posted = cents(bySequence.get(piece)), wanted = BigInt(due?.capital ?? 0) + BigInt(due?.interest ?? 0);
      if (due !== undefined && left(piece) > 0n && (wanted > posted || wanted < left(piece))) yield `loan ${loan.number}: instalment ${place} was ordered with ${posted} cents (debt)`;
      if (town.pieces.get(piece)?.party !== loan.lender) yield `loan ${loan.number}: instalment ${place} was not paid to its lender (debt)`;
    }
  }
  for (const [due, rows] of groups(town.repaid.filter(({ piece }) => left(piece) > 0n), ({ loan, place }) => `${loan} instalment ${place}`)) if (rows.length > 1) yield `loan ${due}: it is ordered by ${rows.length} mandats (debt)`;
  for (const [piece, rows] of groups(town.repaid, ({ piece: one }) => one)) if (rows.length > 1) yield `entry ${piece}: it pays ${rows.length} instalments (debt)`;
  const paid = new Set(town.repaid.map(({ piece }) => piece));
  for (const piece of town.pieces.values()) if (piece.nature === '04' && piece.is_receipt === '0' && !Number(piece.origin) && !paid.has(piece.sequence)) yield `entry ${piece.sequence}: it is of a loan and pays no instalment (debt)`;
}

// CGCT L2311-3: engagements of a programme, with what of them waits for later years, never pass what is authorised, mandats
// of a year never its credits of payment. What corrects a mandat in its own year gives back. A rest that a later year takes up
// is what that year engages and what goes on waiting.
function* checkProgrammes(town) {
  const amount = ({ postings }) => sum(postings.map(({ cents: one }) => one));
  const rests = groups(town.later, ({ engagement }) => engagement);
  const restOf = (engagement, fits = () => true) => sum((rests.get(engagement) ?? []).filter(fits).map(({ net }) => net));
  const waits = ({ next, released_ms: released }) => !Number(next) && !Number(released);
  const taken = new Map(town.later.filter(({ next }) => Number(next)).map(({ next, engagement }) => [next, engagement]));
  for (const [next, engagement] of taken) {
    const whole = restOf(engagement, (row) => row.next === next);
    const goes = sum(town.entries.filter(({ sequence }) => String(sequence) === next).map(amount)) + restOf(next);
    if (goes !== whole) yield `engagement ${next}: ${goes} cents go on, of a rest of ${whole} (AP/CP)`;
  }
  const on = (kind, these, fits = () => true) => town.entries.filter((entry) => entry.kind === kind && these.has(String(entry.reference)) && fits(entry));
  for (const programme of town.programmes) {
    const used = new Set(town.uses.filter((use) => use.programme === programme.id).map(({ engagement }) => engagement));
    const orders = new Map(on('order', used).map((entry) => [String(entry.sequence), entry]));
    const reductions = on('order-reduce', orders, ({ reference, exercise }) => orders.get(String(reference)).exercise === exercise);
    const engaged = sum(town.entries.filter(({ sequence }) => used.has(String(sequence))).map(amount)) - sum([...on('release', used), ...reductions].map(amount)) +
      sum([...used].map((engagement) => restOf(engagement, waits)));
    if (engaged > BigInt(programme.authorised)) yield `programme ${programme.number}: ${engaged} cents are engaged, ${programme.authorised} authorised (AP/CP)`;
    for (const year of new Set([...orders.values()].map(({ exercise }) => exercise))) {
      const of = (entries) => sum(entries.filter(({ exercise }) => exercise === year).map(amount));
      const ordered = of([...orders.values()]) - of(reductions);
      const credit = sum(town.credits.filter((row) => row.programme === programme.id && BigInt(row.year) === BigInt(year)).map((row) => row.credit));
      if (ordered > credit) yield `programme ${programme.number}: ${ordered} cents are ordered in ${year}, of ${credit} (AP/CP)`;
    }
  }
}

function* checkBudgets(town) {
  const own = new Set(town.budgets.values());
  for (const name of new Set(town.entries.map(({ budget }) => budget))) if (!own.has(name)) yield `budget ${name}: it is none of this town (I15)`;
}

// ---- a folder ----

async function read(folder) {
  if (!existsSync(path.join(folder, 'accounting_entries.jsonl'))) throw new Error('it has no accounting_entries.jsonl: no town left here');
  const town = { entries: [], ledger: new Ledger(), slips: [], apart: [], remains: [], bills: new Map() };
  for await (const { bytes, hash } of jsonl(folder, 'accounting_entries.jsonl')) {
    const entry = entryOf(Buffer.from(bytes, 'base64'), Buffer.from(hash, 'base64'));
    town.entries.push(entry);
    town.ledger.take({ ...entry, postings: entry.postings.map((posting) => ({ ...posting })) });
  }
  for await (const slip of jsonl(folder, 'accounting_slips.jsonl')) town.slips.push(slip);
  for await (const bill of jsonl(folder, 'accounting_bills.jsonl')) town.bills.set(String(bill.id), bill);
  for await (const row of jsonl(folder, 'accounting_remains.jsonl')) town.remains.push(row);
  for await (const row of jsonl(folder, 'audit.jsonl')) if (row.kind === 'accounting.apart') town.apart.push(row);
  for (const [name, file] of Object.entries({ imputations: 'imputations', attests: 'attests', openings: 'openings', acts: 'acts', lines: 'lines', carried: 'carried',
    programmes: 'programmes', credits: 'programme_years', uses: 'programme_uses', later: 'later', assets: 'assets', charges: 'charges', loans: 'loans', instalments: 'instalments',
    repaid: 'repaid', rates: 'loan_rates', accrued: 'accrued', pairs: 'pairs', regies: 'regies', takings: 'takings', deposits: 'deposits' })) {
    town[name] = csv(folder, `accounting_${file}.csv`);
  }
  town.pieces = new Map(csv(folder, 'accounting_pieces.csv').map((row) => [row.sequence, row]));
  town.banks = new Map(csv(folder, 'accounting_party_accounts.csv').map((row) => [row.id, row]));
  town.engagements = new Map(csv(folder, 'accounting_engagements.csv').map((row) => [row.sequence, row]));
  town.budgets = new Map(csv(folder, 'accounting_budgets.csv').map(({ id, siret }) => [id, siret]));
  return town;
}

async function verify(folder) {
  try {
    const town = await read(folder);
    let found = 0;
    for (const check of [checkPieces, checkLinks, checkSlips, checkActs, checkCarried, checkAssets, checkPlans, checkLoans, checkSchedules, checkPairs,
      checkRegies, checkProgrammes, checkBudgets]) {
      for (const finding of check(town)) {
        found++;
        console.log(`${folder}: ${finding}`);
      }
    }
    for (const remark of remarkCeilings(town)) console.log(`${folder}: (remark) ${remark}`);
    if (found > 0) process.exitCode = Math.max(process.exitCode ?? 0, 1);
    return `${folder}: ${town.entries.length} entries, ${town.pieces.size} pieces, ${town.slips.length} bordereaux, ${found} findings, digest ${town.ledger.digest()}`;
  } catch (error) {
    process.exitCode = Math.max(process.exitCode ?? 0, error instanceof Broken ? 1 : 2);
    return `${folder}: ${error.message}`;
  }
}

if (process.argv.length < 3) {
  console.error('node tools/verify_town.mjs FOLDER...');
  process.exitCode = 2;
}
for (const folder of process.argv.slice(2)) console.log(await verify(folder));
