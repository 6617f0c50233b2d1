// A room in four windows: the desk, the wall, a telephone, and a telephone without script. What is pressed at the desk is
// seen by all; each page at each stage is judged.
import { equal, ok } from '../lib/tally.mjs';
import { THEMES, follow, judge, openContext } from './judge.mjs';

async function openWindow(browser, address, options = {}) {
  const { context, faults } = await openContext(browser, options);
  const page = await context.newPage();
  await page.goto(address);
  return { page, context, faults, script: options.script ?? true };
}

// The judge is a script itself: where none runs, faults alone are looked for.
async function judgeWindow({ page, faults, script }, where) {
  if (script) await judge(page, faults, where);
  else ok(faults.length === 0, `${where}:\n${faults.join('\n')}`);
}

export async function judgeRoom(tally, browser, origin) {
  const windows = {};
  const all = (where) => Promise.all(Object.entries(windows).map(([name, one]) => judgeWindow(one, `${name}, ${where}`)));
  const press = () => windows.desk.page.locator('button[value=on]').click();
  // Who has a script follows by itself, who has none presses "refresh".
  const seen = async (text) => {
    const { wall, telephone, plain } = windows;
    await follow(plain.page.locator('a[href*="me="]').last());
    for (const { page } of [wall, telephone, plain]) await page.getByText(text).first().waitFor({ timeout: 8000 });
  };

  await tally.test('a room is opened, and entered by its code', async () => {
    windows.desk = await openWindow(browser, `${origin}/games/room`);
    await judgeWindow(windows.desk, 'the door');
    await follow(windows.desk.page.locator('main form[method=post] button'));
    const code = /\/games\/room\/([A-Z]{6})\/screen/.exec(await windows.desk.page.content())[1];
    windows.wall = await openWindow(browser, `${origin}/games/room/${code}/screen`, { theme: THEMES[1] });
    windows.telephone = await openWindow(browser, `${origin}/games/room`, { width: 320 });
    windows.plain = await openWindow(browser, `${origin}/games/room/${code}`, { width: 320, script: false, theme: THEMES[2] });
    await windows.telephone.page.locator('input[name=code]').fill(code.toLowerCase());
    await windows.telephone.page.keyboard.press('Enter');
    for (const one of [windows.telephone, windows.plain]) await follow(one.page.locator('main form[method=post] button'));
    await all('before the first card');
  }, { ms: 60000 });

  await tally.test('places without a vote are freed, and who is there enters again', async () => {
    const { desk, telephone, plain } = windows;
    await follow(desk.page.locator('details:has(button[value=free]) summary'));
    await follow(desk.page.locator('button[value=free]'));
    await follow(plain.page.locator('a[href*="me="]').last());
    for (const { page } of [telephone, plain]) await page.getByText('Entrez de nouveau').waitFor({ timeout: 8000 });
    await all('freed');
    for (const { page } of [telephone, plain]) await follow(page.locator('main form[method=post] button'));
  }, { ms: 60000 });

  await tally.test('a card is shown, voted on and turned in every window', async () => {
    await press();
    await seen('Carte 1 sur 10');
    await all('a card is shown');
    for (const [one, sure] of [[windows.telephone, '90'], [windows.plain, '20']]) {
      await one.page.locator('input[type=range]').fill(sure);
      await follow(one.page.locator('form:has(input[type=range]) button').first());
    }
    await windows.wall.page.getByText('Votes reçus : 2').waitFor({ timeout: 8000 });
    await all('voted');
    await press();
    await seen('Ce que la salle a dit');
    const votes = await windows.wall.page.locator('table td.r').allInnerTexts();
    equal(votes, ['0', '1', '0', '0', '1'], 'votes by how sure');
    await all('turned');
  }, { ms: 60000 });

  await tally.test('the back button and a second desk change nothing twice', async () => {
    const second = await openWindow(browser, windows.desk.page.url(), { script: false }); // does not follow by itself
    await press();
    await follow(second.page.locator('button[value=on]')); // its page still says: turn on from card 1
    await second.page.getByText('Carte 2 sur 10').first().waitFor({ timeout: 8000 });
    equal(await second.page.locator('button[value=on]').innerText(), 'Retourner la carte', 'card 2 is shown, not turned');
    await second.context.close();
  }, { ms: 60000 });

  await tally.test('the room ends early, and is wiped', async () => {
    await follow(windows.desk.page.locator('details:has(button[value=end]) summary'));
    await follow(windows.desk.page.locator('button[value=end]'));
    await seen('La partie est finie');
    await all('over');
    const address = windows.telephone.page.url();
    await follow(windows.desk.page.locator('details:has(button[value=wipe]) summary'));
    await follow(windows.desk.page.locator('button[value=wipe]'));
    equal((await windows.plain.page.goto(address)).status(), 404, 'a wiped room');
  }, { ms: 60000 });
  for (const { context } of Object.values(windows)) await context.close();
}
