// From an engagement to a signed bordereau, as a clerk and a signer do it: six forms, the clerk's with script off at 320 px.
// The year is the one of the machine's clock, with a chart brought in for it: no text of a test grows old.
import fs from 'node:fs';
import path from 'node:path';
import { dayOf } from '../lib/day.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { pdfWith } from '../cli/accounting.mjs';
import { THEMES, follow, judge, openContext } from './judge.mjs';
import { proveLeft, signed } from './left.mjs';

export const TODAY = dayOf();
export const YEAR = Number(TODAY.slice(0, 4));
const SIRET = '21560046100010';
const SUPPLIER = '73282932000074';

const account = (code, label, chapter, direction) => `<Compte Code="${code}" Libelle="${label}" LibCourt="${label}" ${direction}="${chapter}"/>`;

// Three accounts and their chapters.
function chart() {
  const chapters = [['011', 'Charges à caractère général', 'F'], ['73', 'Impôts et taxes', 'F'], ['21', 'Immobilisations', 'I']]
    .map(([code, label, section]) => `<Chapitre Code="${code}" Libelle="${label}" Section="${section}"/>`).join('');
  const accounts = account('60632', 'Petit équipement', '011', 'DR') + account('73111', 'Impôts directs', '73', 'RR');
  return `<Nomenclature Norme="M57" Declinaison="M57_E" Exer="${YEAR}"><Nature><Chapitres>${chapters}</Chapitres><Comptes>${accounts}</Comptes></Nature></Nomenclature>`;
}

const line = (nature, chapter, direction, amount) => `<LigneBudget><Nature V="${nature}"/><ContNat V="${chapter}"/><CodRD V="${direction}"/><MtPrev V="${amount}"/><CredOuv V="${amount}"/><OpBudg V="0"/><CaracSup Code="Section" V="F"/></LigneBudget>`;

function budget(siret) {
  return `<DocumentBudgetaire xmlns="http://www.minefi.gouv.fr/cp/demat/docbudgetaire"><VersionSchema V="95"/>
<EnTeteDocBudgetaire><IdPost V="056025"/><LibelleColl V="CLAIRMONT"/><IdColl V="${SIRET}"/></EnTeteDocBudgetaire>
<Budget><EnTeteBudget><LibelleEtab V="Clairmont"/><IdEtab V="${siret}"/><CodColl V="520"/><CodBud V="00"/><Nomenclature V="M57-M57_E"/></EnTeteBudget>
<BlocBudget><NatDec V="01"/><Exer V="${YEAR}"/><ProjetBudget V="false"/><DteDec V="${YEAR}-01-02"/><NatVote V="FcIc"/><CodTypBud V="P"/></BlocBudget>
${line('60632', '011', 'D', '5000.00')}${line('73111', '73', 'R', '5000.00')}
</Budget></DocumentBudgetaire>`;
}

// A town with a chart and a voted budget of this year.
export async function prepare(parvis, town = 'clairmont', siret = SIRET) {
  const file = (name, text) => {
    fs.writeFileSync(path.join(parvis.dir, name), text);
    return path.join(parvis.dir, name);
  };
  await parvis.cli(['service', 'on', town, 'accounting']);
  await parvis.cli(['accounting', 'import-chart', town, file('chart.xml', chart()), '--replace']);
  await parvis.cli(['accounting', 'import-budget', town, file('year.xml', budget(siret))]);
}

// Everybody's rights, and who signs: on the pages an administrator has.
export async function give(page, origin, people) {
  for (const [address, rights] of people) {
    await page.goto(`${origin}/accounting/people?f=${address}`);
    const form = page.locator('form.sheet', { hasText: address });
    for (const right of rights) await form.locator(`input[type="checkbox"][value="${right}"]`).check();
    await follow(form.locator('button').first());
  }
}

export async function delegate(page, origin, name, { isHead }) {
  await page.goto(`${origin}/accounting/services`);
  const form = page.locator('form[action$="/signatory"]');
  await form.locator('#person').selectOption({ label: name });
  if (isHead) await form.locator('input[name=head]').check();
  for (const box of await form.locator('input[name=right]').all()) await box.check();
  await form.locator('#since').fill(`${YEAR}-01-01`);
  if (!isHead) await form.locator('#reference').fill('arrêté 1');
  await follow(form.locator('button').first());
}

