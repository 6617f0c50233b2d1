// One private parvis: its own folder, its own free ports on loopback, sample towns and functions with random passwords.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { BUILD, freePorts, freshFolder, removeFolder } from './place.mjs';
import { Child, runToEnd } from './child.mjs';

const LISTENERS = ['smtp', 'lmtp', 'submission', 'submissions', 'imap', 'imaps', 'web', 'https', 'metrics'];
export const PROGRAM = process.env.PARVIS ?? path.join(BUILD, 'parvis');

// The doors that `init` prints ("listen.NAME = ..."): what this program serves. Others do not exist yet.
export async function doorsOfParvis() {
  if (!fs.existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built`);
  const dir = freshFolder('probe');
  const { output } = await runToEnd(PROGRAM, ['-d', dir, 'init']);
  fs.rmSync(dir, { recursive: true, force: true });
  return [...output.matchAll(/^listen\.(\w+) = /gm)].map((match) => match[1]);
}

// Why no server with these doors can be started, or null: a door that `init` does not print is not written yet.
export async function whyNoParvis(wanted = []) {
  const doors = await doorsOfParvis();
  const missing = wanted.filter((door) => !doors.includes(door));
  if (!doors.length) return 'parvis has no verb init and serve yet';
  return missing.length ? `parvis serves no ${missing.join(', ')} yet` : null;
}

// A letter first: other programs take a word with a dash for an option.
export function secret() {
  return `p${crypto.randomBytes(15).toString('base64url')}`;
}

// Two towns with three functions each: enough for everything that goes between people and between towns.
export const TWO_TOWNS = [
  {
    name: 'beauval',
    domain: 'beauval.example',
    people: [
      ['administration', 'Administration', 'admin'],
      ['accueil', 'Accueil', 'agent'],
      ['etat-civil', 'État civil', 'agent'],
    ],
  },
  {
    name: 'clairmont',
    domain: 'clairmont.example',
    people: [
      ['administration', 'Administration', 'admin'],
      ['accueil', 'Accueil', 'agent'],
      ['finances', 'Service finances', 'agent'],
    ],
  },
];

// Who runs the house: the operator's pages are there alone.
export const SYNDICATE = {
  name: 'syndicat',
  domain: 'syndicat.example',
  kind: 'syndicate',
  people: [
    ['operateur', 'Exploitation', 'operator'],
    ['administration', 'Administration', 'admin'],
  ],
};

export class Parvis {
  accounts = new Map();

  static async start({ towns = TWO_TOWNS, settings = {}, listeners = LISTENERS, environment = {}, mailPassword = true } = {}) {
    const it = new Parvis();
    it.mailPassword = mailPassword; // the tests' mail programs sign in with the account's
    it.dir = freshFolder('run');
    it.environment = { ...process.env, ...environment };
    const doors = await doorsOfParvis();
    listeners = listeners.filter((name) => doors.includes(name));
    const ports = await freePorts(listeners.length);
    it.ports = Object.fromEntries(listeners.map((name, i) => [name, ports[i]]));
    await it.cli(['init']);
    const lines = listeners.map((name) => `listen.${name} = 127.0.0.1:${it.ports[name]}`);
    for (const [name, value] of Object.entries(settings)) lines.push(`${name} = ${value}`);
    // PARVIS_USER: the same tests with roles that become another user, where they are run as root.
    if (process.env.PARVIS_USER) lines.push(`user = ${process.env.PARVIS_USER}`);
    fs.appendFileSync(path.join(it.dir, 'parvis.conf'), `\n${lines.join('\n')}\n`);
    for (const town of towns) await it.addTown(town);
    await it.serve();
    return it;
  }

  async addTown({ name, domain, people, kind = 'commune' }) {
    await this.cli(['town', 'add', name, '--domain', domain, '--kind', kind]);
    if (this.mailPassword) await this.cli(['town', 'set', name, '--mail-password', 'yes']);
    for (const [local, title, role] of people) {
      await this.addPerson(`${local}@${domain}`, title, role);
    }
  }

  async addPerson(address, title, role = 'agent', password = secret()) {
    await this.cli(['person', 'add', address, '--name', title, '--role', role, '--password-stdin'], `${password}\n`);
    this.accounts.set(address, password);
  }

  password(address) {
    const found = this.accounts.get(address);
    if (!found) throw new Error(`no sample account ${address}`);
    return found;
  }

  // A verb; throws with its words unless it ends with 0.
  async cli(args, input = '', { ms = 60000, anyCode = false } = {}) {
    const end = await runToEnd(PROGRAM, ['-d', this.dir, ...args], { input, ms, env: this.environment });
    if (end.code !== 0 && !anyCode) throw new Error(`parvis ${args.join(' ')}: ${end.code}: ${end.output}`);
    return anyCode ? end : end.output;
  }

  async serve() {
    this.server = new Child(PROGRAM, ['-d', this.dir, 'serve'], { env: this.environment });
    await this.server.says('ready', 15000);
  }

  // The process of one town: who has its database open.
  townPid(name) {
    const { pid } = this.server.process;
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const opens = (child) => fs.readdirSync(`/proc/${child}/fd`).some((fd) => {
      try {
        return fs.readlinkSync(`/proc/${child}/fd/${fd}`).endsWith(`/members/${name}/town.db`);
      } catch {
        return false; // closed meanwhile
      }
    });
    const found = children.find(opens);
    if (!found) throw new Error(`no process has the database of ${name} open`);
    return Number(found);
  }

  // Ends the server cleanly; the folder stays, so that serve() may follow.
  async halt() {
    const code = await this.server.stop('SIGTERM');
    if (code !== 0) throw new Error(`serve ended with ${code}: ${this.server.output.slice(-2000)}`);
  }

  async stop() {
    await this.server?.stop('SIGTERM');
    if (/ call_refused |a system call it may not make/.test(this.server?.output ?? '')) {
      throw new Error(`a role was refused a system call:\n${this.server.output.split('\n').filter((line) => /call_refused|role_ended/.test(line)).join('\n')}`);
    }
    if (/AddressSanitizer|runtime error:|assertion/i.test(this.server?.output ?? '')) {
      throw new Error(`the server's log shows a defect:\n${this.server.output.slice(-4000)}`);
    }
    removeFolder(this.dir);
  }
}
