// Pages that are opened by their address and judged as they stand, in one theme and width. `pages` are addresses by name.
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, judge, openContext } from './judge.mjs';

export async function judgePages(tally, browser, origin, pages, { kind, theme, width, english, account }) {
  const { context, faults } = await openContext(browser, { theme, width });
  const page = await context.newPage();
  if (account) await signInWithBrowser(page, origin, account);
  for (const [name, address] of Object.entries(pages)) {
    await tally.test(`${kind}: ${name} in ${theme.name} at ${width} px${english ? ', English' : ''}`, async () => {
      faults.length = 0;
      await page.goto(origin + address + (english ? `${address.includes('?') ? '&' : '?'}language=en` : ''));
      const picture = `${kind}-${name.replace(/[^a-zA-Z0-9]+/g, '-')}-${theme.name}-${width}${english ? '-en' : ''}`;
      await judge(page, faults, address, { picture, theme });
    });
  }
  await context.close();
}

// Who is not signed in: each theme once in a wide window, then dark and narrow, then narrow and English.
export async function judgeInEveryWay(tally, browser, origin, pages, kind) {
  for (const theme of THEMES) await judgePages(tally, browser, origin, pages, { kind, theme, width: 1280 });
  await judgePages(tally, browser, origin, pages, { kind, theme: THEMES[1], width: 320 });
  await judgePages(tally, browser, origin, pages, { kind, theme: THEMES[0], width: 320, english: true });
}
