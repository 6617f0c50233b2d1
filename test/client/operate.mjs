// Who operates the house, and what they may: their pages in the syndicate alone, a town under its mandate alone, each page
// noted, and at once nothing more when the mandate ends.
import { request, signIn } from '../lib/web.mjs';
import { Wire } from '../lib/wire.mjs';
import { equal, ok, until } from '../lib/tally.mjs';

const TYPE = 'application/x-www-form-urlencoded';

export class Visitor {
  constructor(port, town, cookie = '') {
    Object.assign(this, { port, host: `${town}.localhost:${port}`, cookie });
  }

  static async signedIn(parvis, town, address) {
    const it = new Visitor(parvis.ports.web, town);
    it.cookie = await signIn({ port: it.port, host: it.host, address, password: parvis.password(address) });
    return it;
  }

  get(path) {
    return request({ port: this.port, host: this.host, path, headers: { Cookie: this.cookie } });
  }

  // The form of the page at `from` that goes to `action`, with its hidden fields; `like`: another form's, for an act that the
  // page does not offer.
  async send(from, action, values = {}, like = action) {
    const page = await this.get(from);
    const form = [...page.text.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => text.includes(`method="post" action="${like}"`));
    ok(form, `${from} has no form to ${action}: ${page.status}`);
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...values }).toString();
    const answer = await request({
      port: this.port, host: this.host, path: action, method: 'POST', body,
      headers: { 'Content-Type': TYPE, Origin: `http://${this.host}`, Cookie: this.cookie },
    });
    const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
    if (cookies.length) this.cookie = cookies.join('; ');
    return answer;
  }
}

const MEMBER = '/operate/members/beauval';

