// verify_plans.mjs: what verify_town.mjs reckons again of the inventory, of loans, of operations of order and of régies, by the
// texts and with no line of the program: straight-line depreciation of each asset, the schedule of each loan, both halves of
// each operation, and takings against their titres and what was handed over. Whole cents throughout. No dependencies.
const sum = (values) => values.reduce((all, one) => all + BigInt(one), 0n);
const groups = (rows, key) => {
  const found = new Map();
  for (const row of rows) {
    const name = key(row);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(row);
  }
  return found;
};
const isSeries = (numbers) => numbers.map(Number).sort((one, other) => one - other).every((number, i) => number === i + 1);
const least = (one, other) => (one < other ? one : other);

const amountOf = (entry) => sum(entry?.postings.map(({ cents }) => cents) ?? []);

// What each act comes to, and what is left of it after acts that take back some of it.
function amountsOf(town) {
  const all = new Map(town.entries.map((entry) => [String(entry.sequence), { entry, amount: amountOf(entry), left: amountOf(entry) }]));
  for (const entry of town.entries) {
    if (!['order-reduce', 'title-reduce', 'title', 'order-direct'].includes(entry.kind)) continue;
    const back = all.get(String(entry.reference));
    if (back !== undefined) back.left -= amountOf(entry);
  }
  return all;
}

// ---- days ----

