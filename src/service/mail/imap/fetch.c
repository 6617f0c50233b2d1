#include "service/mail/imap/fetch.h"

#include <stdlib.h>

#include "base/list.h"
#include "core/page.h"
#include "proto/imap/imap_date.h"

enum { RUNNING_ARENA = 16 << 20, ROWS_MAX = 256, MESSAGE_ARENA = 192 << 20 };

/* ---- rows, a few at a time ---- */

struct batch {
    struct arena *arena;
    fetch_row rows[ROWS_MAX];
    size_t count;
    const struct imap_running *running;
    bool wants_texts;
};

static bool is_asked(const struct imap_running *running, uint32_t uid)
{
    size_t low = running->at, high = running->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (running->uids[middle] == uid)
            return true;
        if (running->uids[middle] < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static enum status gather(void *with, const fetch_row *row)
{
    struct batch *batch = with;
    if (!is_asked(batch->running, (uint32_t)row->uid))
        return OK;
    if (batch->count == ROWS_MAX)
        return BUSY;
    fetch_row *kept = &batch->rows[batch->count++];
    *kept = *row;
    kept->envelope = batch->wants_texts ? str_copy(batch->arena, row->envelope) : STR("");
    kept->structure = batch->wants_texts ? str_copy(batch->arena, row->structure) : STR("");
    return OK;
}

static const fetch_row *row_of(const struct batch *batch, uint32_t uid)
{
    size_t low = 0, high = batch->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (batch->rows[middle].uid < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < batch->count && batch->rows[low].uid == uid ? &batch->rows[low] : NULL;
}

/* ---- one message ---- */

struct writing {
    struct imap_call *call;
    struct imap_running *running;
    struct fetch_body body;
    const char *space;
};

static void name(struct writing *writing, const char *word)
{
    buf_add_format(writing->call->out, "%s%s ", writing->space, word);
    writing->space = " ";
}

static enum status mark_seen(struct writing *writing, const fetch_row *row, int64_t *flags, int64_t *modseq)
{
    message_row message;
    struct imap_call *call = writing->call;
    if (*flags & MESSAGE_SEEN || call->session->is_read_only || !imap_fetch_marks_seen(&writing->running->fetch))
        return OK;
    TRY(message_get(call->ctx, call->session->mailbox, row->uid, &message));
    TRY(message_set_flags(call->ctx, &message, MESSAGE_SEEN, MESSAGE_SEEN, modseq));
    *flags |= MESSAGE_SEEN;
    return OK;
}

static enum status write_facts(struct writing *writing, const fetch_row *row, unsigned items)
{
    struct buf *out = writing->call->out;
    if (items & IMAP_FETCH_INTERNALDATE) {
        struct instant at = {row->received_ms};
        name(writing, "INTERNALDATE");
        buf_add_byte(out, '"');
        imap_datetime_write(out, at, page_offset_at(at));
        buf_add_byte(out, '"');
    }
    if (items & IMAP_FETCH_SIZE) {
        name(writing, "RFC822.SIZE");
        buf_add_format(out, "%lld", (long long)row->size);
    }
    if (items & IMAP_FETCH_ENVELOPE) {
        name(writing, "ENVELOPE");
        buf_add(out, row->envelope);
    }
    if (items & IMAP_FETCH_BODYSTRUCTURE) {
        name(writing, "BODYSTRUCTURE");
        buf_add(out, row->structure);
    }
    if (items & IMAP_FETCH_EMAILID) {
        name(writing, "EMAILID");
        buf_add_format(out, "(M%lld)", (long long)row->email);
    }
    if (items & IMAP_FETCH_THREADID) {
        name(writing, "THREADID");
        buf_add_format(out, "(T%lld)", (long long)row->thread);
    }
    if (items & IMAP_FETCH_BODY) {
        name(writing, "BODY");
        TRY(fetch_structure(&writing->body, out));
    }
    return OK;
}

static enum status write_message(struct writing *writing, const fetch_row *row, uint32_t number)
{
    struct imap_call *call = writing->call;
    const struct imap_fetch *fetch = &writing->running->fetch;
    int64_t flags = row->flags, modseq = row->modseq;
    unsigned items = fetch->items;
    writing->space = "";
    TRY(mark_seen(writing, row, &flags, &modseq));
    if (flags != row->flags)
        items |= IMAP_FETCH_FLAGS;
    if (call->command->is_uid)
        items |= IMAP_FETCH_UID;
    if (items & IMAP_FETCH_FLAGS && call->session->enabled & (IMAP_CONDSTORE | IMAP_QRESYNC))
        items |= IMAP_FETCH_MODSEQ;
    buf_add_format(call->out, "* %u FETCH (", number);
    if (items & IMAP_FETCH_UID) {
        name(writing, "UID");
        buf_add_format(call->out, "%lld", (long long)row->uid);
    }
    if (items & IMAP_FETCH_FLAGS) {
        name(writing, "FLAGS");
        TRY(imap_write_flags(call->ctx, call->session, flags, row->uid, call->out));
    }
    if (items & IMAP_FETCH_MODSEQ) {
        name(writing, "MODSEQ");
        buf_add_format(call->out, "(%lld)", (long long)modseq);
    }
    TRY(write_facts(writing, row, items));
    for (size_t i = 0; i < fetch->section_count; i++) {
        buf_add(call->out, str_of(writing->space));
        writing->space = " ";
        TRY(fetch_section(&writing->body, &fetch->sections[i], call->out));
    }
    buf_add_literal(call->out, ")\r\n");
    return buf_status(call->out);
}

static enum status write_one(struct imap_call *call, struct imap_running *running, const fetch_row *row,
                             uint32_t number)
{
    struct arena *scratch = NULL;
    struct ctx inner = *call->ctx;
    struct writing writing = {.call = call, .running = running,
                              .body = {.ctx = &inner, .body = row->body, .size = row->size}};
    bool needs_body = running->fetch.section_count > 0 || running->fetch.items & IMAP_FETCH_BODY;
    if (needs_body) {
        scratch = arena_create(MESSAGE_ARENA);
        inner.arena = scratch;
    }
    enum status done = write_message(&writing, row, number);
    if (needs_body)
        arena_destroy(&scratch);
    return done;
}

/* ---- the whole ---- */

static enum status take_batch(struct imap_call *call, struct imap_running *running, struct batch *batch)
{
    size_t last = running->at + ROWS_MAX < running->count ? running->at + ROWS_MAX - 1 : running->count - 1;
    unsigned texts = IMAP_FETCH_ENVELOPE | IMAP_FETCH_BODYSTRUCTURE;
    struct sql_fetch_facts in = {.mailbox = call->session->mailbox, .first = running->uids[running->at],
                                 .last = running->uids[last]};
    batch->count = 0;
    batch->running = running;
    batch->wants_texts = running->fetch.items & texts;
    enum status done = sql_fetch_facts(call->ctx->db, in, gather, batch);
    return done == BUSY ? OK : done;
}

static bool is_wanted(const struct imap_running *running, const fetch_row *row)
{
    return !running->fetch.is_changed_since || (uint64_t)row->modseq > running->fetch.changed_since;
}

/* One batch, or less when the chunk is full. */
static enum status write_batch(struct imap_call *call, struct imap_running *running, const struct batch *batch)
{
    size_t end = running->at + ROWS_MAX < running->count ? running->at + ROWS_MAX : running->count;
    while (running->at < end && call->out->len < IMAP_CHUNK) {
        uint32_t uid = running->uids[running->at];
        const fetch_row *row = row_of(batch, uid);
        uint32_t number = imap_view_number(call->session->view, uid);
        running->at++;
        running->has_gone |= row == NULL;
        if (row != NULL && number != 0 && is_wanted(running, row))
            TRY(write_one(call, running, row, number));
    }
    return OK;
}

enum status imap_fetch_go_on(struct imap_call *call)
{
    struct imap_running *running = call->session->running;
    struct arena *scratch ARENA_SCOPE = arena_create(MESSAGE_ARENA);
    struct batch *batch = arena_new(scratch, struct batch);
    enum status done = OK;
    bool marks = !call->session->is_read_only && imap_fetch_marks_seen(&running->fetch);
    REQUIRE(batch != NULL);
    batch->arena = scratch;
    if (marks) /* what others changed is told before, so that \Seen, which stands in the answer, can pass for told */
        done = imap_sync(call->ctx, call->session, false, call->out);
    while (done == OK && running->at < running->count && call->out->len < IMAP_CHUNK) {
        done = take_batch(call, running, batch);
        if (done == OK)
            done = write_batch(call, running, batch);
    }
    if (done == OK && marks)
        done = imap_pass_over(call->ctx, call->session);
    if (done == OK && running->at < running->count)
        return OK;
    bool has_gone = running->has_gone && !running->command.is_uid;
    if (call->command == &running->command) { /* the tagged line still needs its words */
        struct imap_command *kept = arena_new(call->ctx->arena, struct imap_command);
        REQUIRE(kept != NULL);
        *kept = running->command;
        kept->tag = str_copy(call->ctx->arena, kept->tag);
        kept->name = str_copy(call->ctx->arena, kept->name);
        call->command = kept;
    }
    imap_running_drop(call->session);
    if (done == OK && has_gone)
        call->no = NULL; /* what is gone was told of, or will be: an OK without it (RFC 2180 section 4.1.2) */
    return done;
}

const struct imap_command *imap_running_command(const struct imap_session *session)
{
    return session->running != NULL ? &session->running->command : NULL;
}

void imap_running_drop(struct imap_session *session)
{
    if (session->running == NULL)
        return;
    arena_destroy(&session->running->arena);
    free(session->running);
    session->running = NULL;
}

struct gone {
    struct arena *arena;
    const struct imap_set *asked;
    struct uid_list LIST_OF(uint32_t) uids;
};

static enum status gather_gone(void *with, const struct sql_message_expunged_each_row *row)
{
    struct gone *gone = with;
    if (!imap_set_has(gone->asked, (uint32_t)row->uid))
        return OK;
    uint32_t *uid = list_add(&gone->uids, gone->arena, 1 << 20);
    if (uid == NULL)
        return LIMIT;
    *uid = (uint32_t)row->uid;
    return OK;
}

/* UID FETCH … (CHANGEDSINCE n VANISHED): what was removed since, of the UIDs asked for (RFC 7162 section 3.2.6). */
static enum status write_vanished(struct imap_call *call, const struct imap_fetch *fetch)
{
    struct imap_set asked;
    struct gone gone = {.arena = call->ctx->arena, .asked = &asked};
    TRY(imap_set_parse(call->command->args[0].text, call->ctx->arena, &asked));
    imap_set_resolve(&asked, call->session->uid_next > 1 ? call->session->uid_next - 1 : 0);
    struct sql_message_expunged_each in = {.mailbox = call->session->mailbox,
                                           .since = (int64_t)fetch->changed_since};
    TRY(sql_message_expunged_each(call->ctx->db, in, gather_gone, &gone));
    if (gone.uids.count == 0)
        return OK;
    buf_add_literal(call->out, "* VANISHED (EARLIER) ");
    imap_set_write_numbers(call->out, gone.uids.at, gone.uids.count);
    buf_add_literal(call->out, "\r\n");
    return OK;
}

/* The command's own memory: its texts point into a frame that is gone when it goes on. */
static enum status start(struct imap_call *call, const uint32_t *uids, size_t count)
{
    const struct imap_command *command = call->command;
    struct imap_running *running = calloc(1, sizeof *running);
    REQUIRE(running != NULL);
    running->arena = arena_create(RUNNING_ARENA);
    call->session->running = running;
    running->command = (struct imap_command){.tag = str_copy(running->arena, command->tag),
                                             .name = str_copy(running->arena, command->name),
                                             .is_uid = command->is_uid};
    running->uids = arena_array(running->arena, uint32_t, count + 1);
    if (running->uids == NULL)
        return LIMIT;
    memcpy(running->uids, uids, count * sizeof *uids);
    running->count = count;
    TRY(imap_fetch_parse(command->args + 1, command->count - 1, running->arena, &running->fetch, &call->why));
    for (size_t i = 0; i < running->fetch.section_count; i++)
        for (size_t j = 0; j < running->fetch.sections[i].field_count; j++)
            running->fetch.sections[i].fields[j] = str_copy(running->arena, running->fetch.sections[i].fields[j]);
    return OK;
}

enum status imap_fetch_run(struct imap_call *call)
{
    const uint32_t *uids;
    size_t count;
    struct imap_fetch fetch;
    const struct imap_command *command = call->command;
    if (command->count < 2)
        return imap_call_bad(call, "FETCH takes a set and items");
    /* Each connection may hold a whole message in memory for as long as its client takes nothing. */
    if (call->sessions->owed > IMAP_OWED_MAX &&
        imap_account_owed(call->sessions, call->session->account) > IMAP_OWED_MAX)
        return imap_call_no(call, LIMIT, "[LIMIT] Other connections have not taken what they asked for");
    TRY(imap_fetch_parse(command->args + 1, command->count - 1, call->ctx->arena, &fetch, &call->why));
    if (fetch.is_vanished && (!command->is_uid || !(call->session->enabled & IMAP_QRESYNC)))
        return imap_call_bad(call, "VANISHED is for UID FETCH with QRESYNC enabled");
    TRY(imap_uids(call, &uids, &count));
    if (fetch.items & IMAP_FETCH_MODSEQ || fetch.is_changed_since)
        TRY(imap_call_condstore(call));
    if (fetch.is_vanished)
        TRY(write_vanished(call, &fetch));
    enum status done = start(call, uids, count);
    if (done == OK)
        done = imap_fetch_go_on(call);
    if (done != OK)
        imap_running_drop(call->session);
    call->is_left = call->session->running != NULL;
    return done;
}