export function tests(parvis) {
  const operator = () => Visitor.signedIn(parvis, 'syndicat', 'operateur@syndicat.example');
  const administrator = () => Visitor.signedIn(parvis, 'beauval', 'administration@beauval.example');
  const audit = () => parvis.cli(['audit', 'list', 'beauval']);

  async function entered() {
    const way = await (await operator()).send(MEMBER, '/enter');
    equal(way.status, 200, 'the way in is shown');
    const link = /href="http:\/\/(beauval\.localhost):(\d+)(\/entrance\?code=[^"]+)"/.exec(way.text);
    ok(link && Number(link[2]) === parvis.ports.web, 'a link to the town');
    const visitor = new Visitor(parvis.ports.web, 'beauval');
    const answer = await visitor.send(link[3], '/entrance');
    return { visitor, answer, path: link[3] };
  }

  return [
    ['an operator sees the members, how all fare and what waits', async () => {
      const here = await operator();
      for (const [path, words] of [['/operate', 'clairmont.example'], ['/operate/health', 'Tout répond'], ['/operate/queues', 'Rien n’attend']]) {
        const page = await here.get(path);
        equal(page.status, 200, path);
        ok(page.text.includes(words), `${path} says ${words}`);
      }
      equal((await (await administrator()).get('/operate')).status, 403, 'an administrator is no operator');
      equal((await here.get('/people')).status, 403, 'an operator administers nothing');
    }],
    ['a town that hangs is named, and the others are shown', async () => {
      const here = await operator();
      const town = parvis.townPid('clairmont');
      process.kill(town, 'SIGSTOP');
      try {
        for (const path of ['/operate/health', '/operate/queues']) {
          const begun = Date.now();
          const page = await here.get(path);
          equal(page.status, 200, path);
          ok(/Clairmont<\/th>[^\n]*Ne répond pas/.test(page.text), `${path} names it`);
          ok(Date.now() - begun < 4000, `${path} waits no longer than it says`);
        }
      } finally {
        process.kill(town, 'SIGCONT');
      }
    }],
    ['a member is added by a page and answers', async () => {
      const here = await operator();
      equal((await here.send('/operate/add', '/operate/add', { title: 'Rochefleur', name: 'rochefleur', domain: 'rochefleur.example', kind: 'commune' })).status, 303, 'added');
      await parvis.addPerson('mairie@rochefleur.example', 'Mairie', 'admin');
      const mayor = await Visitor.signedIn(parvis, 'rochefleur', 'mairie@rochefleur.example');
      equal((await mayor.get('/people')).status, 200, 'its administrator works there');
    }],
    ['an operator elsewhere operates nothing', async () => {
      await parvis.addPerson('technique@beauval.example', 'Technique', 'operator');
      const there = await Visitor.signedIn(parvis, 'beauval', 'technique@beauval.example');
      equal((await there.get('/operate')).status, 403, 'no page');
      ok(!(await there.get('/directory')).text.includes('href="/operate"'), 'no entry in the menu');
    }],
    ['a service is opted out of and in again, its data kept', async () => {
      const mayor = await administrator();
      await mayor.send('/notices/write', '/notices', { title: 'Travaux', text: 'Rue fermée' }).catch(() => null);
      equal((await mayor.send('/people/services', '/people/services', { service: 'notice', turn: 'off' })).status, 303, 'out');
      equal((await mayor.get('/notices')).status, 404, 'hidden');
      equal((await mayor.send('/people/services', '/people/services', { service: 'notice', turn: 'on' })).status, 303, 'in');
      equal((await mayor.get('/notices')).status, 200, 'as it was');
    }],
    ['mail is opted out of: hidden and refused in words; opted in again, all is there', async () => {
      const here = await operator();
      const mayor = await administrator();
      const address = 'accueil@beauval.example';
      const turn = (way) => here.send(MEMBER, `${MEMBER}/service`, { service: 'mail', turn: way });
      const talk = async (wire, line, pattern) => {
        wire.send(line);
        for (;;) {
          const said = (await wire.line())?.toString();
          ok(said !== undefined, `no ${pattern} after ${line.trim()}`);
          if (pattern.test(said)) return said;
        }
      };
      const deliver = async (pattern) => {
        const wire = await Wire.open(parvis.ports.lmtp);
        await talk(wire, 'LHLO test.example\r\n', /^250 /);
        await talk(wire, 'MAIL FROM:<sender@outside.example>\r\n', /^250/);
        const said = await talk(wire, `RCPT TO:<${address}>\r\n`, /^\d/);
        ok(pattern.test(said), said);
        if (said.startsWith('250')) {
          await talk(wire, 'DATA\r\n', /^354/);
          await talk(wire, 'Subject: kept\r\n\r\nhello\r\n.\r\n', /^250/);
        }
        wire.close();
      };
      const signIn = (wire) => talk(wire, `a LOGIN ${address} ${parvis.password(address)}\r\n`, /^a /);
      await deliver(/^250/);
      const open = await Wire.open(parvis.ports.imap);
      ok((await signIn(open)).startsWith('a OK'), 'signed in before');
      ok((await mayor.get('/mail')).status === 200, 'pages before');
      equal((await turn('off')).status, 303, 'out');
      await talk(open, 'b NOOP\r\n', /BYE This town has no mail service now/);
      equal((await mayor.get('/mail')).status, 404, 'pages are hidden');
      ok(!(await mayor.get('/people')).text.includes('href="/mail"'), 'and so is the menu');
      const other = await Wire.open(parvis.ports.imap);
      ok(/AUTHORIZATIONFAILED\] This town has no mail service now/.test(await signIn(other)), 'IMAP says why');
      other.close();
      const submission = await Wire.open(parvis.ports.submissions, { secure: true });
      await talk(submission, 'EHLO test.example\r\n', /^250 /);
      const plain = Buffer.from(`\0${address}\0${parvis.password(address)}`).toString('base64');
      ok(/^525 5\.7\.13 This town has no mail service now/.test(await talk(submission, `AUTH PLAIN ${plain}\r\n`, /^\d/)), 'submission says why');
      submission.close();
      await deliver(/^550 5\.2\.1/);
      equal((await turn('on')).status, 303, 'in again');
      const again = await Wire.open(parvis.ports.imap);
      ok((await signIn(again)).startsWith('a OK'), 'signed in again');
      await talk(again, 'b SELECT INBOX\r\n', /^b OK/);
      ok(/FETCH/.test(await talk(again, 'c FETCH 1 (ENVELOPE)\r\n', /"kept"/)), 'and the message is there');
      again.close();
      equal((await mayor.get('/mail')).status, 200, 'and the pages');
    }],
    ['what an operator changes of a town stands in the town’s own audit log, also when it was down', async () => {
      const here = await operator();
      const turn = (way) => here.send(MEMBER, `${MEMBER}/service`, { service: 'notice', turn: way });
      equal((await turn('off')).status, 303, 'out');
      await until(async () => (await audit()).includes('operateur@syndicat.example\tservice.off\tnotice'), 'noted');
      const town = parvis.townPid('beauval');
      process.kill(town, 'SIGKILL');
      equal((await turn('on')).status, 303, 'in, while it is down');
      await until(async () => (await audit().catch(() => '')).includes('operateur@syndicat.example\tservice.on\tnotice'), 'noted when it is back', 15000);
      const log = await audit();
      for (const kind of ['service.on', 'service.off']) equal(log.split(`operateur@syndicat.example\t${kind}\tnotice`).length, 2, `${kind} once`);
      const page = await (await administrator()).get('/people/audit');
      ok(page.text.includes('operateur@syndicat.example'), 'its administrators see it');
    }],
    ['language: the person’s, then the browser’s, then the town’s', async () => {
      const address = 'accueil@clairmont.example';
      const who = await Visitor.signedIn(parvis, 'clairmont', address);
      const spoken = async (path, accept = '*', cookie = '') => {
        const page = await request({ port: who.port, host: who.host, path, headers: { Cookie: cookie, 'Accept-Language': accept } });
        return /<html lang="(..)">/.exec(page.text)?.[1];
      };
      const all = async (wanted, accept) => {
        for (const path of ['/mail', '/account', '/directory']) equal(await spoken(path, accept, who.cookie), wanted, `${path}, ${accept}`);
      };
      equal(await spoken('/sign-in'), 'fr', 'French where nobody said anything');
      equal(await spoken('/sign-in', 'de, en;q=0.3'), 'en', 'the browser’s, as far as it is spoken here');
      equal(await spoken('/sign-in', 'en;q=0.2, fr-CH;q=0.9'), 'fr', 'by weight');
      await all('fr', 'de');
      await all('en', 'en-GB');
      await parvis.cli(['town', 'set', 'clairmont', '--language', 'en']);
      await until(async () => (await spoken('/sign-in')) === 'en', 'the town’s by default');
      await until(async () => (await spoken('/mail', 'de', who.cookie)) === 'en', 'and where the browser’s is not spoken');
      await all('en', 'de');
      await all('fr', 'fr');
      equal((await who.send('/account', '/account/language', { language: 'fr' })).status, 303, 'the person chooses');
      await all('fr', 'en');
      equal((await who.send('/account', '/account/language', { language: '' })).status, 303, 'and leaves it');
      await all('en', 'de');
      await parvis.cli(['town', 'set', 'clairmont', '--language', 'fr']);
    }],
    ['a town has its own time', async () => {
      const mayor = await administrator();
      const far = await Visitor.signedIn(parvis, 'clairmont', 'administration@clairmont.example');
      // As pages write it: "9 h 05".
      const clock = (zone) => {
        const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', minute: '2-digit', hour12: false }).formatToParts(new Date());
        const [hour, minute] = ['hour', 'minute'].map((type) => parts.find((part) => part.type === type).value);
        return new RegExp(`\\b${Number(hour)}\\sh\\s${minute.padStart(2, '0')}\\b`);
      };
      const shows = async (visitor, path, zone) => {
        const [before, page, after] = [clock(zone), await visitor.get(path), clock(zone)];
        return before.test(page.text) || after.test(page.text);
      };
      await parvis.cli(['town', 'set', 'clairmont', '--zone', 'Pacific/Noumea']);
      // Pages of the town, of auth, which serves all towns, and of a program.
      await until(() => shows(far, '/people/audit/print', 'Pacific/Noumea'), 'a page of the town');
      ok(await shows(far, '/account/sessions', 'Pacific/Noumea'), 'a page of auth');
      ok(await shows(mayor, '/people/audit/print', 'Europe/Paris'), 'elsewhere as before');
      ok(await shows(mayor, '/account/sessions', 'Europe/Paris'), 'and at auth too');
      const wire = await Wire.open(parvis.ports.imap);
      const address = 'accueil@clairmont.example';
      wire.send(`a LOGIN ${address} ${parvis.password(address)}\r\nb APPEND INBOX {4+}\r\nA: b\r\nc SELECT INBOX\r\nd FETCH * (INTERNALDATE)\r\n`);
      for (let line = ''; !line.startsWith('d OK'); line = (await wire.line()).toString()) if (line.includes('INTERNALDATE')) ok(line.includes(' +1100"'), line);
      wire.close();
      await parvis.cli(['town', 'set', 'clairmont', '--zone', 'Europe/Paris']);
    }],
    ['without a mandate nobody enters', async () => {
      const here = await operator();
      const refused = await here.send(MEMBER, '/enter');
      equal(refused.status, 403, 'refused');
      ok(refused.text.includes('Aucun mandat en cours'), 'and told why');
      const guess = await new Visitor(parvis.ports.web, 'beauval').get('/entrance?code=AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AA');
      equal(guess.status, 410, 'a guess opens nothing');
    }],
    ['under a mandate each page is noted, and nothing opens mail', async () => {
      const mayor = await administrator();
      equal((await mayor.send('/people/mandates', '/people/mandates', { operator: 'operateur@syndicat.example', reason: 'un import est bloqué', hours: '2' })).status, 303, 'given');
      const { visitor, answer, path } = await entered();
      equal(answer.status, 303, 'entered');
      equal((await new Visitor(parvis.ports.web, 'beauval').get(path)).status, 410, 'the link worked once');
      const page = await visitor.get('/people');
      equal(page.status, 200, 'people');
      ok(page.text.includes('Sous mandat 1') && page.text.includes('un import est bloqué') && page.text.includes('Jusqu’au'), 'the banner says it');
      for (const other of ['/mail', '/directory', '/account', '/operate']) equal((await visitor.get(other)).status, 403, other);
      equal((await visitor.send('/people/2', '/people/2/reset', {}, '/people/2')).status, 403, 'no code for a password');
      equal((await visitor.send('/people/quotas', '/people/quotas', { person: '2', quota: '7' })).status, 303, 'a quota');
      const log = await audit();
      for (const line of ['mandate.see\t/people\t\tmandate 1', 'mandate.see\t/mail\t\tmandate 1', 'mandate.act\t/people/2/reset\t\tmandate 1',
        'mandate.act\t/people/quotas\t\tmandate 1', 'quota 0 -> 7000000000\tmandate 1']) ok(log.includes(line), `the log has ${JSON.stringify(line)}:\n${log}`);
    }],
    ['signing out ends it, and the mandate goes on', async () => {
      const { visitor } = await entered();
      equal((await visitor.send('/people', '/sign-out')).status, 303, 'signs out');
      equal((await visitor.get('/people')).status, 303, 'and is out');
      equal((await entered()).answer.status, 303, 'and may come again');
    }],
    ['it ends at once', async () => {
      const { visitor } = await entered();
      equal((await visitor.get('/people')).status, 200, 'open');
      equal((await (await administrator()).send('/people/mandates', '/people/mandates/1/end')).status, 303, 'ended');
      const after = await visitor.get('/people');
      ok(after.status === 303 && after.headers.location.startsWith('/sign-in'), `signed out: ${after.status}`);
      equal((await (await operator()).send(MEMBER, '/enter')).status, 403, 'and no way in');
    }],
    ['who operates no more is out', async () => {
      await parvis.addPerson('adjoint@syndicat.example', 'Exploitation adjointe', 'operator');
      const mayor = await administrator();
      await mayor.send('/people/mandates', '/people/mandates', { operator: 'adjoint@syndicat.example', reason: 'relais', hours: '1' });
      const here = await Visitor.signedIn(parvis, 'syndicat', 'adjoint@syndicat.example');
      const way = await here.send(MEMBER, '/enter');
      const visitor = new Visitor(parvis.ports.web, 'beauval');
      equal((await visitor.send(/\/entrance\?code=[^"]+/.exec(way.text)[0], '/entrance')).status, 303, 'entered');
      equal((await visitor.get('/people')).status, 200, 'helps');
      const chief = await Visitor.signedIn(parvis, 'syndicat', 'administration@syndicat.example');
      const list = await chief.get('/people?f=adjoint');
      const path = /href="(\/people\/\d+)"/.exec(list.text)[1];
      equal((await chief.send(path, path, { name: 'Exploitation adjointe' })).status, 303, 'suspended');
      await until(async () => (await visitor.get('/people')).status === 303, 'the operator is out', 5000);
    }],
  ];
}