const DAY = 86400000;
const civil = (days) => {
  const date = new Date(Number(days) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
const daysOf = (year, month, day) => Date.UTC(year, month - 1, day) / DAY;
const written = (days) => new Date(Number(days) * DAY).toISOString().slice(0, 10);

// ---- depreciation (CGCT R2321-1; instruction M57) ----

const [DAYS_365, DAYS_360, WHOLE_YEARS] = ['0', '1', '2'];

// What was depreciated before is past: the rest goes over the whole years that are left.
function termsOf(asset) {
  const terms = { base: BigInt(asset.cost), years: Number(asset.years), from: Number(asset.commissioned), basis: asset.basis };
  if (asset.before_year === '0') return terms;
  const passed = Number(asset.before_year) - civil(terms.from).year + (asset.basis === WHOLE_YEARS ? 0 : 1);
  return { base: terms.base - BigInt(asset.before), years: Math.max(terms.years - passed, 1), from: daysOf(Number(asset.before_year), 12, 31), basis: WHOLE_YEARS };
}

// Days that the first year counts, of how many; the day of commissioning is within.
function firstDays({ basis, from }) {
  const { year, month, day } = civil(from);
  if (basis === DAYS_360) return [(12 - month) * 30 + 31 - Math.min(day, 30), 360];
  return [basis === DAYS_365 ? Math.min(daysOf(year, 12, 31) - from + 1, 365) : 365, 365];
}

// The charge of each year, cut down to the cent; the last has what is left.
function planOf(terms) {
  const [days, whole] = firstDays(terms);
  const plan = new Map();
  const first = civil(terms.from).year + (terms.basis === WHOLE_YEARS ? 1 : 0);
  const count = terms.years + (days === whole ? 0 : 1);
  let left = terms.base;
  for (let i = 0; i < count; i++) {
    const share = i === 0 ? terms.base * BigInt(days) / BigInt(terms.years * whole) : terms.base / BigInt(terms.years);
    const charge = i === count - 1 ? left : share;
    plan.set(first + i, charge);
    left -= charge;
  }
  return plan;
}

// The year in which it left is charged for its days, and none after; by whole years that year is not charged.
function chargeOfLast(asset, terms, plan) {
  const gone = civil(asset.gone);
  if (asset.basis === WHOLE_YEARS) return 0n;
  const start = civil(terms.from).year === gone.year ? civil(terms.from) : { year: gone.year, month: 1, day: 1 };
  const days = asset.basis === DAYS_360 ? (gone.month - start.month) * 30 + Math.min(gone.day, 30) - Math.min(start.day, 30) + 1
    : Math.min(Number(asset.gone) - daysOf(start.year, start.month, start.day) + 1, 365);
  const [first, whole] = firstDays(terms);
  const used = first === whole ? whole : whole - first; // of its last year, where it was used up
  if (Math.max(...plan.keys()) === gone.year && days >= used) return plan.get(gone.year);
  return least(terms.base * BigInt(days) / BigInt(terms.years * (asset.basis === DAYS_360 ? 360 : 365)), plan.get(gone.year));
}

export function* checkPlans(town) {
  const amounts = amountsOf(town);
  const charged = groups(town.charges, ({ asset }) => asset);
  for (const asset of town.assets) {
    const terms = termsOf(asset);
    const plan = asset.years === '0' || terms.base <= 0n ? new Map() : planOf(terms);
    const leaves = asset.gone === '0' ? undefined : civil(asset.gone).year;
    for (const { year, amount, piece } of charged.get(asset.id) ?? []) {
      if (amounts.get(piece)?.left === 0n) continue; // cancelled: it charges nothing
      const wanted = [plan.get(Number(year)) ?? 0n];
      if (leaves === Number(year) && plan.has(leaves)) wanted.push(chargeOfLast(asset, terms, plan)); // charged when that was said
      if (!wanted.includes(BigInt(amount))) yield `asset ${asset.number}: ${year} was charged with ${amount} cents, its plan says ${wanted.join(' or ')} (I14)`;
      if (town.pieces.get(piece)?.budget !== asset.budget) yield `asset ${asset.number}: it is charged in another budget (I14)`;
    }
  }
}

// ---- loans at a fixed rate (annex EMPRUNT: profiles P, C and F) ----

const [PROGRESSIVE, CONSTANT] = ['0', '1'];
const RATE_WHOLE = 1000000n;

// The nearest cent of amount * by / of, halves up.
const share = (amount, by, of) => (2n * amount * by + of) / (2n * of);

// borrowed * i / (1 - (1 + i)^-count), to 18 digits: i is rate / (RATE_WHOLE * a_year).
function annuityOf({ borrowed, rate, aYear, count }) {
  if (rate === 0n) return borrowed / BigInt(count);
  const [unit, finer, year] = [10n ** 18n, 10n ** 6n, RATE_WHOLE * aYear];
  let power = unit * finer;
  for (let i = 0; i < count; i++) power = power * year / (year + rate);
  const rest = (unit * finer - power) / finer;
  return (borrowed * rate * unit / year + rest / 2n) / rest;
}

function duesOf(terms) {
  const annuity = terms.profile === PROGRESSIVE ? annuityOf(terms) : 0n;
  let left = terms.borrowed;
  return Array.from({ length: terms.count }, (_, i) => {
    const interest = share(left, terms.rate, RATE_WHOLE * terms.aYear);
    const own = terms.profile === PROGRESSIVE ? least(annuity - interest, left) : terms.profile === CONSTANT ? terms.borrowed / BigInt(terms.count) : 0n;
    const capital = i === terms.count - 1 ? left : own;
    left -= capital;
    return { due: dueOf(terms, i), interest, capital, left };
  });
}

// The same day of its month, or the last one of a month that is shorter.
function dueOf({ first, aYear }, place) {
  const { year, month, day } = civil(first);
  const months = year * 12 + month - 1 + place * (12 / Number(aYear));
  const next = daysOf(Math.floor((months + 1) / 12), (months + 1) % 12 + 1, 1);
  return Math.min(daysOf(Math.floor(months / 12), months % 12 + 1, 1) + day - 1, next - 1);
}

// As the bank says where it does; else by its terms, anew on what is left from each day that its rate was revised.
function scheduleOf(town, loan) {
  const bank = town.instalments.filter((one) => one.loan === loan.id).sort((one, other) => one.place - other.place);
  if (bank.length > 0) return bank.map(({ due, interest, capital }) => ({ due: Number(due), interest: BigInt(interest), capital: BigInt(capital) }));
  const terms = { profile: loan.profile, borrowed: BigInt(loan.borrowed), rate: BigInt(loan.rate), aYear: BigInt(loan.a_year), count: Number(loan.count), first: loan.first };
  const dues = duesOf(terms);
  const rates = town.rates.filter((one) => one.loan === loan.id).sort((one, other) => one.since - other.since);
  for (const { since, rate } of rates) {
    const from = dues.findIndex(({ due }) => due >= Number(since));
    const borrowed = from > 0 ? dues[from - 1].left : terms.borrowed;
    if (from < 0 || borrowed === 0n) continue;
    const again = duesOf({ ...terms, borrowed, rate: BigInt(rate), count: dues.length - from });
    again.forEach((one, i) => { dues[from + i] = { ...one, due: dues[from + i].due }; });
  }
  return dues;
}

export function* checkSchedules(town) {
  const amounts = amountsOf(town);
  const lines = groups(town.imputations, ({ sequence }) => sequence);
  for (const loan of town.loans) {
    const schedule = scheduleOf(town, loan);
    for (const { place, piece } of town.repaid.filter((one) => one.loan === loan.id)) {
      if (amounts.get(piece)?.left === 0n) continue; // cancelled: it pays nothing
      const due = schedule[Number(place) - 1];
      const of = (section) => sum((lines.get(piece) ?? []).filter((line) => line.section === section).map(({ net }) => net));
      if (due === undefined) yield `loan ${loan.number}: it has no instalment ${place} (debt)`;
      else if (of('1') !== due.capital || of('0') !== due.interest) yield `loan ${loan.number}: instalment ${place} pays ${of('1')} cents of capital and ${of('0')} of interest, its schedule says ${due.capital} and ${due.interest} (debt)`;
    }
    for (const { year, piece } of town.accrued.filter((one) => one.loan === loan.id)) {
      const { year: of, party, type } = town.pieces.get(piece) ?? {};
      if (of !== year || party !== loan.lender || type !== '10') yield `loan ${loan.number}: interest that ran in ${year} is not attached by entry ${piece} (debt)`;
    }
  }
}

// ---- operations of order: what stands against what (charts M57 and M4) ----

const PAIRS = { 'disposal.book': ['675', '2'], 'disposal.gain': ['6761', '192'], 'disposal.loss': ['192', '7761'], depreciation: ['681', '28'],
  grant: ['139', '777'], spread: ['6812', '481'], works: ['2', '72'], 'free.between': ['', ''], study: ['2', '203'], advance: ['23', '238'],
  commission: ['2', '23'], gift: ['2044', '2'], 'free.within': ['', ''] };
const WITHIN = ['study', 'advance', 'commission', 'gift', 'free.within'];
const ORDER = '03'; // TypPce: opération d’ordre

export function* checkPairs(town) {
  const amounts = amountsOf(town);
  const lines = groups(town.imputations, ({ sequence }) => sequence);
  const used = new Map();
  for (const { expense, receipt, kind } of town.pairs) {
    const name = `operation of order ${expense}, ${receipt}`;
    const [mandat, titre] = [expense, receipt].map((sequence) => town.pieces.get(sequence));
    for (const half of [expense, receipt]) used.set(half, (used.get(half) ?? 0) + 1);
    if (mandat?.is_receipt !== '0' || titre?.is_receipt !== '1' || mandat.type !== ORDER || titre.type !== ORDER) {
      yield `${name}: its halves are no mandat and titre of order (I8)`;
      continue;
    }
    if (mandat.budget !== titre.budget || mandat.year !== titre.year) yield `${name}: its halves are of two budgets or years (I8)`;
    const [spent, received] = [expense, receipt].map((sequence) => amounts.get(sequence) ?? { amount: 0n, left: 0n });
    if (spent.amount !== received.amount || spent.left !== received.left) yield `${name}: its halves come to ${spent.left} and ${received.left} cents (I8)`;
    const accounts = PAIRS[kind];
    if (accounts === undefined) {
      yield `${name}: there is no kind ${kind} (I8)`;
      continue;
    }
    const [one, other] = [expense, receipt].map((sequence) => lines.get(sequence) ?? []);
    if (!one.every(({ nature }) => nature.startsWith(accounts[0])) || !other.every(({ nature }) => nature.startsWith(accounts[1]))) yield `${name}: its accounts are none of ${kind} (I8)`;
    const sections = new Set([...one, ...other].map(({ section }) => section));
    if (sections.size !== (WITHIN.includes(kind) ? 1 : 2)) yield `${name}: it does not go ${WITHIN.includes(kind) ? 'within a section' : 'from one section to the other'} (I8)`;
  }
  for (const [half, times] of used) if (times > 1) yield `entry ${half}: it is half of ${times} operations of order (I8)`;
  for (const piece of town.pieces.values()) if (piece.type === ORDER && !Number(piece.origin) && !used.has(piece.sequence)) yield `entry ${piece.sequence}: it is of order and has no other half (I8)`;
}

// ---- régies (CGCT R1617-1 and following) ----

const REGIE = '05'; // NatPce of a titre

function* checkTakings(town, regie, takings) {
  const byId = new Map(takings.map((one) => [one.id, one]));
  for (const one of takings) {
    const back = byId.get(one.undoes);
    const isRight = one.undoes === '0' ? BigInt(one.amount) > 0n
      : back?.undoes === '0' && BigInt(back.amount) === -BigInt(one.amount) && back.day === one.day && back.kind === one.kind && back.means === one.means;
    if (!isRight) yield `régie ${regie.code}: taking ${one.id} is below 0 and undoes none (régie)`;
    if (Number(one.day) < Number(regie.act_day)) yield `régie ${regie.code}: taking ${one.id} is of ${written(one.day)}, before its act (régie)`;
  }
  const undone = takings.filter(({ undoes }) => undoes !== '0').map(({ undoes }) => undoes);
  if (new Set(undone).size !== undone.length) yield `régie ${regie.code}: a taking is undone twice (régie)`;
  if (regie.kind === '2' && takings.length > 0) yield `régie ${regie.code}: it is of advances alone, and takes (régie)`;
}

// A titre is the sum of takings of one month, on the account, debtor and budget of its régie.
function* checkTitles(town, regie, takings, amounts) {
  for (const [sequence, own] of groups(takings.filter((one) => one.sequence !== '0'), (one) => one.sequence)) {
    const titre = town.pieces.get(sequence);
    const taken = sum(own.map(({ amount }) => amount));
    const posted = amounts.get(sequence)?.amount ?? 0n;
    if (posted !== taken) yield `régie ${regie.code}: ${taken} cents were taken, titre at ${sequence} says ${posted} (régie)`;
    if (titre?.nature !== REGIE || titre.is_receipt !== '1' || titre.budget !== regie.budget || titre.party !== regie.party) yield `régie ${regie.code}: the piece at ${sequence} is no titre of it (régie)`;
    if (new Set(own.map(({ day }) => written(day).slice(0, 7))).size > 1) yield `régie ${regie.code}: the titre at ${sequence} is of several months (régie)`;
  }
}

// What it hands over it took: cash as cash where that was said.
function* checkHeld(town, regie, takings) {
  const deposits = town.deposits.filter((one) => one.regie === regie.id);
  const [CASH, CHEQUE] = ['1', '2'];
  const taken = (...means) => sum(takings.filter((one) => means.includes(one.means)).map(({ amount }) => amount));
  const handed = sum(deposits.map(({ amount }) => amount));
  if (handed > taken(CASH, CHEQUE)) yield `régie ${regie.code}: it handed over ${handed} cents, and took ${taken(CASH, CHEQUE)} (régie)`;
  const said = deposits.filter(({ cash }) => Number(cash) >= 0);
  const [cash, cheques] = [sum(said.map((one) => one.cash)), sum(said.map((one) => BigInt(one.amount) - BigInt(one.cash)))];
  if (cash > taken(CASH)) yield `régie ${regie.code}: it handed over ${cash} cents of cash, and took ${taken(CASH)} (régie)`;
  if (cheques > taken(CHEQUE)) yield `régie ${regie.code}: it handed over ${cheques} cents of cheques, and took ${taken(CHEQUE)} (régie)`;
}

export function* checkRegies(town) {
  const amounts = amountsOf(town);
  const ofRegie = groups(town.takings, ({ regie }) => regie);
  const titled = new Set(town.takings.map(({ sequence }) => sequence));
  for (const regie of town.regies) {
    const takings = ofRegie.get(regie.id) ?? [];
    yield* checkTakings(town, regie, takings);
    yield* checkTitles(town, regie, takings, amounts);
    yield* checkHeld(town, regie, takings);
  }
  const own = new Set(town.regies.map(({ id }) => id));
  for (const id of ofRegie.keys()) if (!own.has(id)) yield `régie ${id}: it takes, and the town has none such (régie)`;
  for (const [sequence, rows] of groups(town.takings.filter((one) => one.sequence !== '0'), (one) => one.sequence)) {
    if (new Set(rows.map(({ regie }) => regie)).size > 1) yield `entry ${sequence}: it is the titre of several régies (régie)`;
  }
  for (const { sequence, nature, is_receipt: receipt } of town.pieces.values()) {
    if (nature === REGIE && receipt === '1' && !titled.has(sequence) && amounts.get(sequence)?.left > 0n) yield `entry ${sequence}: a titre of a régie without takings (régie)`;
  }
}

// Above its ceiling a régie holds money that it hands over late: the program tells that and takes the money, so it is no
// damage of the books. Each evening it is counted; one remark for each régie, of the most it held.
export function* remarkCeilings(town) {
  for (const regie of town.regies) {
    const moves = [...town.takings.filter((one) => one.regie === regie.id && ['1', '2'].includes(one.means)).map(({ day, amount, means }) => [Number(day), BigInt(amount), means === '1' ? BigInt(amount) : 0n]),
      ...town.deposits.filter((one) => one.regie === regie.id).map(({ day, amount, cash }) => [Number(day), -BigInt(amount), -BigInt(Number(cash) < 0 ? amount : cash)])].sort(([one], [other]) => one - other);
    for (const [what, limit, column] of [['', regie.cash_limit, 1], [' of cash', regie.coin_limit, 2]]) {
      const evenings = new Map();
      let held = 0n;
      for (const move of moves) evenings.set(move[0], held += move[column]);
      const [day, most] = [...evenings].reduce((top, one) => (one[1] > top[1] ? one : top), [0, 0n]);
      if (BigInt(limit) > 0n && most > BigInt(limit)) yield `régie ${regie.code}: on ${written(day)} it held ${most} cents${what}, its ceiling is ${limit}`;
    }
  }
}

export { groups, isSeries, sum };
