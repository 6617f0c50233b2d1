// Receipts as a clerk keeps them: titres of a list, money that moved before its titre, a régie, notices. The clerk works with
// script off at 320 px; each page was looked at on the way. In a town of its own budget, the year of the machine's clock.
import fs from 'node:fs';
import path from 'node:path';
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext } from './judge.mjs';
import { TODAY, YEAR, delegate, enterSupplier, fill, give, looks, prepare } from './spending.mjs';

const SIRET = '21560046100036';
const LINES = 120;

// A page of the clerk's, asked by somebody with script: axe needs it. At 320 px, then as it was.
async function look(wide, faults, address, what, picture) {
  await wide.setViewportSize({ width: 320, height: 800 });
  await wide.goto(address);
  await judge(wide, faults, what, { picture });
  await wide.setViewportSize({ width: 1280, height: 900 });
}

const list = (count) => `tiers;objet;compte;montant;produit;bases\n${Array.from({ length: count }, (_, i) => `Papeterie du lac;Loyer ${i + 1};73111;${20 + i},50;LOYE;Bail\n`).join('')}`;

async function bring(page, dir, text, label) {
  const file = path.join(dir, 'liste.csv');
  fs.writeFileSync(file, text);
  await page.locator('#batch-file').setInputFiles(file);
  await fill(page, 'batch', { label });
}

// A list with a fault, then one that goes in steps, watched by somebody with script.
async function makeTitres(page, watcher, faults, year, dir) {
  await page.goto(`${year}/titles`);
  await follow(page.locator('main a.btn', { hasText: 'Titres par liste' }));
  await look(watcher, faults.wide, page.url(), 'lists', 'receipt-lists-320');
  await bring(page, dir, 'tiers;objet;compte;montant;produit\nPersonne;Loyer;73111;12;LOYE\n', 'Loyers fautifs');
  ok((await page.locator('main').innerText()).includes('Aucun tiers'), 'the fault of a row is told');
  await look(watcher, faults.wide, page.url(), 'a list with a fault', 'receipt-faults-320');
  equal(await page.locator('#press').count(), 0, 'a list with faults cannot be pressed');
  await page.goto(`${year}/batches`);
  await bring(page, dir, list(LINES), 'Loyers');
  const address = page.url();
  for (let tries = 0; !(await page.locator('#press').count()) && tries < 40; tries++) { await page.waitForTimeout(1500); await page.goto(address); }
  await watcher.goto(address);
  await looks(watcher, faults.wide, 'a list that is ready', 'receipt-ready');
  await follow(page.locator('section:has(#press) button'));
  await watcher.goto(address);
  for (let tries = 0; !(await watcher.locator('h1').innerText()).includes('Titres faits') && tries < 60; tries++) await watcher.waitForTimeout(1000);
  ok((await watcher.locator('h1').innerText()).includes('Titres faits'), `not made: ${await watcher.locator('main').innerText()}`);
  await judge(watcher, faults.wide, 'a list that was made', { picture: 'receipt-made' });
}

async function settle(page, wide, faults, year) {
  await page.goto(`${year}/suspense/received`);
  await fill(page, 'one', { number: '4711', day: TODAY, amount: '450', payer: 'Papeterie du lac', label: 'VIR LOYER' });
  await look(wide, faults.wide, page.url(), 'receipts to put in order', 'receipt-suspense-320');
  await follow(page.locator('main table a').first());
  ok((await page.inputValue('#settle-party')).startsWith('Papeterie'), 'the payer is filled in');
  await look(wide, faults.wide, page.url(), 'one receipt', 'receipt-settle-320');
  await fill(page, 'settle', { account: '73111', product: 'LOYE' });
  ok(page.url().includes('/pieces/'), `no titre: ${await page.locator('main').innerText()}`);
}

