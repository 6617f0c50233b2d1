// Pages in Chromium: every kind of page in light, dark and forced colours, at 320 px, with script and without, on a
// mailbox of 500 conversations. Pictures lie in build/shots.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { makeConversations } from '../corpus/make_conversations.mjs';
import { Parvis, SYNDICATE, TWO_TOWNS, whyNoParvis } from '../lib/parvis.mjs';
import { BUILD, ROOT } from '../lib/place.mjs';
import { Tally, equal, ok } from '../lib/tally.mjs';
import { crawl, kindOf, signInWithBrowser } from './crawl.mjs';
import { judgeBudget } from './budget.mjs';
import { judgeDocuments } from './documents.mjs';
import { judgeFinanceDesk } from './finance_desk.mjs';
import { judgeMorning } from './morning.mjs';
import { judgeReceipts } from './receipts.mjs';
import { judgeRoom } from './room.mjs';
import { judgeOpened } from './opened.mjs';
import { judgeParties } from './parties.mjs';
import { judgePayroll } from './payroll.mjs';
import { judgePublicBudget } from './public_budget.mjs';
import { judgePlugged } from './plugged.mjs';
import { judgeSheets } from './sheets.mjs';
import { judgeSpending } from './spending.mjs';
import { judgeClosing } from './closing.mjs';
import { judgeStaff } from './staff.mjs';
import { judgeSure } from './sure.mjs';
import { THEMES, axeFindings, openBrowser, openContext, shapeFindings } from './judge.mjs';
import { judgePages } from './pages.mjs';


// ---- the judge itself: it passes a good page and finds each planted defect ----

const GOOD = '<!DOCTYPE html><html lang="fr"><head><title>Bon</title><meta name="viewport" content="width=device-width"></head><body><main><h1>Bon</h1><p>Texte</p><a href="/page/2?x=1">suite</a></main></body></html>';
const PLANTED = {
  'an image without words': ['axe', GOOD.replace('<p>', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p>')],
  'grey on white': ['axe', GOOD.replace('<p>', '<p style="color:#bbb;background:#fff">')],
  'no language': ['shape', GOOD.replace(' lang="fr"', '')],
  'a table too wide': ['shape', GOOD.replace('<p>', '<p style="width:900px">')],
  'a table that scrolls': ['shape', GOOD.replace('<p>', '<div class="scroll" style="overflow-x:auto"><table class="stack"><caption>Large</caption><tr><td style="min-width:400px">1</td></tr></table></div><p>')],
  'a stranger asked': ['fault', GOOD.replace('<p>', '<img alt="" src="http://elsewhere.invalid/x.png"><p>')],
};

async function proveTheJudge(browser) {
  let text = GOOD;
  const server = http.createServer((_, answer) => answer.setHeader('Content-Type', 'text/html; charset=utf-8').end(text));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const look = async (bytes) => {
    text = bytes;
    const { context, faults } = await openContext(browser, { width: 320 });
    const page = await context.newPage();
    await page.goto(origin);
    const found = { axe: await axeFindings(page), shape: await shapeFindings(page), fault: faults.filter((one) => one.startsWith('asks')) };
    await context.close();
    return found;
  };
  const good = await look(GOOD);
  equal([good.axe, good.shape, good.fault], [[], [], []], 'a good page');
  for (const [name, [kind, bytes]] of Object.entries(PLANTED)) ok((await look(bytes))[kind].length > 0, `not found: ${name}`);
  server.close();
  equal(kindOf('/mail/inbox/message/17?page=2'), kindOf('/mail/inbox/message/9?page=3'), 'kinds');
  ok(kindOf('/mail/inbox') !== kindOf('/mail/sent'), 'kinds differ by words');
}

// ---- parvis ----

async function judgeWithoutScript(tally, browser, origin, account, addresses) {
  const { context, faults } = await openContext(browser, { script: false });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  for (const address of addresses) {
    await tally.test(`page ${kindOf(address)} without script`, async () => {
      faults.length = 0;
      const answer = await page.goto(origin + address);
      ok(answer.status() < 400, `answered with ${answer.status()}`);
      ok((await page.locator('main').innerText()).trim().length > 0, 'the main part is empty');
      ok(faults.length === 0, `${address}:\n${faults.join('\n')}`);
    });
  }
  await context.close();
}

async function keyboardAlone(browser, origin, account) {
  const { context } = await openContext(browser);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  const reached = new Set();
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      return { id: at.outerHTML.slice(0, 120), seen: box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none') };
    });
    if (!here) break;
    ok(here.seen, `focus is not visible on ${here.id}`);
    reached.add(here.id);
  }
  ok(reached.size > 5, `only ${reached.size} places are reached by Tab`);
  await context.close();
}

