// What a script adds to pages that work without it: new mail is announced, drafts save themselves, addresses are
// completed, a refused form is read first, work that goes on is followed, a grid of amounts adds itself up. No page
// depends on it; nothing is asked of another host.
'use strict';

const FRAGMENT = { Accept: 'text/fragment+html' };

// ---- a refused form: its summary takes the focus ----

const refusal = document.querySelector('[role=alert] [tabindex="-1"]');
if (refusal) refusal.focus();

// ---- new mail: the open folder is asked every quarter of a minute, while somebody may see the answer ----

const STATE_EVERY_MS = 15000;

function announce(place) {
  document.getElementById('came')?.remove();
  const note = document.createElement('div');
  note.id = 'came';
  note.className = 'note';
  note.setAttribute('role', 'status');
  const link = document.createElement('a');
  link.href = location.pathname;
  link.textContent = place.querySelector('[data-one]').textContent;
  const words = document.createElement('p');
  words.append(link);
  const box = document.createElement('div');
  box.append(words);
  note.append(box);
  document.querySelector('main h1').after(note);
}

// The title and the counts follow at once; the rows too, unless somebody is choosing among them or is further down.
async function showFresh() {
  const answer = await fetch(location.pathname);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const list = document.querySelector('form:has(.threads)');
  const isBusy = list && (list.contains(document.activeElement) || list.querySelector('.pick:checked'));
  const parts = ['.folders', '.defs', 'div:has(> h1) > p'];
  if (!isBusy && !location.search && scrollY < 200) parts.push('form:has(.threads)');
  document.title = fresh.title;
  for (const part of parts) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
  }
}

async function askState(place) {
  if (document.hidden) return;
  const answer = await fetch(`${place.dataset.state}?since=${place.dataset.mark}`, { headers: FRAGMENT });
  if (!answer.ok || answer.redirected) return;
  const state = await answer.json();
  if (String(state.mark) === place.dataset.mark) return;
  place.dataset.mark = state.mark;
  await showFresh();
  if (state.came > 0) announce(place);
}

const watched = document.querySelector('[data-state]');
if (watched) setInterval(() => askState(watched).catch(() => {}), STATE_EVERY_MS);

// ---- work that goes on: the part that moves is asked again until it has gone, or is at another stage; then the page is
// another ----

const FOLLOW_EVERY_MS = 1000;

async function followWork() {
  if (document.hidden) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [old, now] = [document.querySelector('[data-moving]'), fresh.querySelector('[data-moving]')];
  if (!now || now.dataset.stage !== old.dataset.stage) {
    location.reload();
    return;
  }
  const boxes = now.querySelectorAll('details'); // one that was opened stays open
  for (const [i, box] of [...old.querySelectorAll('details')].entries()) if (boxes[i]) boxes[i].open = box.open;
  if (!old.contains(document.activeElement)) old.replaceWith(now);
  const [said, says] = [document.querySelector('[data-event]'), fresh.querySelector('[data-event]')];
  if (said.textContent !== says.textContent) said.textContent = says.textContent; // read aloud once
}

function follow() {
  const { every } = document.querySelector('[data-moving]').dataset;
  setTimeout(() => followWork().catch(() => {}).then(follow), Number(every ?? FOLLOW_EVERY_MS));
}

if (document.querySelector('[data-moving]')) follow();

// ---- several at once: all of them, or all between two ----

function tick(boxes, isOn) {
  for (const box of boxes) box.checked = isOn;
}

document.addEventListener('click', (event) => {
  const all = event.target.closest('[data-all]');
  if (all) {
    event.preventDefault();
    const boxes = [...document.querySelectorAll('.pick')];
    tick(boxes, boxes.some((box) => !box.checked));
    [all.textContent, all.dataset.all] = [all.dataset.all, all.textContent];
  }
  if (!event.target.matches('.pick')) return;
  const boxes = [...document.querySelectorAll('.pick')];
  const here = boxes.indexOf(event.target);
  const last = boxes.findIndex((box) => box.dataset.last);
  if (event.shiftKey && last >= 0) tick(boxes.slice(Math.min(here, last), Math.max(here, last) + 1), event.target.checked);
  for (const box of boxes) delete box.dataset.last;
  event.target.dataset.last = 'yes';
});

// ---- undo: offered while it is possible ----

const leaving = document.querySelector('[data-leaves]');
if (leaving) setTimeout(() => {
  leaving.textContent = leaving.dataset.left;
  leaving.parentElement.querySelector('form')?.remove();
}, Number(leaving.dataset.leaves) * 1000);

