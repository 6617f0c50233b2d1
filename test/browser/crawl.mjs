// Walks every kind of page that a signed-in person can reach by links: pages whose addresses differ only in numbers are
// one kind and are judged once, which keeps a mailbox of 500 conversations to a handful of pages.
import { linksOf } from './judge.mjs';

const KINDS_MAX = 60;

export function kindOf(address) {
  const [path, query = ''] = address.split('?');
  const asked = [...new URLSearchParams(query).keys()].sort();
  // Every box ticked: judged once for a list, not on each page of it.
  const names = (asked.length > 1 ? asked.filter((name) => name !== 'all') : asked).join(',');
  return `${path.replace(/\b(?=[\w-]*\d)[\w-]{1,64}\b/g, 'N')}${names ? `?${names}` : ''}`;
}

export async function signInWithBrowser(page, origin, account) {
  await page.goto(origin);
  await page.locator('form:has(input[type=password]) input:not([type=hidden]):not([type=password]):not([type=checkbox])').first().fill(account.address);
  await page.locator('input[type=password]').first().fill(account.password);
  await Promise.all([page.waitForNavigation(), page.locator('form:has(input[type=password]) button').first().click()]);
  if (await page.locator('input[type=password]').count()) throw new Error('still at the sign-in form');
}

// Addresses, one of each kind, beginning with where the page is.
export async function crawl(page, origin) {
  const begin = page.url().slice(origin.length) || '/';
  const queue = [begin];
  const kinds = new Map([[kindOf(begin), begin]]);
  while (queue.length && kinds.size < KINDS_MAX) {
    const answer = await page.goto(origin + queue.shift());
    if (!/html/.test(answer?.headers()['content-type'] ?? '')) continue;
    for (const link of await linksOf(page)) {
      // A PDF is no page: sheets.mjs takes those.
      if (/^\/(asset|sign-out|logout|deconnexion)|\.pdf\b/.test(link) || kinds.has(kindOf(link))) continue;
      kinds.set(kindOf(link), link);
      queue.push(link);
    }
  }
  return [...kinds.values()];
}
