/* Changes are the mailboxes that changed in this turn of the town: whom to tell once it is committed. */
#ifndef SERVICE_MAIL_CHANGES_H
#define SERVICE_MAIL_CHANGES_H

#include "core/ctx.h"

enum { CHANGES_MAX = 256 };

struct changes {
    int64_t mailboxes[CHANGES_MAX];
    size_t count;
    bool is_over; /* more than fit: everybody is to look */
};

/* Nothing happens in a town nobody watches. */
void changes_note(struct ctx *ctx, int64_t mailbox);
bool changes_has(const struct changes *changes, int64_t mailbox);

#endif
