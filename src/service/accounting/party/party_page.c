/* The list of third parties, and a new one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party_list_html.h"
#include "service/accounting/party/party_new_html.h"
#include "service/accounting/party/party_view.h"
#include "service/accounting/listing/listing.h"

#define CATEGORY_AT_FIRST STR("50") /* a private legal person: most suppliers are */
#define NATURE_AT_FIRST STR("03")   /* a company */
#define KIND_AT_FIRST STR("01")     /* SIRET */

enum { ENCODED_MAX = 1000 };

/* As it stands in an address: what is no letter or digit as %XX. */
static struct str encoded(struct ctx *ctx, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(ENCODED_MAX);
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_alpha(text.at[i]) || ascii_is_digit(text.at[i]))
            buf_add_byte(&out, text.at[i]);
        else
            buf_add_format(&out, "%%%02X", (unsigned char)text.at[i]);
    }
    return str_copy(ctx->arena, buf_str(&out));
}

static struct str page_path(struct ctx *ctx, struct str query, int64_t from)
{
    return str_format(ctx->arena, "/accounting/parties?q=%.*s&from=%lld", STR_ARG(encoded(ctx, query)),
                      (long long)from);
}

static enum status fill(struct ctx *ctx, struct str query, int64_t from, struct party_list_view *view)
{
    struct party_found *found;
    size_t count;
    TRY(party_find(ctx, query, from, &found, &count, &view->total));
    view->parties = arena_array(ctx->arena, struct party_list_party, count + 1);
    if (view->parties == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->parties[view->party_count++] =
            (struct party_list_party){.path = party_path(ctx, found[i].id, ""),
                                      .name = found[i].name,
                                      .first_name = found[i].first_name,
                                      .kind = party_id_words(ctx, found[i].id_kind),
                                      .number = found[i].id_number,
                                      .place = found[i].place,
                                      .is_closed = !found[i].is_active,
                                      .has_held = found[i].has_held,
                                      .has_confirmed = found[i].has_confirmed,
                                      .has_none = !found[i].has_held && !found[i].has_confirmed};
    view->is_empty = count == 0;
    view->has_before = from > 0;
    view->has_after = from + (int64_t)count < view->total && count > 0;
    view->before = page_path(ctx, query, from > PARTY_PAGE ? from - PARTY_PAGE : 0);
    view->after = page_path(ctx, query, from + PARTY_PAGE);
    return OK;
}

/* Of all of them, whatever is looked for. */
static enum status add_listings(struct ctx *ctx, struct party_list_view *view)
{
    struct party_found *found;
    size_t count;
    int64_t all;
    TRY(party_find(ctx, STR(""), 0, &found, &count, &all));
    view->listings = arena_array(ctx->arena, struct party_list_listing, (size_t)all / LISTING_ROWS + 1);
    if (view->listings == NULL)
        return LIMIT;
    for (int64_t from = 0; from < all; from += LISTING_ROWS)
        view->listings[view->listing_count++] = (struct party_list_listing){
            .path = from == 0 ? STR("/accounting/parties.csv")
                              : str_format(ctx->arena, "/accounting/parties.csv?from=%lld", (long long)from),
            .is_first = from == 0,
            .row = from + 1};
    return OK;
}

enum status party_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    unsigned held;
    int64_t from = web_int(request, "from", 0);
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &held));
    struct party_list_view view = {.query = str_trim(web_text(request, "q")), .may_edit = held & PARTY_EDIT};
    TRY(fill(ctx, view.query, from < 0 ? 0 : from, &view));
    TRY(add_listings(ctx, &view));
    page_begin(&page, ctx, request, response);
    party_list_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_accounting_party_menu), .menu = "/accounting"};
    return page_end(&page, &head);
}

/* ---- a new one ---- */

static enum status show_new(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            const struct party *party, const struct faults *faults)
{
    struct page page;
    struct party_new_view view = {0};
    TRY(party_form(ctx, request, party, faults, &view.form));
    struct page_head head = {.title = text_of(ctx->language, T_accounting_party_new), .menu = "/accounting"};
    head.is_error = view.form.has_faults;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    party_new_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status party_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_need(ctx, PARTY_EDIT));
    struct party party = party_asked(request); /* nothing but what the address says: a link may fill some in */
    if (party.category.len == 0) {
        party.category = CATEGORY_AT_FIRST;
        party.nature = NATURE_AT_FIRST;
        party.id_kind = KIND_AT_FIRST;
    }
    return show_new(ctx, request, response, &party, NULL);
}

enum status party_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, PARTY_EDIT));
    struct party party = party_asked(request);
    enum status done = party_add(ctx, &party, faults, &id);
    if (done == INVALID || done == CONFLICT)
        return show_new(ctx, request, response, &party, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/parties/%lld?saved=1", (long long)id);
}