const byKind = (addresses) => Object.fromEntries(addresses.map((address) => [kindOf(address), address]));

// Pages of those who administer a town and of those who operate the house: what an agent does not see.
async function judgeHouse(tally, browser, parvis) {
  for (const [town, address, mine] of [
    ['beauval', 'administration@beauval.example', /^\/people/],
    ['syndicat', 'operateur@syndicat.example', /^\/operate/],
  ]) {
    const account = { address, password: parvis.password(address) };
    const origin = `http://${town}.localhost:${parvis.ports.web}`;
    let addresses = [];
    await tally.test(`a walk along the pages of ${address}`, async () => {
      const { context } = await openContext(browser);
      const page = await context.newPage();
      await signInWithBrowser(page, origin, account);
      addresses = (await crawl(page, origin)).filter((one) => mine.test(one));
      await context.close();
      ok(addresses.length >= 5, `only ${addresses.length} kinds of page: ${addresses}`);
    }, { ms: 120000 });
    // Each theme once, the first in a narrow window.
    const ways = THEMES.map((theme, i) => ({ theme, width: i ? 1280 : 320 }));
    await judgePages(tally, browser, origin, byKind(addresses), { kind: 'house', ways, account });
    await judgeWithoutScript(tally, browser, origin, account, addresses);
  }
}

