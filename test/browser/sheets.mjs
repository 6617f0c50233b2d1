// What is printed of games: who plays, the tab of sheets, workshops, in each theme, at 320 px and without a script; every
// PDF a page leads to is one, shown and not saved.
import http from 'node:http';
import { equal, ok } from '../lib/tally.mjs';
import { THEMES, follow, openContext } from './judge.mjs';
import { judgePages } from './pages.mjs';

const PAGES = {
  home: '/games',
  child: '/games?for=child',
  agent: '/games?for=agent&level=easy',
  leader: '/games?for=leader',
  'print-cards': '/games/print?game=true-or-invented&seed=7',
  'print-bench': '/games/print?game=letter&seed=7&level=easy',
  'print-no-sources': '/games/print?game=where-from&seed=7',
  workshop: '/games/workshop',
};

// Node does not look up names under localhost as a browser does.
function get(link) {
  const { host, port, pathname, search } = new URL(link);
  return new Promise((done, fail) => {
    http.get({ host: '127.0.0.1', port, path: pathname + search, headers: { host, 'accept-language': 'fr' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', fail);
  });
}

// The PDFs a page leads to.
async function takeSheets(page, wanted) {
  const links = await page.locator('main a[href*=".pdf"]').evaluateAll((all) => all.map((a) => a.href));
  equal(links.length, wanted, 'sheets on the page');
  for (const link of links) {
    const { status, headers, body } = await get(link);
    equal([status, headers['content-type'], headers['content-disposition']], [200, 'application/pdf', undefined], link);
    equal(body.subarray(0, 7).toString('latin1'), '%PDF-1.', link);
  }
}

// From the games' first page to paper, by links alone.
async function walkWithoutScript(browser, origin) {
  const { context, faults } = await openContext(browser, { width: 320, script: false });
  const page = await context.newPage();
  const named = (name) => follow(page.locator('main').getByRole('link', { name, exact: true }).first());
  await page.goto(`${origin}/games`);
  await named('Un enfant');
  await named('Le village qui n’existe pas');
  ok(page.url().includes('level=child'), 'the level goes along');
  await named('Imprimer');
  const seed = new URL(page.url()).searchParams.get('seed');
  ok(page.url().includes('level=child') && seed !== null, 'level and seed go along');
  ok((await page.locator('main a[href*=".pdf"]').first().getAttribute('href')).includes(`-${seed}-`), 'the cards on the screen');
  await takeSheets(page, 3);
  await page.goto(`${origin}/games?for=leader`);
  await named('Animer un atelier');
  await takeSheets(page, 2);
  await named('Ouvrir le jeu');
  ok(page.url().includes('seed=7'), 'the seed of the workshop');
  await page.goto(`${origin}/games/print?game=where-from&seed=7`);
  await takeSheets(page, 2);
  ok(faults.length === 0, faults.join('\n'));
  await context.close();
}

export async function judgeSheets(tally, browser, origin) {
  await judgePages(tally, browser, origin, PAGES, { kind: 'sheets', ways: THEMES.map((theme, i) => ({ theme, width: i ? 1280 : 320 })) });
  await tally.test('from the games to paper, without a script', () => walkWithoutScript(browser, origin), { ms: 60000 });
}
