/* Searching: every message of the account is looked at, the newest first, so nothing that came a moment ago is missed. */
#include "base/utf8.h"
#include "core/page.h"
#include "proto/mime/text.h"
#include "service/mail/conversation.h"
#include "service/mail/finding.h"
#include "service/mail/store.h"

enum { SCAN_ARENA = 256 << 20, BODY_MAX = 1 << 20, HITS_MAX = 5000, EXCERPT_BEFORE = 60, EXCERPT_MAX = 160 };

struct hit {
    int64_t thread, email, mailbox, received_ms, messages;
    struct str people, subject;
    bool is_unread, is_flagged, has_attachment;
    struct mail_span *excerpt;
    size_t excerpt_count;
};
struct hit_list LIST_OF(struct hit);

struct search {
    struct ctx *ctx;
    struct finding finding;
    struct arena *scratch; /* reset after each message */
    int64_t folder;
    int64_t left_out[2]; /* trash and junk, when looked for everywhere */
    struct hit_list hits;
};

static struct str folded(struct arena *arena, struct str text, size_t max)
{
    struct buf out BUF_SCOPE = BUF_INIT(4 * max + 16);
    utf8_fold(&out, utf8_prefix(text, max));
    return str_copy(arena, buf_str(&out));
}

static bool is_looked_at(const struct search *search, const struct sql_conversation_every_row *row)
{
    const struct finding *finding = &search->finding;
    if (search->folder != 0 ? row->mailbox != search->folder
                            : row->mailbox == search->left_out[0] || row->mailbox == search->left_out[1])
        return false;
    if ((finding->states & FINDING_UNREAD && row->flags & MESSAGE_SEEN) ||
        (finding->states & FINDING_FLAGGED && !(row->flags & MESSAGE_FLAGGED)) ||
        (finding->states & FINDING_ATTACHMENT && !row->has_attachment))
        return false;
    return (finding->after.ms == 0 || row->received_ms >= finding->after.ms) &&
           (finding->before.ms == 0 || row->received_ms < finding->before.ms);
}

static enum status body_of(struct search *search, int64_t body, struct str *ret_text)
{
    struct ctx inner = *search->ctx;
    struct str bytes;
    struct mime mime;
    struct search_text text;
    inner.arena = search->scratch;
    TRY(store_message(&inner, body, &bytes));
    TRY(mime_scan(search->scratch, bytes, &mime));
    TRY(text_for_search(search->scratch, &mime, BODY_MAX, &text));
    struct str whole = str_format(search->scratch, "%.*s\n%.*s", STR_ARG(text.body), STR_ARG(text.attachments));
    *ret_text = whole;
    return str_is_absent(whole) ? LIMIT : OK;
}

/* ---- excerpts ---- */

static struct mail_span *add_span(struct hit *hit, struct arena *arena, struct str text, bool is_match)
{
    struct mail_span *span = &hit->excerpt[hit->excerpt_count];
    *span = (struct mail_span){.text = str_copy(arena, text), .is_match = is_match};
    hit->excerpt_count += text.len > 0;
    return span;
}

/* The end of a run of letters, so that a whole word is marked. */
static size_t word_end(struct str text, size_t at)
{
    while (at < text.len && (ascii_is_alpha(text.at[at]) || (unsigned char)text.at[at] >= 0x80))
        at++;
    return at;
}

/* Around the first term found: its words before, itself, its words after. Folding may change lengths, so the place is
 * looked for again in the text as it is, folded up to there. */
static size_t place_in(struct arena *scratch, struct str text, struct str term)
{
    for (size_t at = 0; at + term.len <= text.len && at < 20000; at++) {
        if (at > 0 && (ascii_is_alpha(text.at[at - 1]) || (unsigned char)text.at[at] >> 6 == 2))
            continue;
        struct str here = folded(scratch, str_slice(text, at, at + 2 * term.len + 4 < text.len ? at + 2 * term.len + 4
                                                                                              : text.len), 400);
        if (str_starts(here, term))
            return at;
    }
    return SIZE_MAX;
}

static struct str one_line(struct arena *arena, struct str text)
{
    char *copy = str_c(arena, text);
    for (size_t i = 0; copy != NULL && i < text.len; i++)
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    return copy != NULL ? (struct str){copy, text.len} : STR("");
}

static enum status make_excerpt(struct search *search, struct str body, struct hit *hit)
{
    struct arena *arena = search->ctx->arena;
    size_t at = SIZE_MAX, i = 0;
    hit->excerpt = arena_array(arena, struct mail_span, 3);
    if (hit->excerpt == NULL)
        return LIMIT;
    for (; i < search->finding.term_count && at == SIZE_MAX; i++)
        if (!search->finding.terms[i].is_not)
            at = place_in(search->scratch, body, search->finding.terms[i].text);
    struct str line = one_line(search->scratch, body);
    if (at == SIZE_MAX) {
        add_span(hit, arena, utf8_prefix(str_trim(line), EXCERPT_MAX), false);
        return OK;
    }
    size_t from = at > EXCERPT_BEFORE ? at - EXCERPT_BEFORE : 0, end = word_end(line, at + 1);
    while (from > 0 && (unsigned char)line.at[from] >> 6 == 2)
        from--;
    add_span(hit, arena, str_slice(line, from, at), false);
    add_span(hit, arena, str_slice(line, at, end), true);
    add_span(hit, arena, utf8_prefix(str_after(line, end), EXCERPT_MAX), false);
    return OK;
}

