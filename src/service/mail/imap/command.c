/* Dispatch: which command is what, when it may be given, and how a status becomes a tagged line. */
#include <stdio.h>

#include "base/utf8.h"
#include "proto/imap/imap_capability.h"
#include "proto/imap/imap_utf7.h"
#include "service/mail/imap/fetch.h"
#include "service/mail/imap/session.h"

enum { NAME_MAX = 2000 };
enum needs { ANY, SELECTED };
/* Whether removals may be told at the end: numbers may not shift under a client that speaks of numbers. */
enum sync { SYNC_NONE, SYNC_ALL, SYNC_STILL };

static const struct {
    const char *name;
    imap_handler *run;
    enum needs needs;
    enum sync sync;
    bool may_uid;
} commands[] = {
    {"NOOP", imap_noop, ANY, SYNC_ALL, false},
    {"CHECK", imap_check, SELECTED, SYNC_ALL, false},
    {"IDLE", imap_idle, ANY, SYNC_NONE, false},
    {"DONE", imap_done, ANY, SYNC_NONE, false},
    {"ENABLE", imap_enable, ANY, SYNC_NONE, false},
    {"NAMESPACE", imap_namespace, ANY, SYNC_ALL, false},
    {"SELECT", imap_select, ANY, SYNC_NONE, false},
    {"EXAMINE", imap_examine, ANY, SYNC_NONE, false},
    {"CLOSE", imap_close, SELECTED, SYNC_NONE, false},
    {"UNSELECT", imap_unselect, SELECTED, SYNC_NONE, false},
    {"LIST", imap_list, ANY, SYNC_ALL, false},
    {"LSUB", imap_lsub, ANY, SYNC_ALL, false},
    {"STATUS", imap_status, ANY, SYNC_ALL, false},
    {"CREATE", imap_create, ANY, SYNC_ALL, false},
    {"DELETE", imap_delete, ANY, SYNC_ALL, false},
    {"RENAME", imap_rename, ANY, SYNC_ALL, false},
    {"SUBSCRIBE", imap_subscribe, ANY, SYNC_ALL, false},
    {"UNSUBSCRIBE", imap_unsubscribe, ANY, SYNC_ALL, false},
    {"APPEND", imap_append, ANY, SYNC_ALL, false},
    {"FETCH", imap_fetch_run, SELECTED, SYNC_STILL, true},
    {"STORE", imap_store_run, SELECTED, SYNC_STILL, true},
    {"COPY", imap_copy, SELECTED, SYNC_ALL, true},
    {"MOVE", imap_move, SELECTED, SYNC_ALL, true},
    {"EXPUNGE", imap_expunge, SELECTED, SYNC_ALL, true},
    {"SEARCH", imap_search_run, SELECTED, SYNC_STILL, true},
    {"SORT", imap_sort_run, SELECTED, SYNC_STILL, true},
    {"THREAD", imap_thread_run, SELECTED, SYNC_STILL, true},
    {"GETQUOTA", imap_getquota, ANY, SYNC_ALL, false},
    {"GETQUOTAROOT", imap_getquotaroot, ANY, SYNC_ALL, false},
    {"SETQUOTA", imap_setquota, ANY, SYNC_ALL, false},
};

/* ---- what commands share ---- */

enum status imap_call_bad(struct imap_call *call, const char *why)
{
    call->why = why;
    return INVALID;
}

enum status imap_call_no(struct imap_call *call, enum status status, const char *words)
{
    call->no = words;
    return status;
}

enum status imap_call_condstore(struct imap_call *call)
{
    mailbox_row mailbox;
    struct imap_session *session = call->session;
    if (session->enabled & IMAP_CONDSTORE)
        return OK;
    session->enabled |= IMAP_CONDSTORE;
    if (session->mailbox == 0)
        return OK;
    TRY(mailbox_get(call->ctx, session->account, session->mailbox, &mailbox));
    buf_add_format(call->out, "* OK [HIGHESTMODSEQ %lld] Highest mod-sequence\r\n", (long long)mailbox.modseq);
    return OK;
}

enum status imap_name(struct imap_call *call, struct str written, struct str *ret_name)
{
    struct buf name BUF_SCOPE = BUF_INIT(NAME_MAX);
    bool is_utf8 = imap_is_utf8(call->session);
    if (is_utf8 ? !utf8_is_valid(written) : imap_utf7_decode(&name, written) != OK)
        return imap_call_no(call, NOT_FOUND, "[CANNOT] Not a mailbox name");
    struct str decoded = is_utf8 ? written : str_copy(call->ctx->arena, buf_str(&name));
    if (mailbox_normalise(call->ctx, decoded, ret_name) != OK)
        return imap_call_no(call, NOT_FOUND, "[CANNOT] Not a mailbox name");
    return OK;
}

enum status imap_mailbox(struct imap_call *call, struct str written, mailbox_row *ret_mailbox)
{
    struct str name;
    TRY(imap_name(call, written, &name));
    enum status found = mailbox_by_name(call->ctx, call->session->account, name, ret_mailbox);
    return found == NOT_FOUND ? imap_call_no(call, NOT_FOUND, "[NONEXISTENT] No such mailbox") : found;
}

