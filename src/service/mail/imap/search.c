/* SEARCH, SORT and THREAD (RFC 9051 section 6.4.4, RFC 5256; ESEARCH, SEARCHRES). */
#include "base/utf8.h"
#include "proto/imap/imap_sort.h"
#include "proto/imap/imap_subject.h"
#include "proto/imap/imap_thread.h"
#include "proto/imap/imap_write.h"
#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "service/mail/fetch_sql.h"
#include "service/mail/imap/looking.h"
#include "service/mail/store.h"

enum { FOLDED_MAX = 8000, HEADER_MAX = 256 << 10 };

/* UIDs as the command answers: itself, or as numbers. In place. */
static void as_answered(const struct imap_call *call, uint32_t *uids, size_t count)
{
    for (size_t i = 0; i < count && !call->command->is_uid; i++)
        uids[i] = imap_view_number(call->session->view, uids[i]);
}

static enum status refused(struct imap_call *call, enum status done)
{
    if (done == NOT_FOUND)
        return imap_call_no(call, NOT_FOUND, "[BADCHARSET (US-ASCII UTF-8)] Not a known charset");
    if (done == LIMIT)
        return imap_call_no(call, LIMIT, "[LIMIT] The search is too large");
    return done;
}

/* ---- SEARCH ---- */

/* With MIN or MAX alone only those are saved (RFC 5182 section 2.4). */
static void save(struct imap_call *call, const struct imap_search *search, const struct imap_found *found)
{
    unsigned wide = search->returns & (IMAP_RETURN_ALL | IMAP_RETURN_COUNT | IMAP_RETURN_RELEVANCY);
    uint32_t ends[2];
    size_t count = 0;
    if (!(search->returns & IMAP_RETURN_SAVE))
        return;
    if (wide || !(search->returns & (IMAP_RETURN_MIN | IMAP_RETURN_MAX)) || found->count == 0) {
        imap_session_save(call->session, found->uids, found->count);
        return;
    }
    if (search->returns & IMAP_RETURN_MIN)
        ends[count++] = found->uids[0];
    if (search->returns & IMAP_RETURN_MAX && (count == 0 || found->count > 1))
        ends[count++] = found->uids[found->count - 1];
    imap_session_save(call->session, ends, count);
}

/* Of what is told, the highest (RFC 7162 section 3.1.10). */
static int64_t modseq_of(const struct imap_search *search, const struct imap_found *found)
{
    int64_t modseq = 0;
    if (search->returns & (IMAP_RETURN_ALL | IMAP_RETURN_COUNT) ||
        !(search->returns & (IMAP_RETURN_MIN | IMAP_RETURN_MAX)))
        return found->modseq;
    if (search->returns & IMAP_RETURN_MIN)
        modseq = found->first_modseq;
    if (search->returns & IMAP_RETURN_MAX && found->last_modseq > modseq)
        modseq = found->last_modseq;
    return modseq;
}

static void answer_extended(struct imap_call *call, const struct imap_search *search, const struct imap_found *found)
{
    struct imap_esearch esearch = {.tag = call->command->tag, .is_uid = call->command->is_uid,
                                   .returns = search->returns, .numbers = found->uids, .count = found->count,
                                   .scores = found->scores,
                                   .modseq = search->uses_modseq && found->count > 0
                                                 ? (uint64_t)modseq_of(search, found)
                                                 : 0};
    if (search->returns == IMAP_RETURN_SAVE)
        return; /* nothing is to be told (RFC 5182 section 2) */
    imap_write_esearch(call->out, &esearch);
    buf_add_literal(call->out, "\r\n");
}

enum status imap_search_run(struct imap_call *call)
{
    struct imap_search search;
    struct imap_found found;
    const struct imap_command *command = call->command;
    enum status done = imap_search_parse(command->args, command->count, call->ctx->arena, &search, &call->why);
    if (done == NOT_FOUND && search.returns & IMAP_RETURN_SAVE)
        imap_session_save(call->session, NULL, 0);
    TRY(refused(call, done));
    TRY(imap_look(call, &search, &found));
    save(call, &search, &found);
    as_answered(call, found.uids, found.count);
    bool is_extended = search.is_extended || call->session->enabled & IMAP_REV2;
    if (!search.is_extended)
        search.returns = IMAP_RETURN_ALL;
    if (is_extended) {
        answer_extended(call, &search, &found);
        return OK;
    }
    imap_write_search(call->out, STR("SEARCH"), found.uids, found.count,
                      search.uses_modseq ? (uint64_t)found.modseq : 0);
    buf_add_literal(call->out, "\r\n");
    return OK;
}

/* ---- what SORT and THREAD compare ---- */

/* Folded, then in capitals: "_" and "[" come behind the letters, as the collation has it (RFC 4790 section 9.2.1). */
static struct str folded(struct arena *arena, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&out, text);
    for (size_t i = 0; i < out.len; i++)
        if (out.at[i] >= 'a' && out.at[i] <= 'z')
            out.at[i] = (char)(out.at[i] - 'a' + 'A');
    return str_copy(arena, buf_str(&out));
}

static struct str first_mailbox(struct arena *arena, struct str header, const char *field)
{
    struct address_list list = {0};
    if (address_parse_field(arena, header, str_of(field), &list) != OK)
        return STR("");
    /* The first entry as ENVELOPE has it: of a group its name (RFC 3501 section 7.4.2). */
    if (list.count == 0 || address_is_group_end(&list.at[0]))
        return STR("");
    bool has_mailbox = !str_is_absent(list.at[0].mailbox);
    struct str first = has_mailbox ? list.at[0].mailbox : list.at[0].name;
    return folded(arena, str_is_absent(first) ? STR("") : first);
}

