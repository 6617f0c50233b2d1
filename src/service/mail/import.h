/* An import brings messages of another server into a person's folders, piece by piece, without making anything double.
 *
 * Restartable: a message whose very bytes the folder holds, or held in the last 30 days (it was moved or deleted
 * since), is passed over, so the same source may be given again after an interruption. One that another folder of the
 * account holds shares its body. A piece is a run of items, each of them framed; it is read by the writer and
 * believed in nothing. */
#ifndef SERVICE_MAIL_IMPORT_H
#define SERVICE_MAIL_IMPORT_H

#include "core/ctx.h"

enum { IMPORT_PIECE_ITEMS = 50, IMPORT_PIECE_BYTES = 512 << 10, IMPORT_KEYWORDS_MAX = 4000 };

struct import_item {
    struct str folder;   /* "INBOX", "A/B" */
    int64_t flags;       /* message flags; keywords apart */
    struct str keywords; /* parted by spaces */
    int64_t received_ms;
    struct str message;
};

/* Appends one item. */
void import_add(struct buf *piece, const struct import_item *item);

struct import_count {
    int64_t added, there_already;
};
/* Brings the messages of a piece in: one job, all or nothing. Folders are made as they come. INVALID: not a piece;
 * LIMIT: a message above DELIVER_SIZE_MAX. */
MUST_USE enum status import_take(struct ctx *ctx, int64_t account, struct str piece, struct import_count *count);

#endif
