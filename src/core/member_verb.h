/* What verbs do with the members of the syndicate: steps in the parent, shared by every verb that works on a member. */
#ifndef CORE_MEMBER_VERB_H
#define CORE_MEMBER_VERB_H

#include "core/verb.h"

/* Choose the member for the steps to come. NOT_FOUND "member.no_domain", "member.unknown". */
verb_run member_verb_of_address; /* whose domain the first argument's address has */
verb_run member_verb_of_name;    /* whose short name the first argument is */

/* town add NAME --domain D [--title T] [--kind K]... */
verb_run member_verb_add;
/* town list: one line each: name, title, domains, services. */
verb_run member_verb_list;
/* town show NAME: all of it, one fact a line; service list NAME: on or off, since when, until when. */
verb_run member_verb_show, member_verb_services;
/* town set NAME [--title T] ... */
verb_run member_verb_set;
/* service on|off NAME SERVICE; domain and host of NAME. */
verb_run member_verb_service_on, member_verb_service_off, member_verb_add_domain, member_verb_add_host;

/* Three steps after each change: in the town, which notes it in its audit log; in the command instead, when that
 * town is down (the parent tells it when it comes back); in the parent, which forgets what was noted. */
verb_run member_verb_note, member_verb_note_later, member_verb_noted;

/* The member an address belongs to. NOT_FOUND "member.no_domain". */
MUST_USE enum status member_of_address(struct ctx *ctx, struct str address, int64_t *ret_member);

#endif