static enum status order_of(struct imap_call *call, uint32_t uid, struct sql_fetch_order_row *ret_row)
{
    struct sql_fetch_order in = {.mailbox = call->session->mailbox, .uid = uid};
    return sql_fetch_order(call->ctx->db, call->ctx->arena, in, ret_row);
}

static bool needs_header(const struct imap_sort *sort)
{
    for (size_t i = 0; i < sort->count; i++)
        if (sort->criteria[i].by == IMAP_SORT_CC || sort->criteria[i].by == IMAP_SORT_FROM ||
            sort->criteria[i].by == IMAP_SORT_TO)
            return true;
    return false;
}

static enum status read_addresses(struct imap_call *call, int64_t body, struct imap_sort_row *row)
{
    struct arena *scratch ARENA_SCOPE = arena_create(16 << 20);
    struct arena *arena = call->ctx->arena;
    struct buf start BUF_SCOPE = BUF_INIT(HEADER_MAX);
    TRY(store_read(call->ctx, body, 0, HEADER_MAX, &start));
    struct str header = str_slice(buf_str(&start), 0, header_length(buf_str(&start)));
    row->cc = str_copy(arena, first_mailbox(scratch, header, "Cc"));
    row->from = str_copy(arena, first_mailbox(scratch, header, "From"));
    row->to = str_copy(arena, first_mailbox(scratch, header, "To"));
    return OK;
}

static enum status sort_row(struct imap_call *call, uint32_t uid, bool has_addresses, struct imap_sort_row *row)
{
    struct sql_fetch_order_row order;
    struct imap_subject subject;
    TRY(order_of(call, uid, &order));
    TRY(imap_subject_base(order.subject, call->ctx->arena, &subject));
    *row = (struct imap_sort_row){.number = imap_view_number(call->session->view, uid),
                                  .arrival = {order.received_ms}, .date = {order.sent_ms}, .size = order.size,
                                  .cc = STR(""), .from = STR(""), .to = STR(""),
                                  .subject = folded(call->ctx->arena, subject.base)};
    return has_addresses ? read_addresses(call, order.body, row) : OK;
}

enum status imap_sort_run(struct imap_call *call)
{
    struct imap_sort sort;
    struct imap_found found;
    const struct imap_command *command = call->command;
    TRY(refused(call, imap_sort_parse(command->args, command->count, call->ctx->arena, &sort, &call->why)));
    TRY(imap_look(call, &sort.search, &found));
    struct imap_sort_row *rows = arena_array(call->ctx->arena, struct imap_sort_row, found.count + 1);
    if (rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < found.count; i++)
        TRY(sort_row(call, found.uids[i], needs_header(&sort), &rows[i]));
    for (size_t i = 0; i < found.count; i++)
        rows[i].relevancy = found.scores[i];
    imap_sort_rows(&sort, rows, found.count);
    for (size_t i = 0; i < found.count; i++)
        found.uids[i] = command->is_uid ? call->session->view->uids[rows[i].number - 1] : rows[i].number;
    imap_write_search(call->out, STR("SORT"), found.uids, found.count,
                      sort.search.uses_modseq ? (uint64_t)found.modseq : 0);
    buf_add_literal(call->out, "\r\n");
    return OK;
}

/* ---- THREAD ---- */

static enum status split_ids(struct arena *arena, struct str ids, struct imap_thread_row *row)
{
    size_t count = 1;
    for (size_t i = 0; i < ids.len; i++)
        count += ids.at[i] == ' ';
    row->references = arena_array(arena, struct str, count);
    if (row->references == NULL)
        return LIMIT;
    while (ids.len > 0)
        row->references[row->reference_count++] = str_cut(&ids, ' ');
    return OK;
}

static enum status thread_row(struct imap_call *call, uint32_t uid, struct imap_thread_row *row)
{
    struct sql_fetch_order_row order;
    struct imap_subject subject;
    TRY(order_of(call, uid, &order));
    TRY(imap_subject_base(order.subject, call->ctx->arena, &subject));
    *row = (struct imap_thread_row){
        .number = call->command->is_uid ? uid : imap_view_number(call->session->view, uid),
        .message_id = order.message_id, .subject = folded(call->ctx->arena, subject.base),
        .is_reply = subject.is_reply_or_forward, .date = {order.sent_ms}};
    return split_ids(call->ctx->arena, order.reference_ids, row);
}

enum status imap_thread_run(struct imap_call *call)
{
    enum imap_thread_by by;
    struct imap_search search;
    struct imap_found found;
    struct imap_thread thread;
    const struct imap_command *command = call->command;
    TRY(refused(call,
                imap_thread_parse(command->args, command->count, call->ctx->arena, &by, &search, &call->why)));
    TRY(imap_look(call, &search, &found));
    struct imap_thread_row *rows = arena_array(call->ctx->arena, struct imap_thread_row, found.count + 1);
    if (rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < found.count; i++)
        TRY(thread_row(call, found.uids[i], &rows[i]));
    TRY(imap_thread_build(by, rows, found.count, call->ctx->arena, &thread));
    buf_add(call->out, found.count > 0 ? STR("* THREAD ") : STR("* THREAD"));
    imap_thread_write(call->out, &thread);
    buf_add_literal(call->out, "\r\n");
    return OK;
}