/* Numbers of the view that a set of sequence numbers names. */
static enum status by_number(struct imap_call *call, struct imap_set *set, uint32_t *uids, size_t *count)
{
    const struct imap_view *view = call->session->view;
    imap_set_resolve(set, view->count);
    for (size_t i = 0; i < set->count; i++)
        if (set->ranges[i].to > view->count)
            return imap_call_bad(call, "No such message number");
    for (uint32_t n = imap_set_next(set, 0); n != 0 && n <= view->count; n = imap_set_next(set, n))
        uids[(*count)++] = view->uids[n - 1];
    return OK;
}

static void by_uid(const struct imap_view *view, struct imap_set *set, uint32_t *uids, size_t *count)
{
    imap_set_resolve(set, imap_view_last(view));
    for (size_t i = 0; i < set->count; i++)
        for (uint32_t n = imap_view_from(view, set->ranges[i].from); n <= view->count; n++) {
            if (view->uids[n - 1] > set->ranges[i].to)
                break;
            uids[(*count)++] = view->uids[n - 1];
        }
}

enum status imap_uids(struct imap_call *call, const uint32_t **ret_uids, size_t *ret_count)
{
    const struct imap_session *session = call->session;
    const struct imap_arg *arg = imap_arg_at(call->command, 0);
    struct imap_set set;
    uint32_t *uids = arena_array(call->ctx->arena, uint32_t, session->view->count + 1);
    *ret_count = 0;
    if (uids == NULL)
        return LIMIT;
    if (arg == NULL || arg->kind != IMAP_ATOM || imap_set_parse(arg->text, call->ctx->arena, &set) != OK)
        return imap_call_bad(call, "Not a sequence set");
    if (set.is_saved) {
        for (size_t i = 0; i < session->saved_count; i++)
            if (imap_view_number(session->view, session->saved[i]) != 0)
                uids[(*ret_count)++] = session->saved[i];
    } else if (call->command->is_uid) {
        by_uid(session->view, &set, uids, ret_count);
    } else {
        TRY(by_number(call, &set, uids, ret_count));
    }
    *ret_uids = uids;
    return OK;
}

/* ---- the tagged line ---- */

static const char *no_words(enum status status)
{
    switch (status) {
    case NOT_FOUND: return "[NONEXISTENT] Not found";
    case DENIED: return "[NOPERM] Not allowed";
    case CONFLICT: return "[ALREADYEXISTS] It exists already";
    case LIMIT: return "[LIMIT] More than is allowed";
    case BUSY: return "[UNAVAILABLE] Not now";
    case GONE: return "[NONEXISTENT] It is gone";
    case CORRUPT: return "[CORRUPTION] The data is damaged";
    default: return "[SERVERBUG] It failed";
    }
}

static void write_tagged(struct imap_call *call, enum status done)
{
    const struct imap_command *command = call->command;
    struct buf *out = call->out;
    buf_add(out, command->tag);
    if (done == INVALID)
        buf_add_format(out, " BAD %s\r\n", call->why != NULL ? call->why : "Not understood");
    else if (done != OK)
        buf_add_format(out, " NO %s\r\n", call->no != NULL ? call->no : no_words(done));
    else if (call->long_ok.len > 0)
        buf_add_format(out, " OK %.*s\r\n", STR_ARG(call->long_ok));
    else if (call->ok[0] != '\0')
        buf_add_format(out, " OK %s\r\n", call->ok);
    else
        buf_add_format(out, " OK %s%.*s completed\r\n", command->is_uid ? "UID " : "", STR_ARG(command->name));
}

static enum status run_command(struct imap_call *call)
{
    const struct imap_command *command = call->command;
    size_t i = 0, count = sizeof commands / sizeof commands[0];
    while (i < count && !str_eq_nocase(command->name, str_of(commands[i].name)))
        i++;
    if (i == count || (command->is_uid && !commands[i].may_uid))
        return imap_call_bad(call, "Unknown command");
    if (commands[i].needs == SELECTED && call->session->mailbox == 0)
        return imap_call_bad(call, "No mailbox is selected");
    TRY(commands[i].run(call));
    bool is_still = commands[i].sync == SYNC_STILL && !command->is_uid;
    if (call->is_left || commands[i].sync == SYNC_NONE || call->session->running != NULL)
        return OK;
    return imap_sync(call->ctx, call->session, !is_still, call->out);
}

enum status imap_run(struct imap_call *call)
{
    size_t before = call->out->len;
    enum status done = run_command(call);
    if (done != OK)
        call->out->len = before; /* what was written was not so */
    if (!call->is_left)
        write_tagged(call, done);
    return done;
}

enum status imap_go_on(struct imap_call *call)
{
    size_t before = call->out->len;
    enum status done = imap_fetch_go_on(call);
    if (done != OK)
        call->out->len = before; /* the message that did not fit was begun: its literal would never end */
    if (done == OK && call->session->running == NULL)
        done = imap_sync(call->ctx, call->session, call->command->is_uid, call->out);
    if (call->session->running == NULL)
        write_tagged(call, done);
    return done;
}
