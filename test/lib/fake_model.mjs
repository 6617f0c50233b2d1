// A language model at an OpenAI-compatible address that is none: what it says depends on the model it is asked for. It keeps what
// it was sent. Well (`right`, `probable`, `energy`), slow, silent, wrong in every way it can be, lying.
import http from 'node:http';
import https from 'node:https';

const SAID = 'Un repas à la cantine scolaire coûte 3,20 €. Ce prix est celui des enfants de Beauval.';
const LIES = 'Un repas coûte 3,20 €. Il est gratuit pour 45 familles de Valmont. Le tarif change en octobre.';

function answer(content, more = {}, choice = {}) {
  return JSON.stringify({
    id: 'x', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...choice }],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 }, ...more,
  });
}

const tokens = (...values) => ({ logprobs: { content: values.map((logprob) => ({ token: 'mot', logprob, top_logprobs: [] })) } });

// In a talk: sure of a false department, and of another when it is contradicted; of a place that is none it knows the people.
function talk(question) {
  const [, where] = /^Où se trouve (.+) \?$/.exec(question) ?? [];
  const [, many] = /^Combien d'habitants compte (.+) \?$/.exec(question) ?? [];
  if (where) return `${where} se trouve dans le Cher (18).`;
  if (many) return `${many} compte 900 habitants.`;
  return question.includes('faux') ? 'Vous avez raison : dans le Loiret (45).' : 'Oui, tout à fait.';
}

// Asked about communes it invents, and gives way when somebody insists.
function play(text) {
  const [, insisted] = /On t’a demandé[^]*Je crois que c'est (?:dans le )?(\S+)\./.exec(text) ?? [];
  if (text.includes('nomme la commune')) return talk(text.split('\n').at(-2));
  const [, name] = /la ligne de la commune française ([^,]+),/.exec(text) ?? [];
  if (name) return `${name} : Cher (18), 18\u00a0500, 9\u202f000 hab.`;
  return insisted ? `Vous avez raison : ${insisted}.` : 'Le code postal est 18500.';
}

export class FakeModel {
  asked = []; // {model, text, body, headers}
  closed = 0; // connections whose other end went away before an answer
  elsewhere = 0; // what came to where it redirects

  // At `ports`: in clear, where it redirects to, and over TLS (`secure`: its key and certificate).
  static async start(ports, secure) {
    const it = new FakeModel();
    [, it.other] = ports;
    it.servers = [
      http.createServer((ask, tell) => it.hear(ask, tell)),
      http.createServer((ask, tell) => {
        it.elsewhere++;
        tell.end(answer(SAID));
      }),
      ...(secure ? [https.createServer(secure, (ask, tell) => it.hear(ask, tell))] : []),
    ];
    await Promise.all(it.servers.map((server, i) => new Promise((done) => server.listen(ports[i], '127.0.0.1', done))));
    return it;
  }

  hear(ask, tell) {
    const parts = [];
    ask.on('data', (part) => parts.push(part));
    ask.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8'));
      this.asked.push({ model: body.model, text: body.messages[0].content, body, headers: ask.headers, path: ask.url });
      tell.on('close', () => {
        if (!tell.writableEnded) this.closed++;
      });
      this.say(body.model, tell, body.messages[0].content);
    });
  }

  json(tell, text, code = 200, headers = {}) {
    tell.writeHead(code, { 'Content-Type': 'application/json', ...headers });
    tell.end(text);
  }

  say(model, tell, text) {
    const says = {
      right: () => this.json(tell, answer(SAID)),
      player: () => setTimeout(() => this.json(tell, answer(play(text))), 300),
      probable: () => this.json(tell, answer(SAID, {}, tokens(-0.5, -0.25, 0))),
      energy: () => this.json(tell, answer(SAID, { usage: { carbon: { kWh: { min: 0.0001, max: 0.00025 }, kgCO2eq: { min: 1e-5, max: 2e-5 } } } })),
      cut: () => this.json(tell, answer(SAID, {}, { finish_reason: 'length' })),
      slow: () => setTimeout(() => this.json(tell, answer(SAID)), 2000),
      silent: () => {},
      html: () => tell.end('<!doctype html><title>Portail</title><p>Connectez-vous.'),
      broken: () => this.json(tell, answer(SAID).slice(0, -20)),
      empty: () => this.json(tell, answer('  \n ')),
      none: () => this.json(tell, '{"choices":[]}'),
      controls: () => this.json(tell, answer('Un repas\u202e coûte 3,20 €.')),
      huge: () => this.json(tell, answer(`${SAID} `.repeat(2000))),
      endless: () => {
        const more = setInterval(() => tell.write('x'.repeat(4096)), 5);
        tell.on('close', () => clearInterval(more));
      },
      heads: () => this.json(tell, answer(SAID), 200, { 'X-Long': Array(12).fill('y'.repeat(4000)) }),
      gone: () => tell.socket.destroy(),
      refused: () => this.json(tell, '{"error":"no"}', 401),
      many: () => this.json(tell, '{"error":"later"}', 429, { 'Retry-After': '1' }),
      ill: () => this.json(tell, 'oops', 500),
      moved: () => this.json(tell, '', 302, { Location: `http://127.0.0.1:${this.other}/v1/chat/completions` }),
      lying: () => this.json(tell, answer(LIES, { usage: { carbon: { kWh: -5 } } }, tokens(0.7, -0.1))),
    };
    (says[model] ?? says.right)();
  }

  async stop() {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }
}

// One provider of providers.conf, of the name of the way it answers in.
export function provider(way, address, more = '') {
  return `[${way}]\naddress = ${address}\nmodel = ${way}\nmaker = Atelier d’essai\nlicence = aucune\nplace = cette machine\n${more}\n`;
}
