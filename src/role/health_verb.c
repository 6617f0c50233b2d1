#include "role/health_verb.h"

#include "core/member.h"
#include "os/file.h"
#include "role/town_state.h"

enum { CHOOSE = 0, LINES_MAX = 64 << 10 };

/* Hands over how many members have had their turn, and the name of the last. */
static enum status choose(struct ctx *ctx, struct verb_call *call, int64_t *ret_turn)
{
    member_row *rows;
    size_t count;
    struct str handed = call->handed;
    *ret_turn = 0;
    if (handed.len > 0)
        TRY(str_to_i64(str_cut(&handed, ' '), ret_turn));
    TRY(member_list(ctx, &rows, &count));
    if (*ret_turn < 0 || *ret_turn >= (int64_t)count) {
        call->next = VERB_STEPS_MAX;
        return OK;
    }
    call->member = rows[*ret_turn].id;
    buf_add_format(call->hand, "%lld %.*s", (long long)*ret_turn + 1, STR_ARG(rows[*ret_turn].name));
    return OK;
}

enum status health_no_answer(struct ctx *ctx, struct verb_call *call)
{
    struct str name = call->handed;
    (void)ctx;
    (void)str_cut(&name, ' ');
    buf_add_format(call->out, "%.*s\tdoes not answer\n", STR_ARG(name));
    call->next = CHOOSE;
    call->is_partial = true;
    return OK;
}

enum status queue_next(struct ctx *ctx, struct verb_call *call)
{
    int64_t turn;
    return choose(ctx, call, &turn);
}

enum status health_next(struct ctx *ctx, struct verb_call *call)
{
    int64_t turn, free_bytes, total_bytes;
    TRY(choose(ctx, call, &turn));
    if (turn == 0 && call->folder != NULL && file_space(call->folder, &free_bytes, &total_bytes) == OK)
        buf_add_format(call->out, "disk\t%lld free\t%lld in all\n", (long long)free_bytes, (long long)total_bytes);
    return OK;
}

static void add_moment(struct buf *out, int64_t at_ms)
{
    if (at_ms > 0)
        instant_write(out, (struct instant){at_ms});
    else
        buf_add_literal(out, "-");
}

enum status health_town(struct ctx *ctx, struct verb_call *call)
{
    struct house_process state;
    TRY(town_state_read(ctx, &state));
    call->next = CHOOSE;
    buf_add_format(call->out, "%.*s\t%lld database\t%lld mail\t%lld for auth\tbackup ", STR_ARG(state.member),
                   (long long)state.database_bytes, (long long)state.mail_bytes, (long long)state.tasks);
    add_moment(call->out, state.backup_ms);
    buf_add_byte(call->out, '\n');
    return buf_status(call->out);
}

/* "" is what its writer may still take back. */
static void add_queue(struct buf *out, const struct house_queue *queue)
{
    struct str destination = queue->destination.len > 0 ? queue->destination : STR("-");
    buf_add_format(out, "%.*s\t%.*s\t%lld\t%lld\t%lld\t", STR_ARG(queue->member), STR_ARG(destination),
                   (long long)queue->messages, (long long)queue->bytes, (long long)queue->attempts);
    add_moment(out, queue->oldest_ms);
    buf_add_byte(out, '\t');
    add_moment(out, queue->next_ms);
    buf_add_byte(out, '\n');
}

enum status queue_town(struct ctx *ctx, struct verb_call *call)
{
    struct buf lines BUF_SCOPE = BUF_INIT(LINES_MAX);
    struct house_queue queue;
    enum status took;
    TRY(town_state_queues(ctx, &lines));
    call->next = CHOOSE;
    struct str rest = buf_str(&lines);
    while ((took = house_line_take(ctx->arena, &rest, &house_queue_shape, &queue)) == OK)
        add_queue(call->out, &queue);
    return took == NOT_FOUND ? buf_status(call->out) : took;
}
