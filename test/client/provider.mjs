// Language models that towns choose, played by a server that is right, slow, silent, wrong or lying: the quotations are always there
// at once, nothing but them is sent, and what no quotation says is struck out.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { FakeModel, provider } from '../lib/fake_model.mjs';
import { Parvis } from '../lib/parvis.mjs';
import { freePorts, freshFolder, removeFolder } from '../lib/place.mjs';
import { equal, ok, until } from '../lib/tally.mjs';
import { request, signIn } from '../lib/web.mjs';
import { localTests } from './local_model.mjs';

export const QUESTION = `/assistant?q=${encodeURIComponent('Combien coûte la cantine scolaire ?')}`;
const QUOTED = 'La cantine scolaire coûte 3,20 € par repas pour les enfants de Beauval.';
const FAILURES = {
  html: 'n’est pas lisible', broken: 'n’est pas lisible', empty: 'n’est pas lisible', none: 'n’est pas lisible', controls: 'n’est pas lisible',
  huge: 'trop longuement', endless: 'trop longuement', heads: 'trop longuement', gone: 'est en panne', ill: 'est en panne',
  refused: 'a refusé la demande', many: 'a refusé la demande', moved: 'renvoie à une autre adresse',
};

// A key and a certificate for `name`, signed by themselves: the certificate is who vouches. 0.0.0.0 is this machine too, and in no
// network of the syndicate: so it stands for what is outside.
const OUTSIDE = '0.0.0.0';
function certificate(folder, name) {
  const [key, cert] = ['key', 'crt'].map((end) => path.join(folder, `${name}.${end}`));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', `/CN=${name}`,
    '-addext', `subjectAltName=DNS:${name},IP:${OUTSIDE}`, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key, cert };
}

export class Plugged {
  static async start() {
    const it = new Plugged();
    it.folder = freshFolder('model');
    it.ports = await freePorts(3);
    it.known = certificate(it.folder, 'localhost');
    it.stranger = certificate(it.folder, 'other.example');
    it.fake = await FakeModel.start(it.ports, { key: fs.readFileSync(it.known.key), cert: fs.readFileSync(it.known.cert) });
    it.address = `http://127.0.0.1:${it.ports[0]}/v1`;
    it.parvis = await Parvis.start();
    const document = path.join(it.folder, 'tarifs.txt');
    fs.writeFileSync(document, `# Tarifs\n${QUOTED}\nLe tarif change le 1er septembre.\n`);
    await it.parvis.cli(['source', 'add', 'beauval', document, '--title', 'Tarifs de la cantine scolaire', '--licence', 'acte-officiel', '--authors', 'Conseil municipal']);
    // The shelf is filled after the commit, in steps: from here on the quotation is there at once.
    await until(async () => (await it.page(QUESTION)).text.includes(QUOTED), 'the text is on the shelf', 20000);
    return it;
  }

  get at() {
    const port = this.parvis.ports.web;
    return { port, host: `beauval.localhost:${port}` };
  }

  // With these providers, from the next start on.
  async declare(text) {
    await this.parvis.halt();
    fs.writeFileSync(path.join(this.parvis.dir, 'providers.conf'), text);
    await this.parvis.serve();
    this.cookie = await signIn({ ...this.at, address: 'administration@beauval.example', password: this.parvis.password('administration@beauval.example') });
  }

  page(where, headers = {}) {
    return request({ ...this.at, path: where, headers });
  }

