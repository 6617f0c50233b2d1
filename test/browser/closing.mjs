// A year is closed and the next one opened, by pages: December, January, the next budget; on a clock of the test's own, so that
// the days of the law are the days of the pages. Every page of it is judged.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { Parvis } from '../lib/parvis.mjs';
import { BUILD, ROOT } from '../lib/place.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext } from './judge.mjs';
import { delegate, enterSupplier, fill, give, looks } from './spending.mjs';

const YEAR = new Date().getFullYear();
const NEXT = YEAR + 1;
const SIRET = '21560046100010';

// ---- the clock ----

class ShiftedClock {
  constructor() {
    this.library = path.join(BUILD, 'shifted_clock.so');
    this.file = path.join(BUILD, `shifted-clock-${process.pid}`);
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', this.library, path.join(ROOT, 'test/browser/shifted_clock.c')]);
    this.set(`${YEAR}-12-20`);
  }

  get environment() {
    return { LD_PRELOAD: this.library, SHIFTED_CLOCK: this.file };
  }

  // Ten in the morning of that day. Written in place: the program has the file mapped.
  set(day) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(Math.round((Date.parse(`${day}T10:00:00Z`) - Date.now()) / 1000)));
    const file = fs.openSync(this.file, fs.existsSync(this.file) ? 'r+' : 'w');
    fs.writeSync(file, bytes, 0, 8, 0);
    fs.closeSync(file);
  }

  end() {
    fs.rmSync(this.file, { force: true });
  }
}

// ---- the town ----

const CHAPTERS = [['011', 'Charges à caractère général', 'F'], ['67', 'Charges spécifiques', 'F'], ['73', 'Impôts et taxes', 'F'], ['77', 'Produits spécifiques', 'F'],
  ['002', 'Résultat reporté', 'F'], ['21', 'Immobilisations corporelles', 'I'], ['10', 'Dotations', 'I'], ['001', 'Solde reporté', 'I']];
// Code, label, chapter of expenses, chapter of receipts.
const ACCOUNTS = [['60632', 'Petit équipement', '011', ''], ['637', 'Autres impôts et taxes', '011', ''], ['673', 'Titres annulés', '67', ''], ['73111', 'Impôts directs', '', '73'], ['773', 'Mandats annulés', '', '77'],
  ['002', 'Résultat reporté', '002', '002'], ['2183', 'Matériel informatique', '21', '21'], ['10222', 'FCTVA', '', '10'], ['1068', 'Excédents capitalisés', '', '10'],
  ['001', 'Solde reporté', '001', '001']];

function chart(year) {
  const chapters = CHAPTERS.map(([code, label, section]) => `<Chapitre Code="${code}" Libelle="${label}" Section="${section}"/>`).join('');
  const accounts = ACCOUNTS.map(([code, label, expense, receipt]) =>
    `<Compte Code="${code}" Libelle="${label}" LibCourt="${label}"${expense && ` DR="${expense}"`}${receipt && ` RR="${receipt}"`}/>`).join('');
  return `<Nomenclature Norme="M57" Declinaison="M57_E" Exer="${year}"><Nature><Chapitres>${chapters}</Chapitres><Comptes>${accounts}</Comptes></Nature></Nomenclature>`;
}

const line = ([nature, chapter, direction, section, voted, carried = 0]) => `<LigneBudget><Nature V="${nature}"/><ContNat V="${chapter}"/><CodRD V="${direction}"/>
${carried ? `<MtRARPrec V="${carried.toFixed(2)}"/>` : ''}<MtPrev V="${voted.toFixed(2)}"/><CredOuv V="${(voted + carried).toFixed(2)}"/><OpBudg V="0"/><CaracSup Code="Section" V="${section}"/></LigneBudget>`;

function budget(year, lines) {
  return `<DocumentBudgetaire xmlns="http://www.minefi.gouv.fr/cp/demat/docbudgetaire"><VersionSchema V="95"/>
<EnTeteDocBudgetaire><IdPost V="056025"/><LibelleColl V="CLAIRMONT"/><IdColl V="${SIRET}"/></EnTeteDocBudgetaire>
<Budget><EnTeteBudget><LibelleEtab V="Clairmont"/><IdEtab V="${SIRET}"/><CodColl V="520"/><CodBud V="00"/><Nomenclature V="M57-M57_E"/></EnTeteBudget>
<BlocBudget><NatDec V="01"/><Exer V="${year}"/><ProjetBudget V="false"/><DteDec V="${year}-01-02"/><NatVote V="FcIc"/><CodTypBud V="P"/></BlocBudget>
${lines.map(line).join('')}
</Budget></DocumentBudgetaire>`;
}

async function bringIn(parvis, verb, name, text) {
  const file = path.join(parvis.dir, name);
  fs.writeFileSync(file, text);
  await parvis.cli(['accounting', verb, 'clairmont', file, ...(verb === 'import-budget' ? ['--with-faults'] : [])]);
}

