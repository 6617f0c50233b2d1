#include "service/mail/imap/looking.h"

#include <stdlib.h>

#include "core/page.h"
#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "service/mail/fetch_sql.h"
#include "service/mail/search_tree.h"
#include "service/mail/store.h"

enum { MESSAGE_ARENA = 256 << 20, SCORE_SUBJECT = 100, SCORE_EXACT = 80, SCORE_ALIKE = 40 };

/* What a fuzzy key would find where it stands as it was written. */
struct wish {
    struct search_term exact, subject;
    bool has_subject;
};

struct match {
    uint32_t uid;
    unsigned char score;
    int64_t modseq;
};

struct looking {
    struct imap_call *call;
    struct imap_search *search;
    struct arena *scratch; /* of one message */
    struct search_node root;
    struct wishes LIST_OF(struct wish) wishes;
    struct match *matches;
    size_t match_count, match_room;
    enum status status;
    /* the message looked at */
    const struct sql_fetch_search_row *row;
    struct str message, header;
};

/* ---- facts ---- */

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

/* The day as the Date field writes it, its zone left out (RFC 9051 section 6.4.4). Most are far enough from any
 * midnight to need no look at the message. */
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

static bool is_id(char prefix, int64_t id, struct str text)
{
    int64_t number;
    return text.len > 1 && text.at[0] == prefix && str_to_i64(str_after(text, 1), &number) == OK && number == id;
}

