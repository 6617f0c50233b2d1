/* A desk is a service of the town that answers the telephone about some subjects: whom a question without a source is
 * sent to.
 *
 * Invariants: at most DESKS_MAX; a question goes to the one whose subjects share most of its words by their stems, of
 * equals to the first by name; to none where none shares any, and then to the desk of the town (core/place.h). */
#ifndef SERVICE_ASSISTANT_DESK_H
#define SERVICE_ASSISTANT_DESK_H

#include "core/export.h"

enum { DESKS_MAX = 100, DESK_NAME_MAX = 100, DESK_SUBJECTS_MAX = 500, DESK_PLACE_MAX = 200, DESK_PHONE_MAX = 40 };

struct desk {
    int64_t id;
    struct str name, subjects, place, phone, hours;
};

/* By name. */
MUST_USE enum status desk_list(struct ctx *ctx, struct desk **ret_desks, size_t *ret_count);
/* NOT_FOUND: none of them, or nothing was indexed yet to know words by. */
MUST_USE enum status desk_of_question(struct ctx *ctx, struct str question, struct desk *ret_desk);
/* INVALID "assistant.desk": no name, no subjects, no telephone, or one too long; LIMIT "assistant.desks": DESKS_MAX. */
MUST_USE enum status desk_add(struct ctx *ctx, const struct desk *desk);
/* Nothing happens where it is gone already. */
MUST_USE enum status desk_remove(struct ctx *ctx, int64_t id);

/* For the file of an export (core/export.h): its rows are sql_desk_export_row. */
MUST_USE enum status desk_each(struct ctx *ctx, struct export_sink sink);
MUST_USE enum status desk_take(struct ctx *ctx, const void *row);

#endif
