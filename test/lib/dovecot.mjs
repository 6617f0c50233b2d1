// A private Dovecot 2.3: the peer measured beside parvis and the judge of our own runners. Everything lies in one fresh
// folder, on free loopback ports; it stays in the foreground and ends with its process id.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Child, runToEnd } from './child.mjs';
import { freePorts, freshFolder, removeFolder } from './place.mjs';

export const PASSWORD = 'secret';

export function dovecotIsHere() {
  return fs.existsSync('/usr/sbin/dovecot') && fs.existsSync('/usr/lib/dovecot/lmtp');
}

function readConfiguration({ dir, ports, format, users, key, extra }) {
  const root = process.getuid() === 0;
  const me = os.userInfo().username;
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = ${key ? 'yes' : 'no'}
${key ? `ssl_cert = <${key}.crt\nssl_key = <${key}.key` : ''}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_cache_size = 16M
auth_cache_verify_password_with_worker = no
auth_username_format = %Lu
${root ? '' : `default_internal_user = ${me}\ndefault_login_user = ${me}`}
default_vsz_limit = 4G
default_client_limit = 8192
default_process_limit = 4096
first_valid_uid = 1
mail_uid = ${root ? 'dovecot' : me}
mail_gid = ${root ? 'dovecot' : me}
mail_location = ${format}:${dir}/mail/%u
mail_home = ${dir}/home/%u
mail_fsync = optimized
mail_max_userip_connections = 0
mail_always_cache_fields = flags
imap_hibernate_timeout = 5s
mmap_disable = no
maildir_very_dirty_syncs = yes
mdbox_rotate_size = 32M
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${users}
}
userdb {
  driver = static
  args = uid=${root ? 'dovecot' : me} gid=${root ? 'dovecot' : me} home=${dir}/home/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  service_count = 0
  client_limit = 8192
  process_min_avail = 2
  ${root ? '' : 'chroot ='}
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${key ? ports.imaps : 0}
    ssl = yes
  }
}
service imap {
  # 1: a process whose client hibernates ends, which is what makes its idle connections cheap.
  service_count = 1
  process_min_avail = 4
  client_limit = 1
  unix_listener imap-master {
    mode = 0666
  }
}
service imap-hibernate {
  client_limit = 8192
  unix_listener imap-hibernate {
    mode = 0666
  }
}
service lmtp {
  service_count = 0
  process_min_avail = 8
  client_limit = 1
  process_limit = 64
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service auth {
  client_limit = 16384
  unix_listener auth-userdb {
    mode = 0666
  }
}
service anvil {
  client_limit = 16384
  unix_listener anvil-auth-penalty {
    mode = 0
  }
  ${root ? '' : 'chroot ='}
}
service stats {
  client_limit = 16384
  ${root ? '' : 'chroot ='}
  unix_listener stats-writer {
    mode = 0666
  }
}
${extra}
`;
}

export class Dovecot {
  // format: sdbox, maildir or mdbox. `accounts`: full addresses; all share PASSWORD.
  static async start({ format = 'sdbox', accounts = ['test@localhost'], secure = false, extra = '', root } = {}) {
    const it = new Dovecot();
    it.format = format;
    it.dir = root ? fs.mkdtempSync(path.join(root, 'dovecot-')) : freshFolder('dovecot');
    fs.chmodSync(it.dir, 0o755);
    const [imap, lmtp, imaps] = await freePorts(3);
    it.ports = { imap, lmtp, imaps };
    for (const name of ['run', 'state', 'mail', 'home']) fs.mkdirSync(path.join(it.dir, name));
    const users = path.join(it.dir, 'users');
    fs.writeFileSync(users, accounts.map((name) => `${name}:{PLAIN}${PASSWORD}\n`).join(''));
    if (process.getuid() === 0) {
      for (const name of ['mail', 'home']) await runToEnd('chown', ['dovecot:dovecot', path.join(it.dir, name)]);
    }
    it.key = secure ? path.join(it.dir, 'tls') : null;
    if (secure) await makeCertificate(it.key);
    it.configuration = path.join(it.dir, 'dovecot.conf');
    fs.writeFileSync(it.configuration, readConfiguration({ dir: it.dir, ports: it.ports, format, users, key: it.key, extra }));
    await it.serve();
    return it;
  }

  async serve() {
    this.server = new Child('/usr/sbin/dovecot', ['-F', '-c', this.configuration]);
    const { Wire } = await import('./wire.mjs');
    const end = Date.now() + 10000;
    for (;;) {
      if (this.server.code !== undefined) throw new Error(`dovecot ended: ${this.server.output}`);
      try {
        const wire = await Wire.open(this.ports.imap);
        const hello = await wire.line();
        wire.close();
        if (hello?.toString().startsWith('* OK')) return;
      } catch (error) {
        if (Date.now() > end) throw new Error(`dovecot does not answer: ${error.message} ${this.log()}`);
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  get pid() {
    return this.server.pid;
  }

  log() {
    try {
      return fs.readFileSync(path.join(this.dir, 'log'), 'utf8').slice(-2000);
    } catch {
      return '';
    }
  }

  async stop() {
    await this.server?.stop('SIGTERM', 15000);
    removeFolder(this.dir);
  }
}

// A self-made certificate for localhost: KEY.key and KEY.crt.
export async function makeCertificate(key) {
  const end = await runToEnd('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', `${key}.key`, '-out', `${key}.crt`,
  ]);
  if (end.code !== 0) throw new Error(`openssl: ${end.output}`);
}