static bool is_so(void *with, const void *fact)
{
    struct looking *looking = with;
    const struct imap_search_key *key = fact;
    const struct sql_fetch_search_row *row = looking->row;
    int64_t now = looking->call->ctx->now.ms;
    switch (key->kind) {
    case IMAP_SEARCH_ALL: return true;
    case IMAP_SEARCH_NUMBERS:
        return imap_set_has(&key->set, imap_view_number(looking->call->session->view, (uint32_t)row->uid));
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

/* ---- texts ---- */

static enum search_place place_of(enum imap_search_kind kind)
{
    switch (kind) {
    case IMAP_SEARCH_HEADER: return SEARCH_HEADER;
    case IMAP_SEARCH_FROM: return SEARCH_FROM;
    case IMAP_SEARCH_TO: return SEARCH_TO;
    case IMAP_SEARCH_CC: return SEARCH_CC;
    case IMAP_SEARCH_BCC: return SEARCH_BCC;
    case IMAP_SEARCH_SUBJECT: return SEARCH_SUBJECT;
    case IMAP_SEARCH_BODY: return SEARCH_BODY;
    default: return SEARCH_TEXT;
    }
}

static enum status add_wish(struct looking *looking, const struct imap_search_key *key)
{
    struct ctx *ctx = looking->call->ctx;
    struct search_node exact, subject;
    struct wish *wish = list_add(&looking->wishes, ctx->arena, IMAP_TOKEN_MAX);
    if (wish == NULL)
        return LIMIT;
    TRY(search_tree_substring(ctx, place_of(key->kind), key->name, key->text, &exact));
    TRY(search_tree_substring(ctx, SEARCH_SUBJECT, STR(""), key->text, &subject));
    *wish = (struct wish){exact.term, subject.term, key->kind == IMAP_SEARCH_TEXT};
    return OK;
}

static enum status text_node(struct looking *looking, const struct imap_search_key *key, struct search_node *ret_node)
{
    bool is_fuzzy = key->is_fuzzy && key->kind != IMAP_SEARCH_HEADER && key->text.len > 0;
    enum search_place place = place_of(key->kind);
    if (key->is_fuzzy && looking->search->returns & IMAP_RETURN_RELEVANCY)
        TRY(add_wish(looking, key));
    return is_fuzzy ? search_tree_words(looking->call->ctx, place, key->text, ret_node)
                    : search_tree_substring(looking->call->ctx, place, key->name, key->text, ret_node);
}

/* The depth of a search is bounded where it is parsed (IMAP_SEARCH_DEPTH_MAX). */
static enum status node_of(struct looking *looking, const struct imap_search_key *key, struct search_node *ret_node)
{
    static const enum search_node_kind joins[] = {
        [IMAP_SEARCH_AND] = SEARCH_AND, [IMAP_SEARCH_OR] = SEARCH_OR, [IMAP_SEARCH_NOT] = SEARCH_NOT};
    if (key->kind >= IMAP_SEARCH_HEADER && key->kind <= IMAP_SEARCH_TEXT)
        return text_node(looking, key, ret_node);
    *ret_node = (struct search_node){.kind = SEARCH_FACT, .fact = key};
    if (key->kind != IMAP_SEARCH_AND && key->kind != IMAP_SEARCH_OR && key->kind != IMAP_SEARCH_NOT)
        return OK;
    struct search_node *children = arena_array(looking->call->ctx->arena, struct search_node, key->child_count);
    if (children == NULL)
        return LIMIT;
    for (size_t i = 0; i < key->child_count; i++)
        TRY(node_of(looking, &key->children[i], &children[i]));
    *ret_node = (struct search_node){.kind = joins[key->kind], .children = children, .child_count = key->child_count};
    return OK;
}

/* How near a message comes to what was asked, over all fuzzy keys (RFC 6203 section 4): as written in the subject, as
 * written elsewhere, or by words alike. */
static enum status score_of(struct looking *looking, unsigned char *ret_score)
{
    struct ctx *ctx = looking->call->ctx;
    size_t sum = 0, count = looking->wishes.count;
    for (size_t i = 0; i < count; i++) {
        const struct wish *wish = &looking->wishes.at[i];
        bool has_exact, has_subject = false;
        TRY(search_check(ctx, looking->row->email, &wish->exact, &has_exact));
        if (has_exact && wish->has_subject)
            TRY(search_check(ctx, looking->row->email, &wish->subject, &has_subject));
        sum += has_subject ? SCORE_SUBJECT : has_exact ? SCORE_EXACT : SCORE_ALIKE;
    }
    *ret_score = (unsigned char)(count > 0 ? sum / count : SCORE_SUBJECT);
    return OK;
}

/* ---- messages ---- */

static enum status add_match(struct looking *looking)
{
    struct match match = {.uid = (uint32_t)looking->row->uid, .modseq = looking->row->modseq};
    if (looking->match_count == looking->match_room)
        return BUG; /* the view has one place for each UID */
    TRY(score_of(looking, &match.score));
    looking->matches[looking->match_count++] = match;
    return OK;
}

static enum status look_at(void *with, const struct sql_fetch_search_row *row)
{
    struct looking *looking = with;
    struct ctx inner = *looking->call->ctx;
    struct search_asking asking = {&inner, row->email, is_so, looking};
    bool is = false;
    if (imap_view_number(looking->call->session->view, (uint32_t)row->uid) == 0)
        return OK;
    inner.arena = looking->scratch;
    looking->row = row;
    looking->message = STR_NONE;
    TRY(search_tree_is(&asking, &looking->root, &is));
    TRY(looking->status);
    if (is)
        TRY(add_match(looking));
    arena_reset(looking->scratch);
    return OK;
}

static enum status look_at_email(void *with, const struct sql_fetch_search_email_row *row)
{
    struct sql_fetch_search_row same = {.uid = row->uid, .flags = row->flags, .modseq = row->modseq,
                                        .received_ms = row->received_ms, .email = row->email, .thread = row->thread,
                                        .size = row->size, .body = row->body, .sent_ms = row->sent_ms};
    return look_at(with, &same);
}

/* Those that can be meant, one by one, where they are few; else the mailbox from its beginning to its end. */
static enum status look_at_all(struct looking *looking)
{
    struct imap_call *call = looking->call;
    struct search_ids ids;
    bool is_bounded;
    TRY(search_tree_bound(call->ctx, &looking->root, &ids, &is_bounded));
    if (!is_bounded || ids.count > call->session->view->count / 2) {
        struct sql_fetch_search in = {.mailbox = call->session->mailbox};
        return sql_fetch_search(call->ctx->db, in, look_at, looking);
    }
    for (size_t i = 0; i < ids.count; i++) {
        struct sql_fetch_search_email in = {.email = ids.at[i], .mailbox = call->session->mailbox};
        TRY(sql_fetch_search_email(call->ctx->db, in, look_at_email, looking));
    }
    return OK;
}

static int by_uid(const void *a, const void *b)
{
    const struct match *left = a, *right = b;
    return (left->uid > right->uid) - (left->uid < right->uid);
}

static enum status found_of(struct looking *looking, struct imap_found *ret_found)
{
    struct arena *arena = looking->call->ctx->arena;
    size_t count = looking->match_count;
    struct imap_found found = {.uids = arena_array(arena, uint32_t, count + 1),
                               .scores = arena_array(arena, unsigned char, count + 1)};
    if (found.uids == NULL || found.scores == NULL)
        return LIMIT;
    if (count > 1)
        qsort(looking->matches, count, sizeof *looking->matches, by_uid);
    for (size_t i = 0; i < count; i++) {
        const struct match *match = &looking->matches[i];
        found.uids[found.count] = match->uid;
        found.scores[found.count++] = match->score;
        found.modseq = match->modseq > found.modseq ? match->modseq : found.modseq;
    }
    found.first_modseq = count > 0 ? looking->matches[0].modseq : 0;
    found.last_modseq = count > 0 ? looking->matches[count - 1].modseq : 0;
    *ret_found = found;
    return OK;
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
    struct looking looking = {.call = call, .search = search, .scratch = scratch,
                              .match_room = call->session->view->count};
    looking.matches = arena_array(call->ctx->arena, struct match, looking.match_room + 1);
    if (looking.matches == NULL)
        return LIMIT;
    if (search->uses_modseq)
        TRY(imap_call_condstore(call));
    imap_search_each(search->root, resolve, call);
    TRY(node_of(&looking, search->root, &looking.root));
    TRY(search_tree_prepare(call->ctx, call->session->account, &looking.root));
    TRY(look_at_all(&looking));
    return found_of(&looking, ret_found);
}