/* ---- looking ---- */

static struct hit *hit_of(struct search *search, int64_t thread)
{
    for (size_t i = 0; i < search->hits.count; i++)
        if (search->hits.at[i].thread == thread)
            return &search->hits.at[i];
    return NULL;
}

static enum status add_hit(struct search *search, const struct sql_conversation_every_row *row, struct str body)
{
    struct hit *hit = hit_of(search, row->thread);
    struct arena *arena = search->ctx->arena;
    if (hit != NULL) {
        hit->messages++;
        hit->is_unread |= !(row->flags & MESSAGE_SEEN);
        return OK;
    }
    if (search->hits.count == HITS_MAX)
        return OK;
    hit = list_add(&search->hits, arena, HITS_MAX);
    if (hit == NULL)
        return LIMIT;
    *hit = (struct hit){.thread = row->thread, .email = row->email, .mailbox = row->mailbox,
                        .received_ms = row->received_ms, .messages = 1, .people = str_copy(arena, row->from_text),
                        .subject = str_copy(arena, row->subject), .is_unread = !(row->flags & MESSAGE_SEEN),
                        .is_flagged = (row->flags & MESSAGE_FLAGGED) != 0,
                        .has_attachment = row->has_attachment != 0};
    return make_excerpt(search, body, hit);
}

static enum status look_at(void *with, const struct sql_conversation_every_row *row)
{
    struct search *search = with;
    struct str body = STR("");
    bool is_in;
    if (!is_looked_at(search, row))
        return OK;
    struct finding_text text = {.from = folded(search->scratch, row->from_text, 1000),
                                .to = folded(search->scratch, row->to_text, 1000),
                                .subject = folded(search->scratch, row->subject, 1000), .body = STR("")};
    enum status done = OK;
    bool needs = finding_needs_body(&search->finding, &text, &is_in);
    if (needs || is_in)
        done = body_of(search, row->body, &body);
    if (done == OK && needs) {
        text.body = folded(search->scratch, body, BODY_MAX);
        is_in = finding_is_in(&search->finding, &text);
    }
    if (done == OK && is_in)
        done = add_hit(search, row, body);
    arena_reset(search->scratch);
    return done;
}

static enum status fill_page(struct search *search, const struct mail_page_ask *ask, struct mail_page *page)
{
    size_t from = 0, limit = (size_t)ask->limit;
    const struct hit_list *hits = &search->hits;
    while (ask->cursor.id != 0 && from < hits->count && hits->at[from].thread != ask->cursor.id)
        from++;
    if (ask->cursor.id != 0)
        from = !ask->is_newer ? from + 1 : from > limit ? from - limit : 0;
    page->at = arena_array(search->ctx->arena, struct mail_conversation, limit);
    if (page->at == NULL)
        return LIMIT;
    for (size_t i = from; i < hits->count && page->count < limit; i++)
        page->at[page->count++] = (struct mail_conversation){
            .id = hits->at[i].thread, .message = hits->at[i].email, .folder = hits->at[i].mailbox,
            .people = hits->at[i].people, .subject = hits->at[i].subject, .excerpt = hits->at[i].excerpt,
            .excerpt_count = hits->at[i].excerpt_count, .at = {hits->at[i].received_ms},
            .messages = hits->at[i].messages, .is_unread = hits->at[i].is_unread,
            .is_flagged = hits->at[i].is_flagged, .has_attachment = hits->at[i].has_attachment};
    page->total = (int64_t)hits->count;
    page->before = (int64_t)from;
    page->has_newer = from > 0;
    page->has_older = from + page->count < hits->count;
    return OK;
}

enum status mail_search(struct ctx *ctx, struct str query, const struct mail_page_ask *ask, struct mail_page *ret_page)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCAN_ARENA);
    struct search search = {.ctx = ctx, .scratch = scratch, .folder = ask->folder};
    struct mail_page page = {0};
    mailbox_row box;
    int64_t account;
    if (ask->limit < 1 || ask->limit > MAIL_PAGE_MAX || query.len > MAIL_QUERY_MAX)
        return LIMIT;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_by_use(ctx, account, STR("trash"), &box));
    search.left_out[0] = box.id;
    TRY(mailbox_by_use(ctx, account, STR("junk"), &box));
    search.left_out[1] = box.id;
    TRY(finding_parse(ctx->arena, query, page_offset_minutes(ctx), &search.finding));
    TRY(sql_conversation_every(ctx->db, (struct sql_conversation_every){.account = account}, look_at, &search));
    TRY(fill_page(&search, ask, &page));
    *ret_page = page;
    return OK;
}