  post(where, values) {
    return request({
      ...this.at, path: where, method: 'POST', body: new URLSearchParams(values).toString(),
      headers: { Cookie: this.cookie, Origin: `http://${this.at.host}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    });
  }

  // What an administrator may choose from, once the role is there: {value, token} for each.
  async choices() {
    const { text } = await until(async () => {
      const page = await this.page('/assistant/model/choose', { Cookie: this.cookie });
      return /Aucun modèle ne peut/.test(page.text) ? null : page;
    }, 'the role provider', 5000);
    this.token = /name="form_token" value="([^"]*)"/.exec(text)[1];
    return [...text.matchAll(/name="provider" value="([^"]*)"/g)].map((match) => match[1]);
  }

  async choose(name) {
    const value = (await this.choices()).find((one) => one.startsWith(`${name} `));
    ok(value, `${name} can be chosen`);
    const answer = await this.post('/assistant/model', { form_token: this.token, provider: value, decider: 'Conseil municipal', day: '2026-01-12', words: `Essai de ${name}.` });
    equal(answer.status, 303, `${name} is chosen`);
  }

  unplug() {
    return this.post('/assistant/model/end', { form_token: this.token });
  }

  // The page of the answer: at once, and whole. `library`: waits until the texts are read.
  async ask() {
    const began = Date.now();
    const page = await until(async () => {
      const one = await this.page(QUESTION);
      return one.status === 503 ? null : one;
    }, 'the texts are read', 10000);
    equal(page.status, 200, 'the answer');
    ok(page.text.includes(QUOTED), 'the quotation is there');
    return { text: page.text, ms: Date.now() - began };
  }

  // The page once nothing is on its way any more.
  told(ms = 8000) {
    return until(async () => {
      const { text } = await this.ask();
      return text.includes('data-moving') ? null : text;
    }, 'the rewording, or why there is none', ms);
  }

  pid() {
    const { pid } = this.parvis.server.process;
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return Number(children.find((child) => fs.readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'parvis-provider'));
  }

  async stop() {
    await this.parvis.stop();
    await this.fake.stop();
    removeFolder(this.folder);
  }
}

export function tests(plugged) {
  const { fake } = plugged;
  const plain = (way, more) => provider(way, plugged.address, more);
  return [
    ['without providers no process is there, and none can be chosen', async () => {
      const { parvis } = plugged;
      ok(!plugged.pid(), 'no process');
      plugged.cookie = await signIn({ ...plugged.at, address: 'administration@beauval.example', password: parvis.password('administration@beauval.example') });
      ok((await plugged.page('/assistant/model/choose', { Cookie: plugged.cookie })).text.includes('Aucun modèle ne peut être choisi'), 'said so');
      ok(!(await plugged.ask()).text.includes('Reformulation'), 'nothing of it on the page');
    }],
    ['declared, nothing is asked before a decision', async () => {
      const key = path.join(plugged.parvis.dir, 'model.key');
      fs.writeFileSync(key, 'jeton-secret\n', { mode: 0o600 });
      fs.writeFileSync(path.join(plugged.folder, 'open.key'), 'autre-secret\n', { mode: 0o644 });
      await plugged.declare([
        plain('right', 'key_file = model.key'), plain('probable', 'probabilities = yes'), plain('energy'), plain('cut'), plain('slow'), plain('silent'), plain('lying', 'probabilities = yes'),
        provider('clear', `http://${OUTSIDE}:${plugged.ports[0]}/v1`), provider('outside', `https://${OUTSIDE}:${plugged.ports[2]}/v1`, `ca_file = ${plugged.known.cert}`), plain('shown', `key_file = ${plugged.folder}/open.key`),
        provider('secure', `https://localhost:${plugged.ports[2]}/v1`, `ca_file = ${plugged.known.cert}`),
        provider('stranger', `https://localhost:${plugged.ports[2]}/v1`, `ca_file = ${plugged.stranger.cert}`),
        provider('misnamed', `https://127.0.0.1:${plugged.ports[2]}/v1`, `ca_file = ${plugged.known.cert}`),
      ].join(''));
      const names = (await plugged.choices()).map((one) => one.split(' ').slice(0, 2).join(' '));
      equal(names, ['right 0', 'probable 0', 'energy 0', 'cut 0', 'slow 0', 'silent 0', 'lying 0', 'outside 1', 'secure 0', 'stranger 0', 'misnamed 0'],
        'what can be asked: nothing in clear to the outside, no key that others can read');
      ok(!(await plugged.ask()).text.includes('Reformulation'), 'nothing on the page');
      equal(fake.asked.length, 0, 'nothing sent');
      await plugged.parvis.cli(['backup', path.join(plugged.folder, 'copy')]);
      ok(fs.existsSync(path.join(plugged.folder, 'copy', 'providers.conf')) && !fs.existsSync(path.join(plugged.folder, 'copy', 'model.key')), 'settings are copied, keys are not');
    }],
    ['a right one rewords, and was sent the quotations alone', async () => {
      await plugged.choose('right');
      const text = await plugged.told();
      ok(text.includes('Un repas à la cantine scolaire coûte 3,20 €.</span> <a href="#quote1">') && !text.includes('Phrase rayée'), 'its text');
      ok(text.indexOf(QUOTED) < text.indexOf('Un repas à la'), 'under the quotation');
      const [asked] = fake.asked;
      equal(asked.path, '/v1/chat/completions', 'path');
      equal(asked.headers.authorization, 'Bearer jeton-secret', 'key');
      ok(asked.text.includes(QUOTED) && !/Combien/.test(JSON.stringify(asked)), 'the quotation, not the question');
      ok(!/cookie|x-forwarded|referer|beauval\.localhost/i.test(JSON.stringify(asked.headers)), 'nothing of who asks');
      ok(!JSON.stringify(asked.body).includes('logprobs'), 'no probabilities asked for');
      await plugged.told();
      equal(fake.asked.length, 1, 'looked at again, it is not asked again');
      const card = await plugged.page('/assistant/model');
      ok(card.text.includes('Atelier d’essai') && card.text.includes('non publiées') && card.text.includes('Essai de right.'), 'the card, to anybody');
      ok(!plugged.parvis.server.output.includes('jeton-secret'), 'no key in the log');
    }],
    ['what it tells of probabilities and energy is taken where it can be', async () => {
      await plugged.choose('probable');
      await plugged.told();
      equal(fake.asked.at(-1).body.logprobs, true, 'asked for');
      ok(/answered name="probable" failure=0 bytes=\d+ tokens=3/.test(plugged.parvis.server.output), 'three tokens');
      await plugged.choose('energy');
      ok((await plugged.told()).includes('0,25 Wh'), 'energy');
      await plugged.choose('cut');
      ok((await plugged.told()).includes('n’est pas fini'), 'cut');
    }],
    ['a lying one is struck out, and its probabilities are not believed', async () => {
      await plugged.choose('lying');
      const text = await plugged.told();
      ok(text.includes('Un repas coûte 3,20 €.</span></p>'), 'what is true stands');
      ok(/<s class="none">Il est gratuit pour 45 familles de Valmont\.<\/s> <strong>Phrase rayée : « 45 »/.test(text), 'number');
      ok(/<s class="none">Le tarif change en octobre\.<\/s> <strong>Phrase rayée/.test(text), 'date');
      ok(!text.includes(' Wh'), 'less than nothing is no energy');
      ok(/answered name="lying" failure=0 bytes=\d+ tokens=0/.test(plugged.parvis.server.output), 'no tokens');
    }],
    ['over TLS it must be who its certificate names', async () => {
      await plugged.choose('secure');
      ok((await plugged.told()).includes('coûte 3,20 €.</span>'), 'it is');
      equal(fake.asked.at(-1).model, 'secure', 'asked over TLS');
      for (const name of ['stranger', 'misnamed']) {
        await plugged.choose(name);
        ok((await plugged.told()).includes('ne peut pas être jointe'), name);
        ok(!fake.asked.some(({ model }) => model === name), `${name} was sent nothing`);
      }
    }],
    ['one that is outside is sent the quotations alone', async () => {
      await plugged.choose('outside');
      const text = await plugged.told();
      ok(text.includes('Hors des machines du syndicat') && text.includes('coûte 3,20 €.</span>'), 'said where, and its text');
      const asked = fake.asked.at(-1);
      ok(asked.model === 'outside' && asked.text.includes(QUOTED) && !/Combien/.test(JSON.stringify(asked)), 'the quotation, not the question');
      ok(text.includes(asked.text.replace(/&/g, '&amp;')), 'shown as it was sent');
    }],
    ['a slow one holds up nothing', async () => {
      await plugged.choose('slow');
      const { text, ms } = await plugged.ask();
      ok(ms < 1000 && text.includes('est en route') && text.includes('data-moving'), `the page at once (${ms} ms)`);
      ok((await plugged.told()).includes('coûte 3,20 €.</span>'), 'later');
    }],
    ['a silent one is left at once when the town unplugs it', async () => {
      await plugged.choose('silent');
      const { ms } = await plugged.ask();
      ok(ms < 1000, `the page at once (${ms} ms)`);
      await until(() => fake.asked.at(-1).model === 'silent', 'asked', 5000);
      const before = fake.closed;
      equal((await plugged.unplug()).status, 303, 'unplugged');
      await until(() => fake.closed > before, 'the connection is gone', 2000);
      ok(!(await plugged.ask()).text.includes('Reformulation'), 'nothing on the page');
      ok((await plugged.page('/assistant/model')).text.includes('Essai de silent.'), 'the decision can be read on');
    }],
    ['a process that hangs or dies holds up nothing', async () => {
      await plugged.choose('right');
      const pid = plugged.pid();
      process.kill(pid, 'SIGSTOP');
      try {
        const { text, ms } = await plugged.ask();
        ok(ms < 3000 && text.includes('ne peut pas être jointe'), `the page (${ms} ms)`);
        const many = await Promise.all(Array.from({ length: 45 }, () => plugged.ask()));
        ok(many.every((one) => one.ms < 3000), `45 at once (${Math.max(...many.map((one) => one.ms))} ms)`);
      } finally {
        process.kill(pid, 'SIGKILL');
      }
      ok((await plugged.ask()).text.includes(QUOTED), 'the page');
      await until(async () => (await plugged.ask()).text.includes('Un repas à la'), 'another process', 10000);
    }],
    ['one that is declared otherwise is not asked', async () => {
      await plugged.declare(provider('right', `${plugged.address}/`));
      const before = fake.asked.length;
      await until(async () => (await plugged.ask()).text.includes('n’est plus celle que la ville a choisie'), 'said so', 5000);
      equal(fake.asked.length, before, 'nothing sent');
    }],
    ['each wrong answer is said, and leaves the quotations', async () => {
      await plugged.declare(Object.keys(FAILURES).map((way) => plain(way)).join(''));
      for (const [way, words] of Object.entries(FAILURES)) {
        await plugged.choose(way);
        const text = await plugged.told();
        ok(text.includes(words), `${way}: ${words}`);
        ok(!text.includes('Le texte de la machine'), `${way}: nothing of it is shown`);
      }
      equal(fake.elsewhere, 0, 'nobody was sent elsewhere');
    }],
    ...localTests(plugged),
    ['settings that cannot be read plug in nothing, and all else goes on', async () => {
      await plugged.declare('[right]\naddress = nowhere\n');
      await until(async () => (await plugged.ask()).text.includes('n’est plus celle'), 'the quotations, and why nothing is reworded', 5000);
      ok(/provider none_served file="providers.conf" line=2/.test(plugged.parvis.server.output), 'the line is said');
    }],
  ];
}
