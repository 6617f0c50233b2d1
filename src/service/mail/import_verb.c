/* `mail import`: the command line reads the file piece by piece, the town takes each piece as one job. */
#include "service/mail/import_verb.h"

#include "core/person.h"
#include "os/file.h"
#include "service/mail/import.h"

enum { PIECE_BYTES = 1 << 20 };

/* "OFFSET ADDED THERE": where the next piece begins, and what has come in so far. */
struct state {
    int64_t offset, added, there;
};

static enum status read_state(struct str handed, struct state *ret_state)
{
    *ret_state = (struct state){0};
    if (handed.len == 0)
        return OK;
    TRY(str_to_i64(str_cut(&handed, ' '), &ret_state->offset));
    TRY(str_to_i64(str_cut(&handed, ' '), &ret_state->added));
    return str_to_i64(handed, &ret_state->there);
}

static void hand(struct verb_call *call, const struct state *state)
{
    buf_add_format(call->hand, "%lld %lld %lld", (long long)state->offset, (long long)state->added,
                   (long long)state->there);
}

static enum status cut_piece(struct ctx *ctx, struct verb_call *call, struct str mbox)
{
    struct state state;
    TRY(read_state(call->handed, &state));
    if (state.offset == 0 && !str_starts(mbox, STR("From ")))
        return refuse(ctx, INVALID, "mail.import.form", T_mail_import_form);
    struct str piece = import_piece(str_after(mbox, (size_t)state.offset), PIECE_BYTES);
    buf_add(call->output, piece);
    state.offset += (int64_t)piece.len;
    hand(call, &state);
    call->done = state.offset;
    call->total = (int64_t)mbox.len;
    return buf_status(call->output);
}

enum status mail_import_read(struct ctx *ctx, struct verb_call *call)
{
    struct str mbox, path = verb_argument(call, 1);
    enum status done = file_map_path(str_c(ctx->arena, path), &mbox);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "mail.import.path", T_mail_import_path);
    TRY(done);
    done = cut_piece(ctx, call, mbox);
    file_unmap(mbox);
    return done;
}

enum status mail_import_take(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    struct state state;
    struct import_count count = {0};
    TRY(read_state(call->handed, &state));
    enum status found = person_by_address(ctx, verb_argument(call, 0), &person);
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown);
    TRY(found);
    TRY(import_take(ctx, person.id, call->input, &count));
    state.added += count.added;
    state.there += count.there_already;
    hand(call, &state);
    if (call->input.len > 0)
        call->next = 1;
    else
        buf_add_format(call->out, "%.*s: %lld imported, %lld there already\n", STR_ARG(verb_argument(call, 0)),
                       (long long)state.added, (long long)state.there);
    return OK;
}