async function prepare(parvis) {
  await parvis.cli(['service', 'on', 'clairmont', 'accounting']);
  for (const year of [YEAR, NEXT]) await bringIn(parvis, 'import-chart', `chart${year}.xml`, chart(year));
  await bringIn(parvis, 'import-budget', 'year.xml', budget(YEAR, [['60632', '011', 'D', 'F', 5000], ['73111', '73', 'R', 'F', 5000], ['2183', '21', 'D', 'I', 4000], ['10222', '10', 'R', 'I', 4000]]));
}

// ---- the walk ----

async function seated(browser, origin, account, options) {
  const { context, faults } = await openContext(browser, options);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  return { context, faults, page };
}

const press = (page, words) => follow(page.locator('main button', { hasText: words }).first());
const year = (origin, of, rest) => `${origin}/accounting/years/1/${of}${rest}`;

// People, a supplier whose account is confirmed, credits, a programme.
async function begin(admin, clerk, origin, people) {
  await give(admin.page, origin, [[people.admin.address, [2, 4, 8, 16, 32]], [people.clerk.address, [2, 4, 8, 16]]]);
  await delegate(admin.page, origin, 'Administration', { isHead: true });
  await delegate(admin.page, origin, 'Service finances', { isHead: false });
  const supplier = await enterSupplier(clerk.page, origin);
  await admin.page.goto(supplier);
  await follow(admin.page.locator('form[action$="/confirm"] button').first());
  await admin.page.goto(`${origin}/accounting/programmes`);
  for (const [field, value] of [['number', 'AP-1'], ['title', 'École'], ['amount', '900'], ['years', `${YEAR};300\n${NEXT};600`]]) await admin.page.fill(`#${field}`, value);
  await follow(admin.page.locator('form button', { hasText: 'programme' }).first());
  await admin.page.goto(`${origin}/accounting/acts`);
  await follow(admin.page.locator('main table a').first());
  await follow(admin.page.locator('form[action$="/open"] button').first());
}

async function december({ page, faults }, origin) {
  const engage = async (fields) => {
    await page.goto(year(origin, YEAR, '/engage'));
    await fill(page, 'engage', { party: 'Papeterie du lac', ...fields });
  };
  await engage({ object: 'Papier', account: '60632', amount: '1 000' });
  await fill(page, 'attest', { amount: '400' });
  await engage({ object: 'Ordinateurs', account: '2183', amount: '1 500' });
  await engage({ object: 'Tableaux', account: '2183', amount: '900', programme: 'AP-1', slice: '300' });
  await page.goto(year(origin, YEAR, '/title'));
  await fill(page, 'piece', { object: 'Taxe', party: 'Papeterie du lac', account: '73111', amount: '5 000', product: 'TAXE' });
  await page.goto(year(origin, YEAR, '/order'));
  await fill(page, 'piece', { object: 'Contrat', party: 'Papeterie du lac', account: '637', amount: '300' });
  await page.goto(`${origin}/accounting/programmes/1`);
  await looks(page, faults, 'a programme', 'close-programme');
  await page.goto(year(origin, YEAR, '/close'));
  await looks(page, faults, 'what stands in the way', 'close-open');
}

async function january(admin, clerk, origin) {
  const { page } = clerk;
  await page.goto(year(origin, YEAR, '/attach'));
  await judge(page, clerk.faults, 'what is to attach', { picture: 'close-attach' });
  await press(page, 'Rattacher les engagements');
  ok((await page.locator('#done').locator('xpath=ancestor::table').innerText()).includes('400,00'), 'a mandat attaches what was done');
  await page.goto(year(origin, YEAR, '/remains'));
  await fill(page, 'receipt', { object: 'Subvention', account: '10222', amount: '250,25', proof: 'Notification du 3 novembre' });
  for (const what of ['orders', 'titles']) {
    await page.goto(year(origin, YEAR, `/${what}`));
    await follow(page.locator('main form button.main').first());
    await admin.page.goto(page.url().replace(/\?.*/, ''));
    await follow(admin.page.locator('section:has(#sign) button').first());
  }
  await admin.page.goto(year(origin, YEAR, '/remains'));
  await judge(admin.page, admin.faults, 'a list to sign', { picture: 'close-remains-open' });
  await fill(admin.page, 'sign', {});
  await looks(admin.page, admin.faults, 'the list of what remains', 'close-remains');
  await admin.page.goto(year(origin, YEAR, '/close'));
  await judge(admin.page, admin.faults, 'a year that can be closed', { picture: 'close-ready' });
  await press(admin.page, 'Clore');
  ok((await admin.page.locator('h1').innerText()).includes('Clos'), 'the year is closed');
  await looks(admin.page, admin.faults, 'a closed year', 'close-closed');
  for (const [place, form] of [['', 'a[href$="/engage"]'], ['/engagements', 'a[href$="/engage"]'], ['/orders', 'a[href$="/order"]'], ['/pairs', '#pair']]) {
    await page.goto(year(origin, YEAR, place));
    ok((await page.locator('main .note').innerText()).includes('est clos'), `${place} does not say that the year is closed`);
    equal(await page.locator(`main ${form}`).count(), 0, `${place} offers what is refused`);
  }
}