async function keepRegie(page, wide, faults, year) {
  await page.goto(`${year}/regies`);
  await look(wide, faults.wide, page.url(), 'régies', 'receipt-regies-320');
  await fill(page, 'regie', { name: 'Piscine', code: 'R01', act: 'arrêté 7', act_day: `${YEAR}-01-02`, cash: '100', days: '15', holder: 'Accueil', party: 'Papeterie du lac', account: '73111', product: 'PISC' });
  await fill(page, 'take', { day: TODAY, what: 'Entrées', means: 'espèces', amount: '120' });
  ok((await page.locator('h1').innerText()).includes('Plafond'), 'a ceiling that is passed is told');
  const address = page.url();
  await look(wide, faults.wide, address, 'a régie at 320 px', 'receipt-regie-320');
  await wide.goto(address);
  await looks(wide, faults.wide, 'a régie', 'receipt-regie');
  await follow(page.locator('section:has(#title) button'));
  await fill(page, 'hand', { day: TODAY, amount: '120' });
  ok(!(await page.locator('h1').innerText()).includes('Plafond'), 'handed over');
}

// Signed, a bordereau of titres has notices.
async function notify(page, wide, faults, year, origin) {
  await page.goto(`${year}/notice`);
  await fill(page, 'words', { desk: 'Accueil', pay_to: 'Service de gestion comptable', court: 'le tribunal administratif' });
  await page.goto(`${year}/titles`);
  await follow(page.locator('main form button.main').first());
  const slip = page.url().replace(/\?.*/, '');
  await wide.goto(slip);
  await follow(wide.locator('section:has(#sign) button').first());
  await wide.goto(`${slip}/notices`);
  await judge(wide, faults.wide, 'notices of a bordereau', { picture: 'receipt-notices' });
  const bytes = await wide.evaluate(async (address) => (await (await fetch(address)).text()).slice(0, 5), `${slip}/notices/1`);
  equal(bytes, '%PDF-', 'a notice is a PDF');
  const file = await wide.evaluate(async (address) => (await fetch(address)).text(), `${slip}/pes.xml`);
  for (const one of ['<TypPce V="05"/>', '<IdPceOrig V="4711"/>', '<IdRegie V="R01"/>']) ok(file.includes(one), `${one} is not in the file`);
  ok(slip.startsWith(origin), slip);
}

async function walk(browser, parvis) {
  const origin = `http://recettes.localhost:${parvis.ports.web}`;
  const [admin, clerk] = ['administration@recettes.example', 'finances@recettes.example']
    .map((address) => ({ address, password: parvis.password(address) }));
  await prepare(parvis, 'recettes', SIRET);
  const wide = await openContext(browser), small = await openContext(browser, { script: false, width: 320 });
  const faults = { wide: wide.faults, small: small.faults };
  const [page, other] = [await wide.context.newPage(), await small.context.newPage()];
  await signInWithBrowser(page, origin, admin);
  await signInWithBrowser(other, origin, clerk);
  await give(page, origin, [[admin.address, [2, 4, 8, 16, 32]], [clerk.address, [2, 4, 8, 16]]]);
  await page.goto(`${origin}/accounting/services`);
  if (!(await page.locator('main table').allInnerTexts()).some((text) => text.includes('Service finances'))) {
    await delegate(page, origin, 'Administration', { isHead: true });
    await delegate(page, origin, 'Service finances', { isHead: false });
    await enterSupplier(other, origin);
  }
  await page.goto(`${origin}/accounting/acts`);
  await follow(page.locator('main table tr', { hasText: 'Clairmont' }).locator('a').first());
  await follow(page.locator('form[action$="/open"] button').first());
  const year = page.url().replace(/\?.*/, '');
  await makeTitres(other, page, faults, year, parvis.dir);
  await settle(other, page, faults, year);
  await keepRegie(other, page, faults, year);
  await notify(other, page, faults, year, origin);
  equal(small.faults, [], 'faults of the clerk’s pages');
  equal(wide.faults, [], 'faults of the others');
  await small.context.close();
  await wide.context.close();
  ok((await parvis.cli(['accounting', 'verify', 'recettes'])).startsWith('entries '), 'the journal holds');
}

export async function judgeReceipts(tally, browser, parvis) {
  await tally.test('titres of a list, money that moved first, a régie and notices', () => walk(browser, parvis), { ms: 300000 });
}
