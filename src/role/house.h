/* A house is the data folder of a syndicate: parvis.conf, syndicate.db, run/, members/NAME.
 *
 * Opening it takes run/lock, so that `serve` and a verb never hold the same town. Everything opened lives
 * until house_close. */
#ifndef ROLE_HOUSE_H
#define ROLE_HOUSE_H

#include "core/auth.h"
#include "core/config.h"
#include "core/ctx.h"
#include "core/member.h"
#include "core/town.h"
#include "os/tls.h"

struct house {
    const char *folder;
    struct arena *arena;
    struct config config;
    struct db *syndicate;
    int lock;
};

/* Makes the folder, its settings and an empty syndicate. CONFLICT: there is one already. */
MUST_USE enum status house_create(const char *folder, struct instant now, struct str *ret_refusal);

/* The key of the house (DIR/key, made by init): keyed hashes and seals of every auth.db. NOT_FOUND; CORRUPT: not a
 * key. */
MUST_USE enum status house_key(const char *folder, unsigned char ret_key[AUTH_KEY_BYTES]);

/* What a new verifier costs, as init measured it. INVALID: a setting outside its bounds. */
MUST_USE enum status house_cost(const struct config *config, struct password_cost *ret_cost);

/* BUSY: serve, or another verb, works on it. *ret_refusal: a sentence for the operator. */
MUST_USE enum status house_open(const char *folder, struct instant now, struct house *ret_house,
                                struct str *ret_refusal);
void house_close(struct house *house);

/* The settings of parvis.conf alone; texts in the arena. */
MUST_USE enum status house_config(const char *folder, struct arena *arena, struct config *ret_config,
                                  struct str *ret_refusal);

/* Where the texts go that a certificate was made from; the caller wipes the key. */
struct house_pem {
    struct buf *certificate, *key;
};

/* The certificate and key of parvis.conf, for the role that meets the network. Where the setting leads into DIR/tls and
 * what stands there is signed by itself, or nothing does, it is made again when it has ended or lacks one of `names`.
 * Any other status, told on standard error: they cannot be used. */
MUST_USE enum status house_tls(const struct house *house, const struct str *names, size_t name_count,
                               struct instant now, const struct house_pem *ret_pem, struct tls_context **ret_tls);

/* Opens one member's town with its tables up to date and its mail replayed; the caller owns it, and keeps
 * `member` as long.
 * *ret_replayed: messages made again from the journal. */
MUST_USE enum status house_open_town(const char *folder, const member_row *member, const struct str *domains,
                                     size_t domain_count, struct town **ret_town, int64_t *ret_replayed);
/* The same to read beside the town that writes: no replay, no writer. CONFLICT: its tables are not those of this
 * program. */
MUST_USE enum status house_open_reader(const char *folder, const member_row *member, const struct str *domains,
                                       size_t domain_count, struct town **ret_town);
/* The domains of an open town, told anew: one a line, the main one first. */
void house_set_domains(struct town *town, struct str lines);
void house_close_town(struct town *town); /* NULL accepted */

/* The credentials of one member; the caller closes them. */
MUST_USE enum status house_open_auth(const char *folder, struct str name, struct arena *arena, struct db **ret_auth);

#endif
