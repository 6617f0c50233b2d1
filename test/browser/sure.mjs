// Games 2 and 6, the bench of 0 and 9, the cards of 0, 4 and 9, and two by turns, as somebody who is not signed in plays
// them: pages in three themes, at 320 px, in English, and without a script.
import { equal, ok } from '../lib/tally.mjs';
import { THEMES, openContext } from './judge.mjs';
import { judgeInEveryWay, judgePages } from './pages.mjs';

const ALL = Array(10).fill('70').join('.');
const PAGES = {
  'sure-card': '/games/are-you-sure?seed=7',
  'sure-turned': '/games/are-you-sure?seed=7&moves=20',
  'sure-sheet': `/games/are-you-sure?seed=7&moves=${ALL}&next=1`,
  wordings: '/games/wordings',
  'wordings-asked': '/games/wordings?seed=1&commune=Gien&field=code&step=5',
  'wordings-bet': '/games/wordings?seed=1&commune=Crotelles&field=code&step=4',
  'dialogue-asked': '/games/dialogue?seed=1&q=O%C3%B9%20se%20trouve%20Orl%C3%A9ans%20%3F&q=Es-tu%20s%C3%BBr%20%3F',
  'letter-card': '/games/letter?seed=7',
  'letter-turned': '/games/letter?seed=7&moves=80.30',
  robot: '/games/not-a-robot',
  'robot-done': '/games/not-a-robot?done=1&p=1&p=3&at=1',
  labels: '/games/labels?seed=7',
  'labels-worked': '/games/labels?seed=7&labels=abcdefabcdef&seconds=90&wage=900',
  'pair-first': '/games/true-or-invented?seed=7&players=2&moves=&second=',
  'pair-second': '/games/true-or-invented?seed=7&players=2&moves=90&second=',
  'pair-turned': '/games/true-or-invented?seed=7&players=2&moves=90&second=20',
  'pair-sheet': `/games/true-or-invented?seed=7&players=2&moves=${ALL}&second=${ALL}&next=1`,
};
// Cards of one template: those of game 6 are judged in every way, these where words are longest.
const MORE_CARDS = {
  'talk-card': '/games/talk?seed=7',
  'talk-turned': '/games/talk?seed=7&moves=20.70',
  'talk-sheet': `/games/talk?seed=7&moves=${ALL}&next=1`,
  'feed-card': '/games/will-it-know?seed=7',
  'feed-turned': '/games/will-it-know?seed=7&moves=20.70.30',
  'hands-card': '/games/small-hands?seed=7&moves=20&next=1',
  'hands-turned': '/games/small-hands?seed=7&moves=20',
};

// What a place says, every kind of space as a plain one.
async function words(place) {
  return (await place.innerText()).replace(/\s/g, ' ');
}

// Answers of moyen may be on their way: on a busy machine the page is asked again until they are there.
async function settle(page) {
  while ((await page.locator('[data-moving]').count()) > 0) {
    await page.waitForTimeout(300);
    await page.reload();
  }
}

// What is said once is remembered, so the pages that are judged have all of it at once.
async function haveSaid(browser, origin) {
  const { context } = await openContext(browser, { script: false });
  const page = await context.newPage();
  for (const address of Object.values(PAGES).filter((path) => /wordings|dialogue/.test(path))) {
    await page.goto(origin + address);
    await settle(page);
  }
  await context.close();
}

// A window of a telephone without script.
async function plain(browser, address, walk) {
  const { context, faults } = await openContext(browser, { width: 320, script: false });
  const page = await context.newPage();
  await page.goto(address);
  await walk(page, async (control) => {
    await control.click();
    await page.waitForLoadState();
    await settle(page);
  });
  equal(faults, [], 'faults');
  await context.close();
}

async function playTen(page, press) {
  for (let card = 1; card <= 10; card++) {
    ok((await words(page.locator('main'))).includes(`Carte ${card} sur 10`), `card ${card}`);
    await page.locator('#sure').fill(card % 2 ? '80' : '20');
    await press(page.locator('form.ticket button.main'));
    ok(await page.locator('.stamp').isVisible(), `card ${card} turned`);
    await press(page.locator('.ticket a.main'));
  }
  ok((await words(page.locator('main'))).includes('Votre feuille'), 'the sheet');
}

