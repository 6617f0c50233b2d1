// Who may do what in accounting, signatories, and third parties: given and entered on pages; a bank account that a second
// person confirms, with script off.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, follow, judge, openContext } from './judge.mjs';

const IBAN = 'FR76 3000 6000 0112 3456 7890 189';

async function inEachTheme(page, faults, what, picture) {
  await page.setViewportSize({ width: 320, height: 900 });
  await judge(page, faults, `${what} at 320 px`, { picture: `${picture}-320` });
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors });
    await judge(page, faults, `${what} in ${theme.name}`, { picture: `${picture}-${theme.name}`, theme });
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

const refused = async (page, faults) => {
  ok(await page.locator('[role=alert]').first().isVisible(), 'nothing says what is wrong');
  faults.length = 0; // the browser notes a page of code 422 in its console
};

async function giveRights(page, faults, origin, second) {
  await page.goto(`${origin}/accounting`);
  await follow(page.locator('main nav a[href="/accounting/people"]').first());
  const form = () => page.locator('form', { hasText: second });
  await form().locator('input[value="2"]').check();
  await follow(form().locator('button').first());
  ok(await form().locator('input[value="2"]').isChecked(), 'a right given is not there');
  ok(await form().locator('input[value="1"]').isChecked(), 'a right brings reading');
  await inEachTheme(page, faults, 'rights', 'accounting-rights');
}

async function enterSignatories(page, faults, origin) {
  await page.goto(`${origin}/accounting/services`);
  await page.fill('#code', 'ecoles');
  await page.fill('#name', 'Vie scolaire');
  await follow(page.locator('form[action$="/add"] button').first());
  const enter = page.locator('form[action$="/signatory"]');
  await page.selectOption('#person', { index: 1 });
  await enter.locator('input[name=right]').first().check();
  await page.fill('#limit', '5 000,50');
  await follow(enter.locator('button').first());
  await refused(page, faults);
  equal(await page.inputValue('#limit'), '5 000,50', 'what was typed');
  await judge(page, faults, 'a delegation refused', { picture: 'accounting-services-refused' });
  await page.fill('#reference', 'arrêté 2026-012 du 12 mars 2026');
  await follow(enter.locator('button').first());
  equal(await page.locator('table').first().locator('tbody tr').count(), 1, 'signatories');
  await inEachTheme(page, faults, 'services and signatories', 'accounting-services');
}

async function enterParty(page, faults, origin) {
  await page.goto(`${origin}/accounting/parties`);
  await judge(page, faults, 'no third party yet', { picture: 'accounting-parties-none' });
  await follow(page.locator('main a[href="/accounting/parties/new"]').first());
  await page.fill('#name', 'Imprimerie du moulin');
  await page.fill('#id_number', '732 829 320 00075');
  await follow(page.locator('main form button.main').first());
  await refused(page, faults);
  await judge(page, faults, 'a third party refused', { picture: 'accounting-party-refused' });
  await page.fill('#id_number', '732 829 320 00074');
  await follow(page.locator('main form button.main').first());
  await page.fill('#iban', IBAN);
  await page.fill('#holder', 'Imprimerie du moulin');
  await follow(page.locator('form[action$="/accounts"] button').first());
  equal(await page.locator('form[action$="/confirm"]').count(), 0, 'whoever entered an account may confirm it');
  await inEachTheme(page, faults, 'an account held', 'accounting-party-held');
}

async function confirmWithoutScript(browser, origin, account) {
  const { context } = await openContext(browser, { script: false, width: 320 });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/accounting/parties`);
  await page.fill('#q', 'MOULIN');
  await page.locator('form[role=search] button').click();
  await page.locator('main table a').first().click();
  ok((await page.locator('main').innerText()).includes(IBAN), 'the account to read out');
  await page.locator('form[action$="/confirm"] button').click();
  equal(await page.locator('form[action$="/confirm"]').count(), 0, 'it is confirmed');
  await context.close();
}

async function keep(browser, origin, { account, second }) {
  const { context, faults } = await openContext(browser);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await giveRights(page, faults, origin, second.address);
  await enterSignatories(page, faults, origin);
  await enterParty(page, faults, origin);
  await confirmWithoutScript(browser, origin, second);
  await page.goto(`${origin}/accounting/parties`);
  equal(await page.locator('main .tag.ok').count(), 1, 'accounts confirmed');
  await inEachTheme(page, faults, 'third parties', 'accounting-parties');
  await follow(page.locator('main table a').first());
  await inEachTheme(page, faults, 'a third party', 'accounting-party');
  await context.close();
}

export async function judgeParties(tally, browser, { origin, account, second }) {
  await tally.test('rights are given, signatories entered, and an account waits for a second person', () => keep(browser, origin, { account, second }), { ms: 120000 });
}
