#include "role/town_state.h"

#include "core/audit.h"
#include "core/people_task.h"
#include "core/town.h"
#include "os/file.h"
#include "service/mail/mail.h"
#include "service/mail/outbox.h"

static int64_t size_of(struct ctx *ctx, const char *name)
{
    struct str path = str_format(ctx->arena, "%s/%s", ctx->town->folder, name);
    int64_t size = 0;
    int fd = -1;
    if (str_is_absent(path) || file_open(path.at, FILE_READ, &fd) != OK)
        return 0;
    if (file_size(fd, &size) != OK)
        size = 0;
    file_close(&fd);
    return size;
}

enum status town_state_read(struct ctx *ctx, struct house_process *ret_state)
{
    struct instant backup;
    *ret_state = (struct house_process){.role = STR("town"), .member = ctx->town->name,
                                        .title = ctx->town->place.title, .late_job = STR("")};
    TRY(mail_usage_all(ctx, &ret_state->mail_bytes));
    TRY(people_task_waiting(ctx, &ret_state->tasks));
    TRY(audit_last_of(ctx, "town.backup", &backup));
    ret_state->backup_ms = backup.ms;
    ret_state->database_bytes = size_of(ctx, "town.db") + size_of(ctx, "town.db-wal");
    return OK;
}

enum status town_state_queues(struct ctx *ctx, struct buf *lines)
{
    outbox_queue *queues;
    size_t count;
    TRY(outbox_queues(ctx, &queues, &count));
    for (size_t i = 0; i < count; i++) {
        struct house_queue queue = {.member = ctx->town->name, .title = ctx->town->place.title,
                                    .destination = queues[i].destination, .messages = queues[i].messages,
                                    .bytes = queues[i].bytes, .oldest_ms = queues[i].oldest_ms,
                                    .next_ms = queues[i].next_ms, .attempts = queues[i].attempts};
        house_line_add(lines, &house_queue_shape, &queue);
    }
    return buf_status(lines);
}
