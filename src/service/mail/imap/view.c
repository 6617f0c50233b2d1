#include "service/mail/imap/view.h"

#include <stdlib.h>

static struct imap_view *allocate(int64_t mailbox, size_t count)
{
    struct imap_view *view = malloc(sizeof *view + count * sizeof view->uids[0]);
    REQUIRE(view != NULL);
    *view = (struct imap_view){.mailbox = mailbox, .references = 1};
    return view;
}

struct reading {
    struct imap_view *view;
    size_t room;
};

static enum status take(void *with, const struct sql_message_uid_each_row *row)
{
    struct reading *reading = with;
    if (reading->view->count == reading->room) {
        reading->room = reading->room * 2 + 64;
        reading->view = realloc(reading->view, sizeof *reading->view + reading->room * sizeof reading->view->uids[0]);
        REQUIRE(reading->view != NULL);
    }
    reading->view->uids[reading->view->count++] = (uint32_t)row->uid;
    return OK;
}

enum status imap_view_read(struct ctx *ctx, int64_t mailbox, struct imap_view **ret_view)
{
    struct reading reading = {.view = allocate(mailbox, 0)};
    struct sql_message_uid_each in = {.mailbox = mailbox, .first = 1};
    enum status done = sql_message_uid_each(ctx->db, in, take, &reading);
    if (done != OK) {
        free(reading.view);
        return done;
    }
    *ret_view = reading.view;
    return OK;
}

struct imap_view *imap_view_share(struct imap_view *view)
{
    view->references++;
    return view;
}

void imap_view_drop(struct imap_view **view)
{
    if (*view != NULL && --(*view)->references == 0)
        free(*view);
    *view = NULL;
}

struct imap_view *imap_view_change(struct imap_view *view, const struct imap_set *gone, const uint32_t *come,
                                   size_t come_count)
{
    struct imap_view *next = allocate(view->mailbox, view->count + come_count);
    for (uint32_t i = 0; i < view->count; i++)
        if (gone == NULL || !imap_set_has(gone, view->uids[i]))
            next->uids[next->count++] = view->uids[i];
    for (size_t i = 0; i < come_count; i++)
        next->uids[next->count++] = come[i];
    imap_view_drop(&view);
    return next;
}

uint32_t imap_view_from(const struct imap_view *view, uint32_t uid)
{
    uint32_t low = 0, high = view->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (view->uids[middle] < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1;
}

uint32_t imap_view_number(const struct imap_view *view, uint32_t uid)
{
    uint32_t number = imap_view_from(view, uid);
    return number <= view->count && view->uids[number - 1] == uid ? number : 0;
}
