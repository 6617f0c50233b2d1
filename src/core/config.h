/* A config is DIR/parvis.conf: lines `name = value`, '#' begins a comment, a later line replaces an earlier one.
 *
 * Every setting stands in one table with its default; an unknown name is refused with its line, so that a
 * misspelt setting is never silently ignored. */
#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include "base/arena.h"
#include "base/str.h"

enum { CONFIG_FILE_MAX = 64 << 10, CONFIG_VALUE_MAX = 500 };

enum setting {
    SETTING_LISTEN_LMTP, /* "listen.lmtp": HOST:PORT, or "off" */
    SETTING_LISTEN_SMTP,
    SETTING_LISTEN_SUBMISSION,  /* STARTTLS */
    SETTING_LISTEN_IMAP,  /* "listen.imap": with STARTTLS; "listen.imaps": TLS from the first byte */
    SETTING_LISTEN_IMAPS,
    SETTING_LISTEN_SUBMISSIONS, /* TLS from the first byte */
    SETTING_LISTEN_WEB,   /* pages in clear: a desk, or behind a proxy of this machine */
    SETTING_LISTEN_HTTPS, /* pages over TLS */
    SETTING_LISTEN_HTTP,  /* sends browsers to https, and answers who issues certificates */
    SETTING_LISTEN_METRICS, /* numbers for who watches the house: to be reached by them alone */
    SETTING_USER,        /* "user": whom the roles become when the house is started as root; "-": nobody */
    SETTING_HOSTNAME,    /* the name said in greetings */
    SETTING_PASSWORD_MEMORY, /* "password.memory_kib": cost of a new verifier, measured by init */
    SETTING_PASSWORD_PASSES,
    SETTING_TLS_CERTIFICATE, /* "tls.certificate": path of a PEM file, relative to DIR */
    SETTING_TLS_KEY,
    SETTING_ACME_FOLDER, /* "acme.folder": where .well-known/acme-challenge/ is, relative to DIR */
    SETTING_COUNT,
};

struct config {
    struct str values[SETTING_COUNT];
};

/* Slices into `text` or static text. INVALID: *ret_line is the line at fault. */
MUST_USE enum status config_parse(struct str text, struct config *ret_config, int *ret_line);
/* "listen.lmtp" and its default, for init and the manual. */
const char *setting_name(enum setting setting);
const char *setting_default(enum setting setting);

#endif