// Everything an agent reaches, then a morning in the same mailbox, by nobody else meanwhile.
async function judgeAgent(tally, browser, parvis, { origin, account, box }) {
  const { address } = account;
  await tally.test('500 conversations come in', () => parvis.cli(['mail', 'import', address, box], '', { ms: 60000 }), { ms: 70000 });
  let addresses = [];
  await tally.test('sign-in and a walk along every link', async () => {
    const { context } = await openContext(browser);
    const page = await context.newPage();
    await signInWithBrowser(page, origin, account);
    addresses = await crawl(page, origin);
    await context.close();
    ok(addresses.length >= 3, `only ${addresses.length} kinds of page: ${addresses}`);
  }, { ms: 120000 });
  const ways = [...THEMES.map((theme) => ({ theme, width: 1280 })), { theme: THEMES[0], width: 320 }];
  await judgePages(tally, browser, origin, byKind(addresses), { kind: 'page', account, ways });
  await judgeWithoutScript(tally, browser, origin, account, addresses);
  await judgeMorning(tally, browser, {
    origin, account, to: 'etat-civil@beauval.example',
    deliver: async (subject) => {
      const file = path.join(parvis.dir, 'one.mbox');
      const [, day, number, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(new Date().toUTCString());
      const words = `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
      fs.writeFileSync(file, `From a@b.example ${day} ${month} ${number} ${time} ${year}\nFrom: a@b.example\nTo: ${address}\nSubject: ${words}\n\nBonjour\n`);
      await parvis.cli(['mail', 'import', address, file]);
    },
  });
  await tally.test('keyboard alone', () => keyboardAlone(browser, origin, account));
}

// The machine opened, and games that wait for its answers.
async function judgeGames(tally, browser, origin) {
  await judgeOpened(tally, browser, origin);
  await judgeSure(tally, browser, origin);
  await judgeRoom(tally, browser, origin);
  await judgeSheets(tally, browser, origin);
}

// Walks through a year's accounts have towns of their own: what one changes is nothing to the others, nor to who looks at
// every page of the first town.
const TOWNS_OF_WALKS = ['comptes', 'recettes', 'tableau'].map((name) => ({ name, domain: `${name}.example`,
  people: [['administration', 'Administration', 'admin'], ['finances', 'Service finances', 'agent'], ['etat-civil', 'État civil', 'agent']] }));

async function bringBudgets(parvis, town) {
  await parvis.cli(['service', 'on', town, 'accounting']);
  for (const name of ['small', 'grown']) await parvis.cli(['accounting', 'import-budget', town, path.join(ROOT, 'test/corpus/docbudg', `${name}.xml`), '--with-faults']);
}

// One after another.
async function judgeAccounting(tally, browser, parvis) {
  const origin = `http://comptes.localhost:${parvis.ports.web}`;
  const [editor, second] = ['administration@comptes.example', 'etat-civil@comptes.example'].map((address) => ({ address, password: parvis.password(address) }));
  await judgeBudget(tally, browser, { origin, account: editor });
  await judgeParties(tally, browser, { origin, account: editor, second });
  await judgePublicBudget(tally, browser, { origin, account: editor });
  await judgeSpending(tally, browser, parvis);
  await judgeReceipts(tally, browser, parvis);
  await judgeFinanceDesk(tally, browser, parvis);
  await judgePayroll(tally, browser, parvis);
  await judgeStaff(tally, browser, parvis);
  await judgeClosing(tally, browser);
}

// Games, documents, who administers, who operates; models of others. What answers in them runs where nobody else wants a
// processor, so this walk is alone among those that wait for it.
async function judgeOthers(tally, browser, parvis, { origin }) {
  await judgeGames(tally, browser, origin);
  const editor = 'administration@beauval.example';
  await judgeDocuments(tally, browser, { origin, account: { address: editor, password: parvis.password(editor) } });
  await judgeHouse(tally, browser, parvis);
  await judgePlugged(tally, browser);
}

// One walk after another leaves cores idle: some go on side by side, each with sessions of its own.
async function judgeParvis(tally, browser) {
  const parvis = await Parvis.start({ towns: [...TWO_TOWNS, SYNDICATE, ...TOWNS_OF_WALKS] });
  const address = 'accueil@beauval.example';
  const box = path.join(parvis.dir, 'conversations.mbox');
  fs.writeFileSync(box, makeConversations({ count: 500, me: address }));
  // Pages of accounting have something to show.
  await tally.test('a budget comes in', async () => {
    for (const town of ['beauval', 'comptes']) await bringBudgets(parvis, town);
  }, { ms: 60000 });
  const place = { origin: `http://beauval.localhost:${parvis.ports.web}`, account: { address, password: parvis.password(address) }, box };
  await Promise.all([judgeAgent, judgeAccounting, judgeOthers].map((judgeThem) => judgeThem(tally, browser, parvis, place)));
  await tally.test('the server ends cleanly', () => parvis.stop());
}

async function main() {
  const tally = new Tally();
  fs.mkdirSync(path.join(BUILD, 'shots'), { recursive: true });
  await tally.test('the sample box is the same for the same seed', () => {
    const box = makeConversations({ count: 500 });
    equal(box === makeConversations({ count: 500 }), true, 'same bytes');
    ok(box !== makeConversations({ count: 500, seed: 2 }), 'another seed, another box');
    equal(new Set([...box.matchAll(/^Message-ID: <c(\d+)-/gm)].map((found) => found[1])).size, 500, 'conversations');
  });
  const browser = await openBrowser();
  await tally.test('the judge of pages', () => proveTheJudge(browser), { ms: 60000 });
  const reason = await whyNoParvis(['web']);
  if (reason) tally.skip('pages of parvis', reason);
  else await judgeParvis(tally, browser);
  await browser.close();
  tally.end();
}

await main();