// What the next budget takes over stands in its draft; the vote itself is another walk's.
async function budgetIsDrafted({ page, faults }, origin) {
  await page.goto(`${origin}/accounting/acts/1`);
  await follow(page.locator('form[action$="/prepare"] button').first());
  await page.goto(`${origin}/accounting/acts/2/edit`);
  await judge(page, faults, 'a draft that takes over', { picture: 'close-draft' });
  const words = await page.locator('main').innerText();
  ok(words.includes('clos ici') && words.includes('1\u202f249,75') && words.includes('3\u202f050,25'), `1068 and 002 are not there: ${words.slice(0, 900)}`);
  await follow(page.locator('form[action$="/results"] button').first());
  await follow(page.locator('form[action$="/drop"] button').first());
}

async function spring(admin, clerk, origin, parvis) {
  const { page } = clerk;
  await bringIn(parvis, 'import-budget', 'next.xml', budget(NEXT, [['60632', '011', 'D', 'F', 5000, 600], ['73111', '73', 'R', 'F', 2549.75], ['002', '002', 'R', 'F', 3050.25],
    ['2183', '21', 'D', 'I', 4000, 1500], ['10222', '10', 'R', 'I', 4000, 250.25], ['1068', '10', 'R', 'I', 1249.75]]));
  await admin.page.goto(`${origin}/accounting/acts`);
  await follow(admin.page.locator('main table a', { hasText: String(NEXT) }).first());
  await follow(admin.page.locator('form[action$="/open"] button').first());
  await page.goto(year(origin, YEAR, '/close'));
  await judge(page, clerk.faults, 'a closed year whose next one is open', { picture: 'close-again' });
  await press(page, 'Engager sur');
  await page.goto(year(origin, NEXT, '/engagements'));
  equal(await page.locator('main tbody tr').count(), 4, 'engagements that go on');
  await page.locator('main tbody a', { hasText: '2' }).first().click();
  await page.getByText('Reporté de').waitFor();
  await judge(page, clerk.faults, 'an engagement that goes on', { picture: 'close-engagement' });
  await page.goto(year(origin, NEXT, '/attach'));
  await judge(page, clerk.faults, 'what is to reverse', { picture: 'close-reverse' });
  await press(page, 'Contre-passer');
  ok(await page.locator('[role=status]').first().isVisible(), 'it is reversed before anything is ordered');
  await page.goto(`${origin}/accounting/pieces/6`);
  await judge(page, clerk.faults, 'a mandat of a closed year', { picture: 'close-annul' });
  await fill(page, 'annul', { amount: '300', object: 'Payé deux fois', product: 'TROP' });
  ok((await page.locator('main').innerText()).includes('773'), 'a titre cancels it');
}

// What the town leaves with is proven by a second reader, which sees a programme that bears less than what is engaged of it.
async function leaves(parvis) {
  const folder = path.join(parvis.dir, 'left');
  const read = () => runToEnd(process.execPath, [path.join(ROOT, 'tools/verify_town.mjs'), folder], { ms: 60000 });
  const first = await parvis.cli(['accounting', 'verify', 'clairmont']);
  await parvis.cli(['town', 'export', 'clairmont', folder]);
  const proof = await read();
  ok(proof.code === 0 && proof.output.includes(first.trim().split(' ').pop()), `the second reader: ${proof.output}`);
  const file = path.join(folder, 'accounting_programmes.csv');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(',90000,', ',89999,'));
  const less = await read();
  ok(less.code === 1 && less.output.includes('programme AP-1: 90000 cents are engaged, 89999 authorised'), `a programme that was damaged: ${less.output}`);
}

async function walk(browser) {
  const clock = new ShiftedClock();
  const parvis = await Parvis.start({ environment: clock.environment });
  const origin = `http://clairmont.localhost:${parvis.ports.web}`;
  const [admin, clerk] = ['administration@clairmont.example', 'finances@clairmont.example'].map((address) => ({ address, password: parvis.password(address) }));
  await prepare(parvis);
  let desk = await seated(browser, origin, admin), small = await seated(browser, origin, clerk, { width: 320 });
  await begin(desk, small, origin, { admin, clerk });
  await december(small, origin);
  await Promise.all([desk.context.close(), small.context.close()]);
  clock.set(`${NEXT}-01-12`);
  desk = await seated(browser, origin, admin);
  small = await seated(browser, origin, clerk, { width: 320 });
  await january(desk, small, origin);
  await budgetIsDrafted(desk, origin);
  await spring(desk, small, origin, parvis);
  equal([desk.faults, small.faults], [[], []], 'faults of the pages');
  await Promise.all([desk.context.close(), small.context.close()]);
  await leaves(parvis);
  await parvis.stop();
  clock.end();
}

export async function judgeClosing(tally, browser) {
  await tally.test('a year is closed, and the next one goes on from it', () => walk(browser), { ms: 300000 });
}
