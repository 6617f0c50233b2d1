// The desk of a budget year: what waits leads to the doing, until nothing waits. Pages that were looked at on the way: the desk,
// a bordereau and its PDF. In a town of its own budget, the year of the machine's clock.
import { dayOf } from '../lib/day.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext } from './judge.mjs';
import { TODAY, YEAR, delegate, enterSupplier, fill, give, looks, prepare } from './spending.mjs';

const SIRET = '21560046100028';
const LATE = dayOf(Date.now() - 45 * 86400000);

const bytesOf = (page, address) => page.evaluate(async (where) => {
  const answer = await fetch(where);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return [answer.status, answer.headers.get('content-type'), String.fromCharCode(...bytes.slice(0, 5))];
}, address);

const desk = (origin) => `${origin}/accounting?year=${YEAR}`;

// Credits are open, an invoice is late, a bank account waits for a second person.
async function begin(page, other, origin) {
  await page.goto(`${origin}/accounting/acts`);
  await follow(page.locator('main table tr', { hasText: `Clairmont` }).locator('a').first());
  await follow(page.locator('form[action$="/open"] button').first());
  await enterSupplier(other, origin);
  await other.goto(desk(origin));
  await follow(other.locator('main a.btn', { hasText: 'Engager' }).first());
  await fill(other, 'engage', { object: 'Papier', party: 'Papeterie du lac', account: '60632', amount: '1 200,50' });
  const engagement = other.url().replace(/\?.*/, '');
  await follow(other.locator('main a.btn', { hasText: 'facture' }).first());
  await fill(other, 'bill', { number: 'F-1', issued: LATE, received: LATE, net: '1000,42', tax: '200,08' });
  return engagement;
}

// On a narrow screen a chapter has its name beneath its number, and its table is no wider than the window.
async function creditsAreNamed(page) {
  const credits = page.locator('.scroll:has(#df)');
  ok(await credits.locator('.nar', { hasText: 'Charges à caractère général' }).isVisible(), 'a chapter is a number alone');
  equal(await credits.evaluate((table) => table.scrollWidth - table.clientWidth), 0, 'the credits scroll by');
}

// One field, history, and the pages of loans, assets and the accountant’s file, empty and with something on them.
async function looksAround(page, faults, origin) {
  await page.goto(desk(origin));
  await page.fill('#find', '1 200,50');
  await follow(page.locator('form.find button'));
  ok(await page.locator('main table a[href^="/accounting/pieces/"]').count() > 0, 'the mandat is not found by its amount');
  await judge(page, faults, 'search', { picture: 'find' });
  await follow(page.locator('main table a[href^="/accounting/pieces/"]').first());
  ok((await page.locator('main').innerText()).includes('Bordereau signé'), 'the mandat has no history');
  await judge(page, faults, 'a mandat with its history', { picture: 'desk-piece' });
  const year = (await page.locator('nav.tabs a').first().getAttribute('href'));
  for (const [where, what] of [[`${year}/loans`, 'loans'], [`${year}/assets`, 'assets'], [`${year}/asset`, 'asset'], [`${year}/pairs`, 'pairs'], ['/accounting/cfu', 'cfu'], ['/accounting/search', 'search']]) {
    await page.goto(origin + where);
    await judge(page, faults, what, { picture: `desk-${what}` });
  }
  await page.goto(`${origin}${year}/loans`);
  await fill(page, 'loan', { number: 'C-77', label: 'École', party: 'Papeterie du lac', borrowed: '10 000', rate: '3,5', count: '8', first: TODAY, signed: TODAY });
  await judge(page, faults, 'a loan', { picture: 'desk-loan-320' });
}

async function walk(browser, parvis) {
  const origin = `http://tableau.localhost:${parvis.ports.web}`;
  const [admin, clerk] = ['administration@tableau.example', 'etat-civil@tableau.example']
    .map((address) => ({ address, password: parvis.password(address) }));
  await prepare(parvis, 'tableau', SIRET);
  const wide = await openContext(browser), small = await openContext(browser, { width: 320 });
  const [page, other] = [await wide.context.newPage(), await small.context.newPage()];
  await signInWithBrowser(page, origin, admin);
  await signInWithBrowser(other, origin, clerk);
  await give(page, origin, [[admin.address, [2, 4, 8, 16, 32]], [clerk.address, [2, 4, 8, 16]]]);
  await delegate(page, origin, 'Administration', { isHead: true });
  await delegate(page, origin, 'État civil', { isHead: false });
  const engagement = await begin(page, other, origin);
  await page.goto(desk(origin));
  const words = await page.locator('main').innerText();
  for (const one of ['15 jours de retard', 'à confirmer', '1\u202f200,50']) ok(words.includes(one), `the desk does not say ${one}`);
  await looks(page, wide.faults, 'the desk', 'desk');
  await other.goto(desk(origin));
  await judge(other, small.faults, 'the desk at 320 px', { picture: 'desk-320' });
  await creditsAreNamed(other);
  await follow(page.locator('main table a', { hasText: 'PAPETERIE' }).or(page.locator('main table a', { hasText: 'Papeterie' })).first());
  await follow(page.locator('form[action$="/confirm"] button').first());
  await other.goto(engagement);
  await fill(other, 'attest', { amount: '1 200,50' });
  await other.goto(desk(origin));
  await follow(other.locator('main table a', { hasText: 'F-1' }));
  await fill(other, 'order', { day: TODAY });
  await follow(other.locator('nav.tabs a', { hasText: 'Mandats' }));
  await follow(other.locator('main form button.main').first());
  await page.goto(desk(origin));
  await follow(page.locator('main table a', { hasText: 'Bordereau' }));
  const printed = await page.locator('main a.btn[href$="/slip.pdf"]').getAttribute('href');
  equal(await bytesOf(page, printed), [200, 'application/pdf', '%PDF-'], 'the bordereau as PDF');
  await follow(page.locator('section:has(#sign) button').first());
  await page.goto(desk(origin));
  ok(!(await page.locator('main').innerText()).includes('jours de retard'), 'an invoice still waits');
  await looksAround(other, small.faults, origin);
  equal([wide.faults, small.faults], [[], []], 'faults');
  await small.context.close();
  await wide.context.close();
}

export async function judgeFinanceDesk(tally, browser, parvis) {
  await tally.test('what waits on the finance desk leads to the doing', () => walk(browser, parvis), { ms: 300000 });
}
