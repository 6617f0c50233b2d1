/* A view is the UIDs of one mailbox as some clients see them: ascending, never changed, shared and counted. */
#ifndef SERVICE_MAIL_IMAP_VIEW_H
#define SERVICE_MAIL_IMAP_VIEW_H

#include "proto/imap/imap_set.h"
#include "service/mail/message.h"

struct imap_view {
    int64_t mailbox;
    uint32_t references, count;
    uint32_t uids[];
};

/* What is in the mailbox now, at least `room` places for what may come. The caller owns one reference. */
MUST_USE enum status imap_view_read(struct ctx *ctx, int64_t mailbox, struct imap_view **ret_view);
struct imap_view *imap_view_share(struct imap_view *view);
void imap_view_drop(struct imap_view **view); /* NULL accepted */
/* Another one without `gone` (resolved) and with `come` behind; NULL `gone`: all stay. Drops the old reference. */
struct imap_view *imap_view_change(struct imap_view *view, const struct imap_set *gone, const uint32_t *come,
                                   size_t come_count);

/* 1 for the first; 0 when it is not there. */
uint32_t imap_view_number(const struct imap_view *view, uint32_t uid);
/* The number of the first UID that is not less; count + 1 when there is none. */
uint32_t imap_view_from(const struct imap_view *view, uint32_t uid);
static inline uint32_t imap_view_last(const struct imap_view *view)
{
    return view->count > 0 ? view->uids[view->count - 1] : 0;
}

#endif
