// The machine opened, as somebody who is not signed in sees it: plan, numbers, neurons, cards, authors, in each theme, at
// 320 px, and without a script.
import { equal, ok } from '../lib/tally.mjs';
import { follow, openContext } from './judge.mjs';
import { judgeInEveryWay } from './pages.mjs';

const PAGES = {
  plan: '/games/machine',
  'plan-moyen': '/games/machine?model=moyen',
  numbers: '/games/machine/weights?model=petit',
  'numbers-norm': '/games/machine/weights?model=moyen&tensor=output_norm.weight',
  neuron: '/games/machine/neuron?model=petit&layer=2&unit=7',
  'neuron-moyen': '/games/machine/neuron?model=moyen&layer=5&unit=100',
  card: '/games/machine/card?model=petit',
  'card-moyen': '/games/machine/card?model=moyen',
  data: '/games/machine/data',
  authors: '/games/authors',
};

// Everything is reached by links and forms; what a window shows moves with it.
async function walkWithoutScript(browser, origin) {
  const { context, faults } = await openContext(browser, { width: 320, script: false });
  const page = await context.newPage();
  const named = (name) => follow(page.getByRole('link', { name, exact: true }).first());
  await page.goto(`${origin}/games`);
  await follow(page.locator('a[href="/games/machine"]'));
  await named('moyen');
  const total = await page.locator('tr.sum td').last().innerText();
  equal(total.replace(/\D/g, ''), '2410560', 'numbers of moyen');
  await named('Porte');
  await named('Plus bas');
  ok((await page.locator('main .stand').innerText()).includes('lignes 33 à 64'), 'the next window');
  await named('Un neurone');
  await named('Neurone suivant');
  await page.locator('textarea').fill('Q : Où est Orléans ?');
  await follow(page.locator('form:has(textarea) button'));
  ok(page.url().includes('unit=2') && (await page.locator('tbody').last().locator('tr').count()) > 5, 'a text of one\'s own');
  await named('Fiche du modèle');
  ok((await page.locator('main').innerText()).includes('parvis model evaluate moyen.gguf'), 'the command');
  await named('Auteurs');
  ok((await page.locator('main .list > li').count()) >= 5, 'whose work it is');
  equal(faults, [], 'faults');
  await context.close();
}

// Search engines are told, on the wire, to keep nothing that a machine may have made up.
async function notForSearch(browser, origin) {
  const { context } = await openContext(browser);
  const page = await context.newPage();
  await page.goto(`${origin}/games/authors`);
  const asked = (address) => page.evaluate(async (path) => (await fetch(path)).headers.get('x-robots-tag'), address);
  equal(await asked('/games/machine/neuron'), 'noindex', 'a neuron');
  equal(await asked('/games/true-or-invented'), 'noindex', 'cards');
  equal(await asked('/games/machine/nano.csv'), 'noindex', 'a deck');
  equal(await asked('/games/machine/card'), null, 'a card');
  const authors = await page.evaluate(async () => (await fetch('/games/authors.json')).json());
  ok(authors.length >= 5 && authors.every(({ author, license }) => author[0].literal && license), 'authors as CSL-JSON');
  await context.close();
}

export async function judgeOpened(tally, browser, origin) {
  await judgeInEveryWay(tally, browser, origin, PAGES, 'opened');
  await tally.test('opened: a walk without script', () => walkWithoutScript(browser, origin), { ms: 60000 });
  await tally.test('opened: not for search engines', () => notForSearch(browser, origin));
}
