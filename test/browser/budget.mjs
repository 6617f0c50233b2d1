// Next year's budget as an administrator prepares it: begun from an act, an amount typed by keyboard, a vote refused with
// its reasons, and the draft dropped.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, follow, judge, openContext } from './judge.mjs';

async function prepare(browser, origin, account) {
  const { context, faults } = await openContext(browser, { width: 320 });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/accounting`);
  await follow(page.locator('main table a').first());
  await follow(page.locator('form[action$="/prepare"] button').first());
  await judge(page, faults, 'a draft at 320 px', { picture: 'budget-draft-320' });
  const amount = page.locator('input[name^="l"]').first();
  await amount.fill('1 250,50');
  await amount.press('Enter');
  await page.waitForURL(/saved=1/);
  ok((await page.locator('input[name^="l"]').first().inputValue()).endsWith('250,50'), 'the amount is not kept');
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors });
    await judge(page, faults, `a draft in ${theme.name}`, { picture: `budget-draft-${theme.name}`, theme });
  }
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
}
