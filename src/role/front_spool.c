#include "role/front_spool.h"

#include "os/file.h"
#include "role/message.h"

struct spool spool_of(int64_t max, struct spool_room total, struct spool_room share)
{
    return (struct spool){.total = total, .share = share, .held = BUF_INIT(MESSAGE_INLINE_MAX + SPOOL_STEP),
                          .fd = -1, .max = max};
}

static bool has_room(const struct spool_room *room, int64_t bytes)
{
    return room->used == NULL || *room->used + bytes <= room->max;
}

static void take_room(struct spool *spool, int64_t bytes)
{
    *spool->total.used += bytes;
    if (spool->share.used != NULL)
        *spool->share.used += bytes;
}

void spool_finish(struct spool *spool)
{
    buf_finish(&spool->held);
    file_close(&spool->fd);
    take_room(spool, -spool->written);
    *spool = spool_of(spool->max, spool->total, spool->share);
}

int64_t spool_size(const struct spool *spool)
{
    return spool->written + (int64_t)spool->held.len;
}

static enum status write_held(struct spool *spool)
{
    if (!has_room(&spool->total, (int64_t)spool->held.len) || !has_room(&spool->share, (int64_t)spool->held.len))
        return LIMIT;
    if (spool->fd < 0)
        TRY(file_memory_open(&spool->fd));
    TRY(file_write(spool->fd, spool->written, buf_str(&spool->held)));
    spool->written += (int64_t)spool->held.len;
    take_room(spool, (int64_t)spool->held.len);
    buf_clear(&spool->held);
    return OK;
}

/* A refused message gives its memory back at once: its sender may go on for long. */
static void refuse(struct spool *spool, enum status status)
{
    spool_finish(spool);
    spool->status = status;
}

void spool_settle(struct spool *spool)
{
    enum status done = OK;
    REQUIRE(!spool->is_sealed);
    if (spool->status != OK) {
        buf_clear(&spool->held);
        return;
    }
    if (spool->held.is_over || spool_size(spool) > spool->max)
        done = LIMIT;
    else if (spool->held.len > MESSAGE_INLINE_MAX && write_held(spool) != OK)
        done = OUTSIDE;
    if (done != OK)
        refuse(spool, done);
}

void spool_add(struct spool *spool, struct str bytes)
{
    while (bytes.len > 0 && spool->status == OK) {
        struct str step = str_slice(bytes, 0, SPOOL_STEP);
        buf_add(&spool->held, step);
        spool_settle(spool);
        bytes = str_after(bytes, step.len);
    }
}

enum status spool_lend(struct spool *spool, struct str *ret_inline, int *ret_fd)
{
    TRY(spool->status);
    *ret_fd = -1;
    *ret_inline = buf_str(&spool->held);
    if (spool->fd < 0)
        return OK;
    if (spool->held.len > 0)
        TRY(write_held(spool));
    buf_release(&spool->held);
    if (!spool->is_sealed)
        TRY(file_memory_seal(spool->fd));
    spool->is_sealed = true;
    *ret_inline = STR_NONE;
    return file_duplicate(spool->fd, ret_fd);
}
