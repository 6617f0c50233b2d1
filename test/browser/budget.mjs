// Next year's budget as an administrator prepares it: begun from an act, amounts typed and pasted while sums follow, a vote
// refused with its reasons, and the draft dropped; a chart taken over; a voted budget amended; credits transferred.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, follow, judge, openContext } from './judge.mjs';

// The total and the balance follow each key; Enter goes down; two cells of a spreadsheet fill two lines.
async function typeAmounts(page) {
  const plain = async (place) => (await page.locator(place).first().textContent()).replace(/[^\d,+\u2212]/g, '');
  const [first, second] = [page.locator('input[name^="l"]').first(), page.locator('input[name^="l"]').nth(1)];
  await first.fill('1 000,00');
  await second.fill('0,50');
  equal(await plain('[data-total]'), '1000,50', 'the total while typing');
  equal(await plain('[data-balance="F"] [data-sum="expense"]'), '1000,50', 'the balance while typing');
  ok((await plain('[data-balance="F"] [data-state="-1"]:not([hidden])')).endsWith('1000,50'), 'what lacks is not told while typing');
  await first.fill('x');
  equal(await first.getAttribute('aria-invalid'), 'true', 'an amount nobody can read');
  await first.focus();
  await first.press('Enter');
  equal(await page.evaluate(() => document.activeElement.name), await second.getAttribute('name'), 'Enter goes down');
  await first.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '60611\t1 250,50\r\n023\t75\r\n9\t9\r\n');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  equal(await second.inputValue(), '75', 'the second cell pasted');
  equal(await plain('[data-total]'), '1325,50', 'the total after pasting');
}

// Own resources follow a line that is one of them, and say at once what they lack.
async function typeOwn(page) {
  const cents = async (place) => Number((await page.locator(place).first().textContent()).replace(/[^\d]/g, ''));
  await page.goto(page.url().replace(/edit.*/, 'edit?part=ri'));
  await page.fill('#nature', '10222');
  await follow(page.locator('form[action$="/add"] button').first());
  const field = page.locator('tr[data-own] input').first();
  await field.fill('0');
  const without = await cents('[data-own-sum="resources"]');
  await field.fill('100,00');
  equal(await cents('[data-own-sum="resources"]') - without, 10000, 'own resources while typing');
  await field.fill('99 999 999,00');
  ok(await page.locator('[data-own-state="met"]').isVisible(), 'that the capital is covered is not told while typing');
}

// The year that is prepared has no chart of its own: one is taken over, and the page of its budget says so.
async function takeChartOver(page, origin, faults) {
  const draft = page.url();
  await page.goto(`${origin}/accounting/charts`);
  await page.selectOption('#from', 'M57-M57_A 2024');
  await page.fill('#year', '2025');
  await page.click('form[action$="/taken"] button');
  await judge(page, faults, 'charts of accounts', { picture: 'budget-charts' });
  await page.goto(draft);
  ok((await page.locator('.note.warn').textContent()).includes('2024'), 'a chart taken over is not told');
}

// Of the voted budget: a decision that amends it, and transfers between its chapters.
async function amend(browser, origin, account) {
  const { context, faults } = await openContext(browser, { width: 1280 });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/accounting`);
  await page.click('main table a');
  await page.click('form[action$="/amend"] button[value="02"]');
  equal(await page.locator('[data-balance]').count(), 4, 'balances of a decision');
  await page.locator('input[name^="l"]').first().fill('5');
  ok((await page.locator('[data-grid="sum"] tr.chap [data-last]').first().textContent()).endsWith('5,00'), 'what is in force after it');
  await judge(page, faults, 'an amending decision', { picture: 'budget-amending' });
  await page.click('form[action$="/drop"] button');
  await page.waitForURL(/\/accounting$/);
  await page.click('main table a');
  await page.click('a[href$="/transfers"]');
  await judge(page, faults, 'transfers that nobody allowed');
  await page.fill('#rate', '7,5');
  await page.click('form[action$="/rate"] button');
  await judge(page, faults, 'transfers of credits', { picture: 'budget-transfers' });
  await page.fill('#amount', '1');
  await page.fill('#reason', 'Essai');
  await page.click('form[action$="/transfers"] button');
  ok((await page.locator('[role=alert]').count()) === 1, 'a transfer within one chapter is taken');
  await context.close();
}

async function prepare(browser, origin, account) {
  const { context, faults } = await openContext(browser, { width: 320 });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/accounting`);
  await follow(page.locator('main table a').first());
  await follow(page.locator('form[action$="/prepare"] button').first());
  await judge(page, faults, 'a draft at 320 px', { picture: 'budget-draft-320' });
  await typeAmounts(page);
  await page.click('button.main');
  await page.waitForURL(/saved=1/);
  ok((await page.locator('input[name^="l"]').first().inputValue()).endsWith('250,50'), 'the amount is not kept');
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors });
    await judge(page, faults, `a draft in ${theme.name}`, { picture: `budget-draft-${theme.name}`, theme });
  }
  await takeChartOver(page, origin, faults);
  await typeOwn(page);
  await page.fill('#nature', '999');
  await follow(page.locator('form[action$="/add"] button').first());
  ok(await page.locator('[role=alert]').isVisible(), 'an account nobody knows is taken');
  await follow(page.locator('form[action$="/vote"] button').first());
  ok((await page.locator('[role=alert] li').count()) > 0, 'a budget out of balance is voted, or without a reason');
  faults.length = 0; // the browser notes a page of code 422 in its console
  await judge(page, faults, 'a vote refused', { picture: 'budget-refused' });
  await follow(page.locator('form[action$="/drop"] button').first());
  await page.waitForURL(/\/accounting$/);
  equal(await page.locator('main tbody tr').count(), 2, 'acts that stay');
  await context.close();
}

export async function judgeBudget(tally, browser, { origin, account }) {
  await tally.test('a budget is prepared, refused with its reasons, and dropped', () => prepare(browser, origin, account), { ms: 60000 });
  await tally.test('a voted budget is amended, and its credits moved', () => amend(browser, origin, account), { ms: 60000 });
}