export async function enterSupplier(page, origin) {
  await page.goto(`${origin}/accounting/parties/new`);
  await page.fill('#name', 'Papeterie du lac');
  await page.fill('#id_number', SUPPLIER);
  for (const [field, value] of [['street', '1 rue du Lac'], ['postcode', '56000'], ['place', 'Vannes']]) await page.fill(`#${field}`, value);
  await follow(page.locator('main form button.main').first());
  await page.fill('#iban', 'FR76 3000 6000 0112 3456 7890 189');
  await page.fill('#holder', 'Papeterie du lac');
  await follow(page.locator('form[action$="/accounts"] button').first());
  return page.url();
}

export const fill = async (page, form, fields) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${form}-${name}`).fill(value);
  await follow(page.locator(`section:has(#${form}) form button`).first());
};

export async function looks(page, faults, what, name) {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors });
    await judge(page, faults, `${what} in ${theme.name}`, { picture: `${name}-${theme.name}`, theme });
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

// The clerk's five forms.
async function spend(page, faults, origin) {
  await page.goto(`${origin}/accounting`);
  await follow(page.locator('main .list a').first());
  ok((await page.locator('main').innerText()).includes('5\u202f000,00'), 'credits are open');
  await follow(page.locator('main a.btn', { hasText: 'Engager' }).first());
  await fill(page, 'engage', { object: 'Papier', party: 'Papeterie du lac', account: '60632', amount: '5 000,01' });
  ok(await page.locator('[role=alert]').isVisible(), 'a cent above the credits is engaged');
  faults.length = 0;
  equal(await page.inputValue('#engage-object'), 'Papier', 'what was typed');
  await fill(page, 'engage', { amount: '1 200,50' });
  await fill(page, 'attest', { amount: '1 200,50' });
  await follow(page.locator('main a.btn', { hasText: 'facture' }).first());
  await fill(page, 'bill', { number: 'F-1', issued: TODAY, received: TODAY, net: '1000,42', tax: '200,08' });
  await fill(page, 'order', {});
  await follow(page.locator('nav.tabs a', { hasText: 'Mandats' }));
  await follow(page.locator('main form button.main').first());
  return page.url().replace(/\?.*/, '');
}

// A Factur-X of the supplier, for the engagement of that number.
function facturX(number, engagement) {
  const day = (name, value) => `<a:${name}><u:DateTimeString format="102">${value.replaceAll('-', '')}</u:DateTimeString></a:${name}>`;
  const party = (role, siret, more) => `<a:${role}TradeParty><a:Name>Papeterie du lac</a:Name><a:SpecifiedLegalOrganization><a:ID schemeID="0009">${siret}</a:ID></a:SpecifiedLegalOrganization>${more}</a:${role}TradeParty>`;
  return pdfWith('factur-x.xml', `<r:CrossIndustryInvoice xmlns:r="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:a="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<r:ExchangedDocument><a:ID>${number}</a:ID><a:TypeCode>380</a:TypeCode>${day('IssueDateTime', TODAY)}</r:ExchangedDocument>
<r:SupplyChainTradeTransaction><a:ApplicableHeaderTradeAgreement>${party('Seller', SUPPLIER, '')}${party('Buyer', SIRET, '')}
<a:BuyerOrderReferencedDocument><a:IssuerAssignedID>${engagement}</a:IssuerAssignedID></a:BuyerOrderReferencedDocument></a:ApplicableHeaderTradeAgreement>
<a:ApplicableHeaderTradeSettlement><a:InvoiceCurrencyCode>EUR</a:InvoiceCurrencyCode>
<a:SpecifiedTradeSettlementPaymentMeans><a:PayeePartyCreditorFinancialAccount><a:IBANID>FR7630006000011234567890189</a:IBANID></a:PayeePartyCreditorFinancialAccount></a:SpecifiedTradeSettlementPaymentMeans>
<a:SpecifiedTradeSettlementHeaderMonetarySummation><a:TaxBasisTotalAmount>100.00</a:TaxBasisTotalAmount><a:TaxTotalAmount>20.00</a:TaxTotalAmount><a:GrandTotalAmount>120.00</a:GrandTotalAmount><a:DuePayableAmount>120.00</a:DuePayableAmount></a:SpecifiedTradeSettlementHeaderMonetarySummation>
</a:ApplicableHeaderTradeSettlement></r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>`);
}

