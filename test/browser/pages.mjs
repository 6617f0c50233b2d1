// Pages that are opened by their address and judged as they stand. `pages` are addresses by name; `ways` are themes and
// widths: a page is asked once and then turned from one to the next, as a window or a setting of the system is.
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, judge, openContext } from './judge.mjs';

async function turn(page, { theme, width }) {
  await page.emulateMedia({ colorScheme: theme.colorScheme, forcedColors: theme.forcedColors, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 900 });
}

export async function judgePages(tally, browser, origin, pages, { kind, ways, english, account }) {
  const { context, faults } = await openContext(browser, ways[0]);
  const page = await context.newPage();
  if (account) await signInWithBrowser(page, origin, account);
  for (const [name, address] of Object.entries(pages)) {
    let isOpen = false;
    for (const { theme, width } of ways) {
      await tally.test(`${kind}: ${name} in ${theme.name} at ${width} px${english ? ', English' : ''}`, async () => {
        faults.length = 0;
        await turn(page, { theme, width });
        if (!isOpen) await page.goto(origin + address + (english ? `${address.includes('?') ? '&' : '?'}language=en` : ''));
        isOpen = true;
        const picture = `${kind}-${name.replace(/[^a-zA-Z0-9]+/g, '-')}-${theme.name}-${width}${english ? '-en' : ''}`;
        await judge(page, faults, address, { picture, theme });
      });
    }
  }
  await context.close();
}

// Who is not signed in: each theme once in a wide window, then dark and narrow, then narrow and English.
export async function judgeInEveryWay(tally, browser, origin, pages, kind) {
  const ways = [...THEMES.map((theme) => ({ theme, width: 1280 })), { theme: THEMES[1], width: 320 }];
  await judgePages(tally, browser, origin, pages, { kind, ways });
  await judgePages(tally, browser, origin, pages, { kind, ways: [{ theme: THEMES[0], width: 320 }], english: true });
}
