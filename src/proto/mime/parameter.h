/* A parameter is one name=value of a Content-Type or Content-Disposition (RFC 2045 section 5.1),
 * with values continued over several names and carrying a charset (RFC 2231).
 *
 * Why one list with two faces: IMAP shows a parameter as it stands, continuations joined
 * ("filename*" keeps its charset and percent signs); people see its text. Values live in the arena
 * or the header. */
#ifndef PROTO_MIME_PARAMETER_H
#define PROTO_MIME_PARAMETER_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

/* Pieces of a field beyond the maximum are not looked at. */
enum { PARAMETERS_MAX = 200, PARAMETER_SECTION_MAX = 999 };

struct parameter {
    struct str name; /* as written, without "*0" and the like */
    struct str value;
    bool is_extended; /* value is charset'language'text with percent signs */
};

struct parameter_list LIST_OF(struct parameter);

/* "type/subtype" or "attachment" at the front of a field, and what follows it. A missing or
 * malformed token is absent. *rest then begins with the parameters. */
struct str parameter_token(struct str *rest);

/* All parameters of what follows, in order; of several with one name the first. LIMIT: the arena is
 * full. */
MUST_USE enum status parameter_parse(struct arena *arena, struct str rest,
                                     struct parameter_list *ret_list);

/* The first parameter of this name in either case; NULL when there is none. */
const struct parameter *parameter_find(const struct parameter_list *list, struct str name);

/* The value as it stands; absent when there is none. */
struct str parameter_raw(const struct parameter_list *list, struct str name);

/* The value for people in UTF-8: charset and percent signs resolved, encoded words decoded as well,
 * since many senders write file names so. Absent when there is none or the arena is full. */
struct str parameter_text(struct arena *arena, const struct parameter_list *list, struct str name);

#endif