async function askInFiveWordings(page, press) {
  await page.locator('#commune').fill('Crotelles');
  await page.locator('#suggest').fill('37000');
  await press(page.locator('form.sheet button.main'));
  for (let asked = 1; asked < 5; asked++) {
    equal(await page.locator('.talk > li').count(), asked, 'answers');
    await press(page.locator('.ticket a.main'));
  }
  const text = await words(page.locator('main'));
  ok(text.includes('Je crois que c\'est 37000.') && text.includes('Registre'), 'asked with what was typed, and judged');
}

async function talk(page, press) {
  for (const question of ['Où se trouve Orléans ?', 'Et son code postal ?']) {
    await page.locator('#ask').fill(question);
    await press(page.locator('form.ticket button.main'));
  }
  const text = await words(page.locator('main'));
  ok(text.includes('Orléans se trouve dans le Loiret (45).') && text.includes('C’est ce que dit le registre.'), 'answered, and judged');
  equal(await page.locator('.talk > li').count(), 2, 'answers');
}

async function tickAndWork(page, press) {
  ok(page.url().includes('/games/not-a-robot'), 'the sham check comes first');
  await page.locator('input[name=p]').nth(0).check();
  await page.locator('input[name=p]').nth(2).check();
  await press(page.locator('form.ticket button.main'));
  equal(await page.locator('tbody tr').count(), 9, 'what was taught');
  await press(page.locator('.ticket a.main'));
  for (let click = 0; click < 3; click++) await press(page.locator('form.ticket button').nth(click));
  ok((await words(page.locator('main'))).includes('Clics : 3 sur 60'), 'clicks are counted');
  await page.locator('#wage').fill('600');
  await press(page.locator('form:has(#wage) button'));
  const text = await words(page.locator('main'));
  ok(text.includes('6,00 €') && text.includes('Clics : 3 sur 60'), 'another wage, the same clicks');
}

async function playInPairs(page, press) {
  await press(page.getByRole('link', { name: 'Jouer à deux sur cet écran' }));
  for (const [player, sure] of [['Joueur 1', '90'], ['Joueur 2', '15']]) {
    ok((await words(page.locator('form.ticket'))).includes(`À vous, ${player}`), player);
    equal(await page.locator('#sure').inputValue(), '50', 'the slider gives nothing away');
    await page.locator('#sure').fill(sure);
    await press(page.locator('form.ticket button.main'));
  }
  const text = await words(page.locator('.ticket'));
  ok(text.includes('90 %') && text.includes('15 %'), 'both opinions on the turned card');
}

export async function judgeSure(tally, browser, origin) {
  await haveSaid(browser, origin);
  await judgeInEveryWay(tally, browser, origin, PAGES, 'games');
  await judgePages(tally, browser, origin, MORE_CARDS, { kind: 'games', ways: [{ theme: THEMES[1], width: 320 }] });
  await judgePages(tally, browser, origin, MORE_CARDS, { kind: 'games', ways: [{ theme: THEMES[0], width: 320 }], english: true });
  const walks = {
    'game 6': ['/games/are-you-sure', playTen],
    'the cards of game 0': ['/games/talk', playTen],
    'game 2': ['/games/letter', playTen],
    'game 4': ['/games/will-it-know', playTen],
    'the cards of game 9': ['/games/small-hands', playTen],
    'game 0': ['/games/dialogue', talk],
    'five wordings': ['/games/wordings', askInFiveWordings],
    'game 9': ['/games/labels', tickAndWork],
    'in pairs': ['/games/true-or-invented?seed=7', playInPairs],
  };
  for (const [name, [address, walk]] of Object.entries(walks))
    await tally.test(`games: ${name}, without script at 320 px`, () => plain(browser, origin + address, walk), { ms: 60000 });
}
