#include "service/mail/imap/looking.h"

#include "base/utf8.h"
#include "core/page.h"
#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "proto/mime/text.h"
#include "service/mail/fetch_sql.h"
#include "service/mail/store.h"

enum { MESSAGE_ARENA = 256 << 20, TEXT_MAX = 8 << 20, FOLD_ROOM = 16 };
#define DAY_MS (86400 * INT64_C(1000))

struct looking {
    struct imap_call *call;
    struct imap_search *search;
    struct arena *scratch; /* of one message */
    struct imap_found *found;
    enum status status;
    /* the message looked at */
    const struct sql_fetch_search_row *row;
    struct str message, header;
    struct mime mime;
    struct str texts[2]; /* folded: body, and header with body */
    bool has_mime;
};

/* ---- the message, as far as it is needed ---- */

static enum status read_message(struct looking *looking)
{
    struct ctx inner = *looking->call->ctx;
    if (!str_is_absent(looking->message))
        return OK;
    inner.arena = looking->scratch;
    TRY(store_message(&inner, looking->row->body, &looking->message));
    looking->header = str_slice(looking->message, 0, header_length(looking->message));
    return OK;
}

static struct str folded(struct arena *arena, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(4 * text.len + FOLD_ROOM);
    utf8_fold(&out, text);
    return str_copy(arena, buf_str(&out));
}

static enum status body_text(struct looking *looking, bool has_header, struct str *ret_text)
{
    struct search_text text;
    struct str *kept = &looking->texts[has_header];
    if (!str_is_absent(*kept)) {
        *ret_text = *kept;
        return OK;
    }
    TRY(read_message(looking));
    if (!looking->has_mime)
        TRY(mime_scan(looking->scratch, looking->message, &looking->mime));
    looking->has_mime = true;
    TRY(text_for_search(looking->scratch, &looking->mime, TEXT_MAX, &text));
    struct str whole = text.body;
    if (has_header)
        whole = str_format(looking->scratch, "%.*s\n%.*s\n%.*s", STR_ARG(header_text(looking->scratch, looking->header)),
                           STR_ARG(text.attachments), STR_ARG(text.body));
    *kept = folded(looking->scratch, whole);
    *ret_text = *kept;
    return str_is_absent(*kept) ? LIMIT : OK;
}

static bool contains(struct looking *looking, struct str text, struct str wanted)
{
    return str_find(text, folded(looking->scratch, wanted)) != SIZE_MAX;
}

static enum status in_header(struct looking *looking, struct str name, struct str wanted, bool *ret_is)
{
    struct header_field field;
    TRY(read_message(looking));
    struct str rest = looking->header;
    *ret_is = false;
    while (!*ret_is && header_next(&rest, &field))
        if (str_eq_nocase(field.name, name))
            *ret_is = contains(looking, folded(looking->scratch, header_text(looking->scratch, field.value)), wanted);
    return OK;
}

/* As it stands, and as it is meant: comments and folding gone, "name <mailbox@host>". */
static enum status in_addresses(struct looking *looking, const char *name, struct str wanted, bool *ret_is)
{
    struct address_list list = {0};
    struct arena *scratch = looking->scratch;
    TRY(in_header(looking, str_of(name), wanted, ret_is));
    if (*ret_is || wanted.len == 0)
        return OK;
    TRY(address_parse_field(scratch, looking->header, str_of(name), &list));
    for (size_t i = 0; i < list.count && !*ret_is; i++) {
        struct str person = address_name_text(scratch, &list.at[i]), address = address_text(scratch, &list.at[i]);
        struct str whole = str_format(scratch, "%.*s <%.*s>", STR_ARG(person), STR_ARG(address));
        *ret_is = contains(looking, folded(scratch, whole), wanted);
    }
    return OK;
}

/* ---- keys ---- */