// One action: the keyboard alone goes to a link or button, and Enter opens a page.
const press = async (page, control, count) => {
  await control.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  count.actions++;
};

// From a file that came to a mandat that may go in a bordereau: at most six actions and 45 s (G9).
async function inbound(page, origin, dir) {
  await page.goto(`${origin}/accounting/years/1/${YEAR}/engage`);
  await page.fill('#engage-object', 'Enveloppes');
  await follow(page.locator('section:has(#engage) button[name=more]'));
  equal(await page.inputValue('#engage-object'), 'Enveloppes', 'what was typed before a line was added');
  ok(await page.locator('#engage-account2').isVisible(), 'a second line');
  await fill(page, 'engage', { object: 'Enveloppes', party: 'Papeterie du lac', account: '60632', amount: '120' });
  const engagement = /\d+/.exec(await page.locator('h1').innerText())[0];
  const file = path.join(dir, 'facture.pdf');
  fs.writeFileSync(file, facturX('F-2', engagement));
  const count = { actions: 0 }, begun = Date.now();
  await page.goto(`${origin}/accounting/years/1/${YEAR}/bills`);
  await press(page, page.locator('main a.btn', { hasText: 'facture' }).first(), count);
  await page.locator('#inbound-file').setInputFiles(file);
  await press(page, page.locator('section:has(#inbound) button'), count);
  for (let tries = 0; page.url().includes('/inbound/') && tries < 20; tries++) {
    await press(page, page.locator('main a.btn', { hasText: 'lecture' }).first(), count);
    if (page.url().includes('/inbound/')) { count.actions--; await page.waitForTimeout(500); } // the machine is slow, not the clerk
  }
  ok(page.url().includes('/bills/'), `no bill: ${await page.locator('main').innerText()}`);
  await press(page, page.locator('section:has(#attest) button'), count);
  await press(page, page.locator('section:has(#order) button'), count);
  ok(page.url().includes('/pieces/'), `no mandat: ${await page.locator('main').innerText()}`);
  ok((await page.locator('main').innerText()).includes('120,00'), 'the sum of the file');
  const seconds = (Date.now() - begun) / 1000;
  console.log(`invoice file to mandat: ${count.actions} actions, ${seconds.toFixed(1)} s`);
  ok(count.actions <= 6 && seconds <= 45, `${count.actions} actions, ${seconds} s`);
  return page.url();
}

// A part of an invoice: the rest waits, and says so.
async function partly(page, origin) {
  await page.goto(`${origin}/accounting/years/1/${YEAR}/engage`);
  await fill(page, 'engage', { object: 'Toiture', party: 'Papeterie du lac', account: '60632', amount: '200' });
  await follow(page.locator('main a.btn', { hasText: 'facture' }).first());
  await fill(page, 'bill', { number: 'F-3', issued: TODAY, received: TODAY, net: '200', tax: '0' });
  const bill = page.url().replace(/\?.*/, '');
  await fill(page, 'attest', {});
  await fill(page, 'order', { amount: '200,01' });
  ok((await page.locator('[role=alert]').innerText()).includes('il reste 200,00'), 'a cent above the invoice is ordered');
  await fill(page, 'order', { amount: '190' });
  ok(page.url().includes('/pieces/'), `no mandat: ${await page.locator('main').innerText()}`);
  await page.goto(bill);
  const text = await page.locator('main').innerText();
  ok(text.includes('Reste à mandater') && text.includes('10,00') && text.includes('190,00'), text);
  return bill;
}

