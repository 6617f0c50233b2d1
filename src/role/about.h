/* What a member is, in one line of JSON: the first file of an export, from which an import makes the member again. */
#ifndef ROLE_ABOUT_H
#define ROLE_ABOUT_H

#include "core/member.h"

enum { ABOUT_MAX = 64 << 10 };

/* Words that are lists are parted by spaces; the first domain is the main one. */
struct about {
    struct str format; /* ABOUT_FORMAT */
    struct str name, title, kind, insee, siret, zone, language, desk, phone, hours;
    struct str domains, hosts, services;
};
#define ABOUT_FORMAT STR("parvis export 1")

/* ctx->db is syndicate.db. NOT_FOUND "member.unknown". */
MUST_USE enum status about_read(struct ctx *ctx, struct str name, int64_t *ret_member, struct about *ret_about);
/* Appends the line. */
void about_write(struct buf *out, const struct about *about);
/* INVALID: not of its form. */
MUST_USE enum status about_parse(struct arena *arena, struct str line, struct about *ret_about);
/* Makes the member, in a transaction of syndicate.db. As member_add and member_set refuse. */
MUST_USE enum status about_make(struct ctx *ctx, const struct about *about, int64_t *ret_member);

#endif