static bool has_flag(struct looking *looking, struct str name)
{
    unsigned bit = 0;
    int64_t keyword;
    const struct imap_session *session = looking->call->session;
    if (str_eq_nocase(name, STR("\\Recent")))
        return session->recent_from > 0 && looking->row->uid >= session->recent_from;
    static const struct {
        const char *name;
        unsigned bit;
    } flags[] = {{"\\Seen", MESSAGE_SEEN}, {"\\Answered", MESSAGE_ANSWERED}, {"\\Flagged", MESSAGE_FLAGGED},
                 {"\\Deleted", MESSAGE_DELETED}, {"\\Draft", MESSAGE_DRAFT}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (str_eq_nocase(name, str_of(flags[i].name)))
            bit = flags[i].bit;
    if (bit != 0)
        return looking->row->flags & bit;
    return message_keyword(looking->call->ctx, session->account, name, false, &keyword) == OK &&
           looking->row->flags >> keyword & 1;
}

/* The day in the town's time zone: -1 before, 0 on, 1 after. */
static int compare_day(int64_t at_ms, struct date day, int32_t offset_minutes)
{
    struct civil civil = civil_of((struct instant){at_ms}, offset_minutes);
    struct date of = date_of(civil.year, civil.month, civil.day);
    return of.days < day.days ? -1 : of.days > day.days;
}

/* The day as the Date field writes it, its zone left out (RFC 9051 section 6.4.4). Most are far enough from any midnight
 * to need no look at the message. */
static int compare_sent(struct looking *looking, struct date day)
{
    struct mail_date date;
    int64_t at = looking->row->sent_ms;
    int east = compare_day(at, day, 14 * 60), west = compare_day(at, day, -12 * 60);
    if (east == west || looking->status != OK)
        return east;
    looking->status = read_message(looking);
    struct str written = looking->status == OK ? header_find(looking->header, STR("Date")) : STR_NONE;
    if (str_is_absent(written) || mail_date_parse(written, &date) != OK)
        return compare_day(at, day, page_offset_at((struct instant){at}));
    return compare_day(date.instant.ms, day, date.offset_minutes);
}

static bool on_day(struct looking *looking, const struct imap_search_key *key)
{
    bool is_sent = key->kind >= IMAP_SEARCH_SENT_BEFORE;
    int64_t at = looking->row->received_ms;
    int way = is_sent ? compare_sent(looking, key->day)
                      : compare_day(at, key->day, page_offset_at((struct instant){at}));
    switch (key->kind) {
    case IMAP_SEARCH_BEFORE: case IMAP_SEARCH_SENT_BEFORE: return way < 0;
    case IMAP_SEARCH_ON: case IMAP_SEARCH_SENT_ON: return way == 0;
    default: return way >= 0;
    }
}

static enum status in_text(struct looking *looking, const struct imap_search_key *key, bool *ret_is)
{
    struct str text;
    TRY(body_text(looking, key->kind == IMAP_SEARCH_TEXT, &text));
    *ret_is = contains(looking, text, key->text);
    return OK;
}

static bool is_id(char prefix, int64_t id, struct str text)
{
    int64_t number;
    return text.len > 1 && text.at[0] == prefix && str_to_i64(str_after(text, 1), &number) == OK && number == id;
}

static bool by_facts(struct looking *looking, const struct imap_search_key *key)
{
    const struct sql_fetch_search_row *row = looking->row;
    int64_t now = looking->call->ctx->now.ms;
    switch (key->kind) {
    case IMAP_SEARCH_ALL: return true;
    case IMAP_SEARCH_NUMBERS: return imap_set_has(&key->set, imap_view_number(looking->call->session->view, (uint32_t)row->uid));
    case IMAP_SEARCH_UIDS: return imap_set_has(&key->set, (uint32_t)row->uid);
    case IMAP_SEARCH_FLAG: return has_flag(looking, key->text);
    case IMAP_SEARCH_LARGER: return (uint64_t)row->size > key->number;
    case IMAP_SEARCH_SMALLER: return (uint64_t)row->size < key->number;
    case IMAP_SEARCH_OLDER: return now - row->received_ms >= (int64_t)key->number * 1000;
    case IMAP_SEARCH_YOUNGER: return now - row->received_ms <= (int64_t)key->number * 1000;
    case IMAP_SEARCH_MODSEQ: return (uint64_t)row->modseq >= key->number;
    case IMAP_SEARCH_EMAILID: return is_id('M', row->email, key->text);
    case IMAP_SEARCH_THREADID: return is_id('T', row->thread, key->text);
    default: return on_day(looking, key);
    }
}

static enum status by_text(struct looking *looking, const struct imap_search_key *key, bool *ret_is)
{
    switch (key->kind) {
    case IMAP_SEARCH_HEADER: return in_header(looking, key->name, key->text, ret_is);
    case IMAP_SEARCH_FROM: return in_addresses(looking, "From", key->text, ret_is);
    case IMAP_SEARCH_TO: return in_addresses(looking, "To", key->text, ret_is);
    case IMAP_SEARCH_CC: return in_addresses(looking, "Cc", key->text, ret_is);
    case IMAP_SEARCH_BCC: return in_addresses(looking, "Bcc", key->text, ret_is);
    case IMAP_SEARCH_SUBJECT: return in_header(looking, STR("Subject"), key->text, ret_is);
    default: return in_text(looking, key, ret_is);
    }
}

static bool is_text_key(const struct imap_search_key *key)
{
    return key->kind >= IMAP_SEARCH_HEADER && key->kind <= IMAP_SEARCH_TEXT;
}

/* What facts alone say: 1 yes, 0 no, -1 the message must be read. */
static int at_a_glance(struct looking *looking, const struct imap_search_key *key, int depth)
{
    if (depth > IMAP_SEARCH_DEPTH_MAX || is_text_key(key))
        return -1;
    if (key->kind != IMAP_SEARCH_AND && key->kind != IMAP_SEARCH_OR && key->kind != IMAP_SEARCH_NOT)
        return by_facts(looking, key);
    bool is_and = key->kind == IMAP_SEARCH_AND, is_open = false;
    for (size_t i = 0; i < key->child_count; i++) {
        int is = at_a_glance(looking, &key->children[i], depth + 1);
        if (key->kind == IMAP_SEARCH_NOT)
            return is < 0 ? -1 : !is;
        if (is >= 0 && is == !is_and)
            return is;
        is_open |= is < 0;
    }
    return is_open ? -1 : is_and;
}

static bool is_so(struct looking *looking, const struct imap_search_key *key, int depth)
{
    int glance = at_a_glance(looking, key, depth);
    bool is = false;
    if (glance >= 0 || looking->status != OK)
        return glance == 1;
    if (is_text_key(key)) {
        looking->status = by_text(looking, key, &is);
        return is;
    }
    if (key->kind == IMAP_SEARCH_NOT)
        return !is_so(looking, &key->children[0], depth + 1);
    bool is_and = key->kind == IMAP_SEARCH_AND;
    for (size_t i = 0; i < key->child_count; i++)
        if (is_so(looking, &key->children[i], depth + 1) != is_and)
            return !is_and;
    return is_and;
}

/* ---- every message ---- */

static enum status look_at(void *with, const struct sql_fetch_search_row *row)
{
    struct looking *looking = with;
    if (imap_view_number(looking->call->session->view, (uint32_t)row->uid) == 0)
        return OK;
    looking->row = row;
    looking->message = looking->texts[0] = looking->texts[1] = STR_NONE;
    looking->has_mime = false;
    if (is_so(looking, looking->search->root, 0)) {
        struct imap_found *found = looking->found;
        found->uids[found->count++] = (uint32_t)row->uid;
        found->last_modseq = row->modseq;
        found->first_modseq = found->count == 1 ? row->modseq : found->first_modseq;
        found->modseq = row->modseq > found->modseq ? row->modseq : found->modseq;
    }
    arena_reset(looking->scratch);
    return looking->status;
}

static void resolve(void *with, struct imap_search_key *key)
{
    struct imap_call *call = with;
    const struct imap_session *session = call->session;
    if (key->kind == IMAP_SEARCH_NUMBERS && key->set.is_saved) {
        if (imap_set_of(session->saved, session->saved_count, call->ctx->arena, &key->set) != OK)
            key->set = (struct imap_set){0};
        key->kind = IMAP_SEARCH_UIDS;
    } else if (key->kind == IMAP_SEARCH_NUMBERS) {
        imap_set_resolve(&key->set, session->view->count);
    } else if (key->kind == IMAP_SEARCH_UIDS) {
        if (key->set.is_saved && imap_set_of(session->saved, session->saved_count, call->ctx->arena, &key->set) != OK)
            key->set = (struct imap_set){0};
        imap_set_resolve(&key->set, imap_view_last(session->view));
    }
}

enum status imap_look(struct imap_call *call, struct imap_search *search, struct imap_found *ret_found)
{
    struct arena *scratch ARENA_SCOPE = arena_create(MESSAGE_ARENA);
    struct imap_found found = {.uids = arena_array(call->ctx->arena, uint32_t, call->session->view->count + 1)};
    struct looking looking = {.call = call, .search = search, .scratch = scratch, .found = &found};
    if (found.uids == NULL)
        return LIMIT;
    if (search->uses_modseq)
        TRY(imap_call_condstore(call));
    imap_search_each(search->root, resolve, call);
    struct sql_fetch_search in = {.mailbox = call->session->mailbox};
    TRY(sql_fetch_search(call->ctx->db, in, look_at, &looking));
    *ret_found = found;
    return OK;
}
