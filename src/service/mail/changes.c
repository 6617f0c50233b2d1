#include "service/mail/changes.h"

#include "core/town.h"
#include "service/mail/mail_slot.h"

bool changes_has(const struct changes *changes, int64_t mailbox)
{
    for (size_t i = 0; i < changes->count; i++)
        if (changes->mailboxes[i] == mailbox)
            return true;
    return changes->is_over;
}

void changes_note(struct ctx *ctx, int64_t mailbox)
{
    struct changes *changes = ctx->town->state[MAIL_CHANGES_SLOT];
    if (changes == NULL || changes_has(changes, mailbox))
        return;
    if (changes->count == CHANGES_MAX)
        changes->is_over = true;
    else
        changes->mailboxes[changes->count++] = mailbox;
}