async function walk(browser, parvis) {
  const origin = `http://clairmont.localhost:${parvis.ports.web}`;
  const [admin, clerk] = ['administration@clairmont.example', 'finances@clairmont.example']
    .map((address) => ({ address, password: parvis.password(address) }));
  await prepare(parvis);
  const desk = await openContext(browser), small = await openContext(browser, { script: false, width: 320 });
  const [page, other] = [await desk.context.newPage(), await small.context.newPage()];
  await signInWithBrowser(page, origin, admin);
  await signInWithBrowser(other, origin, clerk);
  await give(page, origin, [[admin.address, [2, 4, 8, 16, 32]], [clerk.address, [2, 4, 8, 16]]]);
  await delegate(page, origin, 'Administration', { isHead: true });
  await delegate(page, origin, 'Service finances', { isHead: false });
  const supplier = await enterSupplier(other, origin);
  await page.goto(supplier);
  await follow(page.locator('form[action$="/confirm"] button').first());
  await page.goto(`${origin}/accounting`);
  await follow(page.locator('main table a').first());
  await follow(page.locator('form[action$="/open"] button').first());
  await looks(page, desk.faults, 'a year', 'spend-year');
  const slip = await spend(other, small.faults, origin);
  await inbound(other, origin, parvis.dir);
  equal(small.faults, [], 'faults of the clerk’s pages');
  await page.goto(slip);
  await looks(page, desk.faults, 'a bordereau to sign', 'spend-slip');
  await follow(page.locator('section:has(#sign) button').first());
  const file = await page.evaluate(async (address) => (await fetch(address)).text(), `${slip}/pes.xml`);
  ok(file.includes('<MtBordHT V="1200.50"/>'), `no file to sign: ${file.slice(file.indexOf('role="alert"')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`);
  await page.locator('section:has(#back) input[type="file"]').setInputFiles(await signed(parvis, file));
  await follow(page.locator('section:has(#back) button').first());
  for (const [place, what] of [['/engagements', 'engagements'], ['/bills', 'invoices'], ['/orders', 'mandats'], ['/titles', 'titres'], ['/engage', 'engage'], ['/bill', 'bill']]) {
    await page.goto(`${origin}/accounting/years/1/${YEAR}${place}`);
    await judge(page, desk.faults, what, { picture: `spend-${what}` });
  }
  await page.goto(`${origin}/accounting/bills/2`);
  await judge(page, desk.faults, 'an invoice that came in a file', { picture: 'spend-inbound' });
  await page.goto(`${origin}/accounting/pieces/5`);
  await judge(page, desk.faults, 'a mandat with its invoice', { picture: 'spend-voucher' });
  await page.goto(`${origin}/accounting/years/1/${YEAR}/order`);
  await follow(page.locator('section:has(#piece) button[name=more]'));
  await judge(page, desk.faults, 'a mandat of two lines', { picture: 'spend-lines' });
  await page.goto(`${origin}/accounting/pieces/3`);
  await judge(page, desk.faults, 'a mandat', { picture: 'spend-mandat' });
  const bill = await partly(other, origin);
  await page.goto(bill);
  await looks(page, desk.faults, 'an invoice ordered in part', 'spend-part');
  await page.setViewportSize({ width: 320, height: 800 });
  await judge(page, desk.faults, 'an invoice ordered in part at 320 px', { picture: 'spend-part-320' });
  await small.context.close();
  await desk.context.close();
  equal((await parvis.cli(['accounting', 'verify', 'clairmont'])).startsWith('entries 7 '), true, 'the journal holds');
  await proveLeft(parvis, 'clairmont');
}

// Half past midnight in Paris is the day before by the world's clock.
function daysAreThoseOfTheTown() {
  equal(dayOf(Date.UTC(2026, 10, 29, 22, 59)), '2026-11-29', 'a minute before midnight');
  equal(dayOf(Date.UTC(2026, 10, 29, 23, 30)), '2026-11-30', 'half past midnight');
  equal(dayOf(Date.UTC(2026, 5, 29, 22, 0)), '2026-06-30', 'midnight in summer');
}

export async function judgeSpending(tally, browser, parvis) {
  await tally.test('days of a test are those of the town', daysAreThoseOfTheTown);
  await tally.test('from an engagement to a signed bordereau in six forms', () => walk(browser, parvis), { ms: 180000 });
}
