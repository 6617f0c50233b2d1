// A budget that anybody may read: an administrator shows it, somebody without an account goes down to its lines by
// keyboard, without script, at 320 px, in every theme and on paper; then it is taken back.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, judge, openContext } from './judge.mjs';

async function pressOnAct(browser, origin, account, ending) {
  const { context } = await openContext(browser);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/accounting`);
  const acts = await page.locator('main table a').evaluateAll((links) => links.map((link) => link.href));
  for (const act of acts) {
    await page.goto(act);
    const button = page.locator(`form[action$="/${ending}"] button`);
    if (await button.count()) {
      await button.click();
      await page.waitForURL(/\/accounting\/acts\/\d+$/);
      await context.close();
      return;
    }
  }
  throw new Error(`no act to ${ending}`);
}

// What a line says of itself is all in its table: the bar is for the eye.
async function barsSayNothing(page) {
  const bars = await page.locator('main svg.bar').evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-hidden')));
  ok(bars.length > 0 && bars.every((hidden) => hidden === 'true'), 'a bar is read aloud, or there is none');
}

async function sumsAreSums(page) {
  const wrong = await page.locator('main table:has(svg.bar)').evaluateAll((tables) => {
    const cents = (cell) => Number(cell.textContent.replace(/[^\d,−-]/g, '').replace('−', '-').replace(',', ''));
    return tables.filter((table) => {
      const amounts = [...table.querySelectorAll('tbody tr')].map((row) => cents(row.querySelector('td.r')));
      return amounts.slice(0, -1).reduce((sum, one) => sum + one, 0) !== amounts.at(-1);
    }).length;
  });
  equal(wrong, 0, 'tables whose rows are not their total');
}

async function readWithoutScript(browser, origin) {
  const { context, faults } = await openContext(browser, { width: 320, script: false });
  const page = await context.newPage();
  await page.goto(`${origin}/budget`);
  await page.locator('main tbody a').first().focus();
  const chapter = await page.locator('main tbody a').first().getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname + url.hash === chapter);
  ok((await page.locator('main tbody tr').count()) > 1, 'a chapter without lines');
  equal(faults, [], 'without script');
  await context.close();
}

async function read(browser, origin) {
  const { context, faults } = await openContext(browser, { width: 320 });
  const page = await context.newPage();
  await page.goto(`${origin}/budget`);
  await judge(page, faults, 'a public budget at 320 px', { picture: 'public-budget-320' });
  await barsSayNothing(page);
  await sumsAreSums(page);
  const lines = await page.locator('main tbody a').first().getAttribute('href');
  const data = await page.locator('main a[download]').getAttribute('href');
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors });
    await judge(page, faults, `a public budget in ${theme.name}`, { picture: `public-budget-${theme.name}`, theme });
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'print' });
  ok(!(await page.locator('main a[download]').isVisible()), 'a button on paper');
  ok(await page.locator('main svg.bar').first().isVisible(), 'no bar on paper');
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 320, height: 900 });
  await page.goto(origin + lines);
  await judge(page, faults, 'lines of a chapter at 320 px', { picture: 'public-budget-lines' });
  const words = await page.evaluate(async (path) => (await fetch(path)).text(), data);
  ok(words.startsWith('BGT_NATDEC,'), 'open data without its names');
  await context.close();
}

export async function judgePublicBudget(tally, browser, { origin, account }) {
  await tally.test('a public budget is shown, read by anybody, and taken back', async () => {
    await pressOnAct(browser, origin, account, 'publish');
    await read(browser, origin);
    await readWithoutScript(browser, origin);
    await pressOnAct(browser, origin, account, 'withdraw');
    const { context } = await openContext(browser);
    const page = await context.newPage();
    await page.goto(`${origin}/budget`);
    ok(await page.locator('.empty').isVisible(), 'it is still shown');
    await context.close();
  }, { ms: 60000 });
}