// ---- HTML mail: the frame takes the height of what it shows ----

function fit(frame) {
  const body = frame.contentDocument?.body;
  if (body && body.offsetHeight > 0) frame.height = Math.min(body.offsetHeight + 48, 20000);
}

for (const frame of document.querySelectorAll('.mailframe')) {
  frame.addEventListener('load', () => fit(frame));
  frame.closest('details')?.addEventListener('toggle', () => fit(frame));
  addEventListener('resize', () => fit(frame));
  if (frame.contentDocument?.readyState === 'complete') fit(frame);
}

// ---- drafts: saved a moment after the last key ----

const DRAFT_AFTER_MS = 3000;

function savedWords(at) {
  const status = document.querySelector('[data-saved]');
  const form = document.querySelector('[data-draft]');
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' }).format(at);
  status.textContent = `${form.dataset.savedWords} ${time}`;
}

async function saveDraft(form) {
  const fields = new FormData(form);
  for (const file of form.querySelectorAll('input[type=file]')) fields.delete(file.name);
  fields.set('do', 'save');
  const answer = await fetch(form.action, { method: 'POST', body: fields, headers: FRAGMENT });
  if (!answer.ok || answer.redirected) return;
  form.elements.draft.value = (await answer.json()).draft;
  savedWords(new Date());
}

function keepDraft(form) {
  let timer = 0;
  let last = Promise.resolve();
  let isLeaving = false;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!isLeaving) last = last.then(() => saveDraft(form)).catch(() => {}); }, DRAFT_AFTER_MS);
  });
  // The number a save is about to bring must be known before the form itself goes, or there would be two drafts.
  form.addEventListener('submit', (event) => {
    if (isLeaving) return;
    isLeaving = true;
    clearTimeout(timer);
    event.preventDefault();
    const button = event.submitter;
    // Not before this event is over: a form that is being submitted takes no second order.
    last.then(() => setTimeout(() => form.requestSubmit(button)));
  });
}

const draft = document.querySelector('[data-draft]');
if (draft) keepDraft(draft);

// ---- addresses: a list below the field, for keys and pointers alike (ARIA combobox) ----

const COMPLETE_AFTER_MS = 150;

