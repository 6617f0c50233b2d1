// What every page must be, whatever it shows: axe-core finds nothing, nothing runs out of 320 px, one first heading, a
// language, a title, nothing asked of another host, and no word in the browser's console.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { BUILD } from '../lib/place.mjs';
import { ok } from '../lib/tally.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What colours decide. The others read the same page in every theme.
const OF_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] };

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WORDS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const THEMES = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced', colorScheme: 'light', forcedColors: 'active' },
];

export function openBrowser() {
  return chromium.launch({ executablePath: BROWSER, args: WORDS, headless: true });
}

const WITHOUT_SCRIPT = new WeakMap();

// A fresh session of one theme; `faults` collects what no page may do.
export async function openContext(browser, { theme = THEMES[0], width = 1280, script = true } = {}) {
  const context = await browser.newContext({
    colorScheme: theme.colorScheme, forcedColors: theme.forcedColors, viewport: { width, height: 900 },
    javaScriptEnabled: script, locale: 'fr-FR', reducedMotion: 'reduce',
  });
  const faults = [];
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1' && !hostname.endsWith('localhost')) faults.push(`asks ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().message}`));
  if (!script) WITHOUT_SCRIPT.set(context, { width, theme });
  return { context, faults };
}

// A press that leads to another page has ended once that page is whole: a click waits until it begins, and count() and
// title() wait for nothing.
export async function follow(locator, options) {
  await locator.click(options);
  await locator.page().waitForLoadState();
}

// The accessibility defects of the page as it stands, one line each. axe needs scripts: with script off there is none, nor
// within the frame of an HTML mail, whose sandbox runs none: a question asked there is never answered.
export async function axeFindings(page, rules = TAGS) {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, iframes: false, resultTypes: ['violations'] }), rules);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`);
}

export async function shapeFindings(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (!root.lang) found.push('no lang');
    if (!document.title.trim()) found.push('no title');
    const first = document.querySelectorAll('h1').length;
    if (first !== 1) found.push(`${first} first headings`);
    if (root.scrollWidth > root.clientWidth + 1) found.push(`runs out of the window: ${root.scrollWidth} of ${root.clientWidth} px`);
    // Tables of figures need two dimensions and may scroll (WCAG 2.2, 1.4.10); those that stack say that they need none.
    const tables = innerWidth > 320 ? [] : document.querySelectorAll('.scroll:has(> table.stack)');
    for (const { scrollWidth, clientWidth, textContent } of tables)
      if (scrollWidth > clientWidth + 1) found.push(`a table scrolls sideways: ${scrollWidth} of ${clientWidth} px: ${textContent.trim().slice(0, 40)}`);
    return found;
  });
}

// A page that looks again by itself may go away under a question: then it is asked of the one that came.
async function settled(page, ask, tries = 3) {
  try {
    return await ask();
  } catch (error) {
    if (tries === 0 || !/context was destroyed|navigation/i.test(error.message)) throw error;
    await page.waitForLoadState();
    return settled(page, ask, tries - 1);
  }
}

// axe runs as a script: a page of a session without is asked for again in one that has, signed in as it is.
async function axeBeside(page, rules) {
  const without = WITHOUT_SCRIPT.get(page.context());
  if (!without) return settled(page, () => axeFindings(page, rules));
  const { context } = await openContext(page.context().browser(), without);
  await context.addCookies(await page.context().cookies());
  const twin = await context.newPage();
  await twin.goto(page.url());
  const found = await axeFindings(twin, rules);
  await context.close();
  return found;
}

// Nothing is wrong with the page as it stands. Its picture lies in build/shots when something is, and always where PICTURES
// is set: that takes as long as all the rest.
export async function judge(page, faults, where, { picture, theme = THEMES[0] } = {}) {
  const found = [...(await axeBeside(page, theme === THEMES[0] ? TAGS : OF_COLOURS)), ...(await settled(page, () => shapeFindings(page))), ...faults];
  if (picture && (found.length > 0 || process.env.PICTURES))
    await page.screenshot({ path: path.join(BUILD, 'shots', `${picture}.png`), fullPage: true });
  ok(found.length === 0, `${where}:\n${found.join('\n')}`);
}

// Links of the page that stay on its host.
export function linksOf(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href).filter((href) => href.startsWith(location.origin)).map((href) => href.slice(location.origin.length).split('#')[0]));
}
