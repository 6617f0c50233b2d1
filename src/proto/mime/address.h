/* An address is one entry of From, To, Cc...: a mailbox, or the start or end of a group (RFC 5322
 * section 3.4, obsolete forms of section 4.4, UTF-8 of RFC 6532).
 *
 * Why these four fields: they are IMAP's (RFC 3501 section 7.4.2) and hold groups as well. A group
 * starts with its name as mailbox and host absent, and ends with all four absent. A mailbox always
 * has mailbox and host, empty where the sender left them out. Text is borrowed from the arena. */
#ifndef PROTO_MIME_ADDRESS_H
#define PROTO_MIME_ADDRESS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

/* Entries and bytes beyond these are not looked at. */
enum { ADDRESSES_MAX = 2000, ADDRESS_FIELD_MAX = 256 << 10 };

struct address {
    struct str name;    /* as in the field, without quotes; maybe encoded words; absent when none */
    struct str adl;     /* the obsolete source route, "@a,@b" */
    struct str mailbox; /* the part before the @, without quotes */
    struct str host;
};

struct address_list LIST_OF(struct address);

/* Appends the entries of a field's value, folded as it is. What is no address is kept as well as it
 * can be shown: "Accueil" alone becomes a mailbox without host. Linear. LIMIT: the arena is
 * full. */
MUST_USE enum status address_parse(struct arena *arena, struct str value,
                                   struct address_list *list);

/* The entries of every field of this name, in order: senders must write one, but what a reader does
 * not see must not differ from what a check saw. */
MUST_USE enum status address_parse_field(struct arena *arena, struct str header, struct str name,
                                         struct address_list *list);

bool address_is_group_start(const struct address *address);
bool address_is_group_end(const struct address *address);

/* True for what one may write to: both sides of the @ present and only of characters RFC 5321
 * allows (UTF-8 included, RFC 6531); no controls, at most 64 and 255 bytes. */
bool address_is_deliverable(const struct address *address);

/* The name in UTF-8, absent when there is none; and mailbox@host, the mailbox quoted where it must
 * be. */
struct str address_name_text(struct arena *arena, const struct address *address);
struct str address_text(struct arena *arena, const struct address *address);

/* Appends `name <mailbox@host>, ...` for a header, names being UTF-8, folded with CRLF and a space
 * before the lines pass 76 columns; *column as in words.h. Groups are written as groups. The caller
 * has refused line ends and NUL (compose.h). */
void address_write(struct buf *out, const struct address *addresses, size_t count, size_t *column);

#endif