function combobox(field, number) {
  const list = document.createElement('ul');
  list.id = `offers-${number}`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.labels[0].textContent);
  list.hidden = true;
  const box = document.createElement('div');
  box.className = 'combo';
  field.before(box);
  box.append(field, list);
  field.removeAttribute('list');
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]])
    field.setAttribute(name, value);
  let chosen = -1;
  let timer = 0;

  const lastPart = () => field.value.slice(field.value.lastIndexOf(',') + 1).trim();
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const take = (option) => {
    const comma = field.value.lastIndexOf(',');
    field.value = `${comma < 0 ? '' : `${field.value.slice(0, comma)}, `}${option.dataset.address}, `;
    close();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const point = (to) => {
    chosen = (to + list.children.length) % list.children.length;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
    field.setAttribute('aria-activedescendant', list.children[chosen].id);
  };
  const offer = (found) => {
    close();
    list.append(...found.map(({ name, address }, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.address = address;
      option.textContent = name ? `${name}, ${address}` : address;
      option.addEventListener('pointerdown', (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
  };
  const ask = async () => {
    const words = lastPart();
    if (words.length < 2) { close(); return; }
    const answer = await fetch(`/mail/complete?q=${encodeURIComponent(words)}`, { headers: FRAGMENT });
    if (answer.ok && !answer.redirected && words === lastPart() && document.activeElement === field) offer(await answer.json());
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(close), COMPLETE_AFTER_MS);
  });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown') point(chosen + 1);
    else if (event.key === 'ArrowUp') point(chosen - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll('[data-complete]').forEach(combobox);

// ---- a grid of amounts: sums and balances follow each key, Enter goes down, cells of a spreadsheet fill downwards ----

// Whole cents; null: not to be read. As the server reads them (budget_amount_read).
function centsOf(text, isFrench) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace('\u2212', '-').replace(isFrench ? /,/ : /,/g, isFrench ? '.' : '');
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return null;
  return Number(`${parts[1]}${parts[2]}${(parts[3] ?? '').padEnd(2, '0')}`);
}

function amountOf(cents, isFrench) {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, isFrench ? '\u202f' : ',');
  return `${cents < 0 ? '\u2212' : ''}${whole}${isFrench ? ',' : '.'}${digits.slice(-2)}`;
}

function liveGrid(table) {
  const isFrench = document.documentElement.lang === 'fr';
  const form = table.closest('form');
  const fields = [...table.querySelectorAll('input')];
  const read = (place) => centsOf(place?.value ?? place?.textContent ?? '', isFrench) ?? 0;
  const say = (place, cents) => { if (place) place.textContent = amountOf(cents, isFrench); };
  const totalCell = table.querySelector('[data-total]');
  const [side, section] = [totalCell.dataset.side, totalCell.dataset.section];
  let total = read(totalCell);

  // What stands in the last column: what is apart from before, or what is in force with it.
  const sayLast = (row, cents) => {
    const last = row.querySelector('[data-last]');
    const before = read(row.querySelector('[data-before]'));
    if (!last) return;
    if (table.dataset.grid === 'sum') say(last, before + read(row.querySelector('[data-carried]')) + cents);
    else last.textContent = `${cents > before ? '+' : ''}${amountOf(cents - before, isFrench)}`;
  };
  const sayBalance = (part, moved) => {
    const place = part.querySelector(`[data-sum=${side}]`);
    say(place, read(place) + moved);
    const apart = read(part.querySelector('[data-sum=receipt]')) - read(part.querySelector('[data-sum=expense]'));
    for (const tag of part.querySelectorAll('[data-state]')) {
      tag.hidden = Math.sign(apart) !== Number(tag.dataset.state);
      const words = tag.querySelector('[data-words]');
      if (words) words.textContent = words.dataset.words.replace('#', amountOf(Math.abs(apart), isFrench));
    }
  };
  // Own resources against the capital of loans: each line moves the row that counts it, and the side of that row.
  const told = new Map(fields.map((field) => [field, centsOf(field.value, isFrench) ?? 0]));
  const sayOwn = (row, field, cents) => {
    const moved = cents - told.get(field);
    told.set(field, cents);
    const part = row.dataset.own && moved !== 0 ? form.querySelector(`[data-own-part="${row.dataset.own}"]`) : null;
    if (!part) return;
    for (const place of [part.querySelector('dd'), form.querySelector(`[data-own-sum=${part.dataset.side}]`)]) say(place, read(place) + moved);
    part.hidden = read(part.querySelector('dd')) === 0;
    const apart = read(form.querySelector('[data-own-sum=resources]')) - read(form.querySelector('[data-own-sum=capital]'));
    for (const tag of form.querySelectorAll('[data-own-state]')) {
      tag.hidden = (tag.dataset.ownState === 'met') !== (apart >= 0);
      const words = tag.querySelector('[data-words]');
      if (words) words.textContent = words.dataset.words.replace('#', amountOf(Math.abs(apart), isFrench));
    }
  };
  const sum = () => {
    let [now, chapter, chapterRow] = [0, 0, null];
    const close = () => {
      if (!chapterRow) return;
      say(chapterRow.querySelector('[data-sum]'), chapter);
      sayLast(chapterRow, chapter);
    };
    for (const row of table.tBodies[0].rows) {
      const field = row.querySelector('input');
      if (row.matches('.chap')) {
        close();
        [chapterRow, chapter] = [row, 0];
      }
      if (!field) continue;
      const cents = centsOf(field.value, isFrench);
      field.setAttribute('aria-invalid', String(cents === null));
      chapter += cents ?? 0;
      now += cents ?? 0;
      sayLast(row, cents ?? 0);
      sayOwn(row, field, cents ?? 0);
    }
    close();
    say(totalCell, now);
    sayLast(totalCell.parentElement, now);
    for (const part of form.querySelectorAll(`[data-balance="${section}"]`)) sayBalance(part, now - total);
    total = now;
  };
  const goTo = (place) => {
    if (!fields[place]) return false;
    fields[place].focus();
    fields[place].select();
    return true;
  };
  table.addEventListener('input', sum);
  table.addEventListener('keydown', (event) => {
    const here = fields.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === 'ArrowDown') { if (goTo(here + 1) || event.key === 'Enter') event.preventDefault(); }
    else if (event.key === 'ArrowUp' && goTo(here - 1)) event.preventDefault();
  });
  table.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    const here = fields.indexOf(event.target);
    if (here < 0 || !/[\n\t]/.test(text)) return;
    event.preventDefault();
    const rows = text.split(/\r?\n/).slice(0, fields.length - here);
    rows.forEach((row, i) => { fields[here + i].value = row.slice(row.lastIndexOf('\t') + 1).trim(); });
    goTo(here + rows.length - 1);
    sum();
  });
  const hint = form.querySelector('[data-keys]');
  if (hint) hint.textContent = hint.dataset.keys;
}

document.querySelectorAll('table[data-grid]').forEach(liveGrid);
