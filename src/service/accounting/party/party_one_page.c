/* One third party: what it is, its accounts and who confirms them, its fields to change, its history. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party_code.h"
#include "service/accounting/party/party_one_html.h"
#include "service/accounting/party/party_view.h"
#include "service/accounting/story/story_view.h"

enum { FAULTS_SHOWN = 20 };

static enum status party_of_path(struct ctx *ctx, const struct web_request *request, struct party *ret_party)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    return party_get(ctx, id, ret_party);
}

/* ---- what is shown ---- */

/* "50 société": a code with its words; other fields as they are. */
static struct str said_of(struct ctx *ctx, struct str column, struct str said)
{
    static const struct {
        struct str column;
        enum party_list list;
    } lists[] = {{STR_INIT("category"), PARTY_CATEGORIES},
                 {STR_INIT("nature"), PARTY_NATURES},
                 {STR_INIT("id_kind"), PARTY_ID_KINDS}};
    if (str_eq(column, STR("is_active")))
        return text_of(ctx->language, str_eq(said, STR("yes")) ? T_accounting_party_yes : T_accounting_party_no);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (said.len > 0 && str_eq(column, lists[i].column))
            return str_format(ctx->arena, "%.*s %.*s", STR_ARG(said),
                              STR_ARG(text_of(ctx->language, party_code_words(lists[i].list, said))));
    return said;
}

static enum status add_lines(struct ctx *ctx, const struct party *party, struct party_one_view *view)
{
    view->lines = arena_array(ctx->arena, struct party_one_line, PARTY_FIELDS);
    if (view->lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < PARTY_FIELDS; i++) {
        struct str said = party_said(party, i);
        if (said.len > 0)
            view->lines[view->line_count++] =
                (struct party_one_line){.label = text_of(ctx->language, party_fields[i].label),
                                        .said = said_of(ctx, str_of(party_fields[i].column), said)};
    }
    return OK;
}

/* "Service des finances, lundi 23 novembre" */
static struct str act_of(struct ctx *ctx, int64_t person, struct str name, struct instant at)
{
    if (at.ms == 0)
        return STR("");
    struct str who = person == 0 ? text_of(ctx->language, T_accounting_bank_command) : name;
    return str_format(ctx->arena, "%.*s, %.*s", STR_ARG(who), STR_ARG(page_date(ctx, ctx_day(ctx, at))));
}

static enum status add_shared(struct ctx *ctx, const struct party_bank *bank, struct party_one_view *view)
{
    struct party_found *others;
    size_t count;
    TRY(party_bank_shared(ctx, bank->iban, bank->party, &others, &count));
    view->shareds = arena_array(ctx->arena, struct party_one_shared, count + 1);
    if (view->shareds == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->shareds[view->shared_count++] =
            (struct party_one_shared){.path = party_path(ctx, others[i].id, ""),
                                      .name = party_whole_name(ctx, others[i].name, others[i].first_name)};
    view->is_shared = count > 0;
    return OK;
}

/* FR76 3000 6000 ...: as people read one out. */
static struct str iban_words(struct ctx *ctx, struct str iban)
{
    enum { GROUP = 4, WORDS_MAX = 80 };
    struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
    for (size_t i = 0; i < iban.len; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_add_literal(&words, " ");
        buf_add_byte(&words, iban.at[i]);
    }
    return str_copy(ctx->arena, buf_str(&words));
}

static enum status add_held(struct ctx *ctx, const struct party_bank *bank, struct party_one_view *view)
{
    view->has_held = true;
    view->may_decide = view->may_edit;
    view->is_own = bank->entered_by == ctx->actor.person;
    view->held_iban = iban_words(ctx, bank->iban);
    view->held_holder = bank->holder;
    view->confirm = str_format(ctx->arena, "/accounting/parties/%lld/accounts/%lld/confirm", (long long)bank->party,
                               (long long)bank->id);
    view->refuse = str_format(ctx->arena, "/accounting/parties/%lld/accounts/%lld/refuse", (long long)bank->party,
                              (long long)bank->id);
    return add_shared(ctx, bank, view);
}

static enum status add_banks(struct ctx *ctx, const struct party *party, struct party_one_view *view)
{
    struct party_bank *banks;
    size_t count;
    TRY(party_banks(ctx, party->id, &banks, &count));
    view->banks = arena_array(ctx->arena, struct party_one_bank, count + 1);
    if (view->banks == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        const struct party_bank *bank = &banks[i];
        view->banks[view->bank_count++] = (struct party_one_bank){
            .iban = iban_words(ctx, bank->iban),
            .bic = bank->bic,
            .holder = bank->holder,
            .source = bank->source,
            .is_held = bank->state == BANK_HELD,
            .is_confirmed = bank->state == BANK_CONFIRMED,
            .is_refused = bank->state == BANK_REFUSED,
            .is_replaced = bank->state == BANK_REPLACED,
            .entered = act_of(ctx, bank->entered_by, bank->entered_name, bank->entered),
            .decided = act_of(ctx, bank->decided_by, bank->decided_name, bank->decided)};
        if (bank->state == BANK_HELD)
            TRY(add_held(ctx, bank, view));
    }
    view->has_banks = count > 0;
    view->may_add = view->may_edit && !view->has_held;
    return OK;
}

static enum status add_changes(struct ctx *ctx, const struct party *party, struct party_one_view *view)
{
    struct party_change *changes;
    size_t count;
    struct str nothing = text_of(ctx->language, T_accounting_party_nothing);
    TRY(party_changes(ctx, party->id, &changes, &count));
    view->changes = arena_array(ctx->arena, struct party_one_change, count + 1);
    if (view->changes == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        enum text_key label = party_label(changes[i].column);
        struct str before = said_of(ctx, changes[i].column, changes[i].before);
        struct str after = said_of(ctx, changes[i].column, changes[i].after);
        view->changes[view->change_count++] = (struct party_one_change){
            .when = page_moment(ctx, changes[i].at),
            .who = changes[i].who.len == 0 ? text_of(ctx->language, T_accounting_bank_command) : changes[i].who,
            .label = text_of(ctx->language, label == T_none ? T_accounting_party_new : label),
            .before = before.len == 0 ? nothing : before,
            .after = after.len == 0 ? nothing : after};
    }
    view->has_changes = count > 0;
    return OK;
}

/* What went wrong: `asked` is what a form of the party said, where it was that form. */
struct trouble {
    enum text_key error;
    const struct faults *faults;
    const struct party *asked;
};

static enum status add_faults(struct ctx *ctx, struct trouble trouble, struct party_one_view *view)
{
    view->has_error = trouble.error != T_none;
    view->error = text_of(ctx->language, trouble.error);
    view->faults = arena_array(ctx->arena, struct party_one_fault, FAULTS_SHOWN);
    if (view->faults == NULL)
        return LIMIT;
    for (size_t i = 0; view->has_error && trouble.faults != NULL && i < trouble.faults->count && i < FAULTS_SHOWN; i++)
        view->faults[view->fault_count++] = (struct party_one_fault){.mend = fault_say(ctx, &trouble.faults->kept[i])};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct party *party, struct trouble trouble)
{
    struct page page;
    unsigned held;
    bool is_of_form = trouble.asked != NULL;
    TRY(right_held(ctx, &held));
    struct party_one_view view = {.form_token = request->form_token,
                                  .title = party_whole_name(ctx, party->name, party->first_name),
                                  .is_closed = !party->is_active,
                                  .may_edit = held & PARTY_EDIT,
                                  .held_iban = STR(""),
                                  .held_holder = STR(""),
                                  .add = party_path(ctx, party->id, "/accounts"),
                                  .iban = web_text(request, "iban"),
                                  .bic = web_text(request, "bic"),
                                  .holder = web_has(request, "holder") ? web_text(request, "holder") : STR(""),
                                  .source = web_text(request, "source"),
                                  .confirm = STR(""),
                                  .refuse = STR("")};
    TRY(add_faults(ctx, trouble, &view));
    TRY(add_lines(ctx, party, &view));
    TRY(add_banks(ctx, party, &view));
    TRY(add_changes(ctx, party, &view));
    TRY(story_list_of(ctx, STORY_PARTY, party->id, &view.story));
    TRY(party_form(ctx, request, is_of_form ? trouble.asked : party, is_of_form ? trouble.faults : NULL, &view.form));
    struct page_head head = {.title = view.title, .menu = "/accounting"};
    head.is_error = view.has_error || view.form.has_faults;
    view.is_saved = web_has(request, "saved") && !head.is_error;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    party_one_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- handlers ---- */

static enum status go_on(struct ctx *ctx, struct web_response *response, const struct party *party)
{
    return web_redirect(ctx, response, "/accounting/parties/%lld?saved=1", (long long)party->id);
}

enum status party_one_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct party party;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(party_of_path(ctx, request, &party));
    return show(ctx, request, response, &party, (struct trouble){.error = T_none});
}

enum status party_one_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct party party, asked = party_asked(request);
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, PARTY_EDIT));
    TRY(party_of_path(ctx, request, &party));
    asked.id = party.id;
    enum status done = party_change(ctx, &asked, faults);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, &party, (struct trouble){.faults = faults, .asked = &asked});
    TRY(done);
    return go_on(ctx, response, &party);
}

enum status party_bank_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct party party;
    int64_t id;
    struct faults *faults = faults_new(ctx->arena);
    struct party_bank bank = {.iban = web_text(request, "iban"),
                              .bic = web_text(request, "bic"),
                              .holder = web_text(request, "holder"),
                              .source = web_text(request, "source")};
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, PARTY_EDIT));
    TRY(party_of_path(ctx, request, &party));
    enum status done = party_bank_add(ctx, party.id, &bank, faults, &id);
    if (done == INVALID)
        return show(ctx, request, response, &party,
                    (struct trouble){.error = T_accounting_bank_wrong, .faults = faults});
    if (done == CONFLICT)
        return show(ctx, request, response, &party, (struct trouble){.error = ctx->failure.sentence});
    TRY(done);
    return go_on(ctx, response, &party);
}

/* An account is decided about on the page of its own party. */
static enum status bank_asked(struct ctx *ctx, const struct web_request *request, struct party *ret_party,
                              int64_t *ret_bank)
{
    struct party_bank *banks;
    size_t count;
    int64_t id;
    TRY(party_of_path(ctx, request, ret_party));
    if (str_to_i64(request->params[1], &id) != OK)
        return NOT_FOUND;
    TRY(party_banks(ctx, ret_party->id, &banks, &count));
    for (size_t i = 0; i < count; i++)
        if (banks[i].id == id) {
            *ret_bank = id;
            return OK;
        }
    return NOT_FOUND;
}

static enum status decide(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          enum status (*act)(struct ctx *ctx, int64_t id))
{
    struct party party;
    int64_t bank;
    TRY(bank_asked(ctx, request, &party, &bank));
    enum status done = act(ctx, bank);
    if (done == CONFLICT)
        return show(ctx, request, response, &party, (struct trouble){.error = ctx->failure.sentence});
    TRY(done);
    return go_on(ctx, response, &party);
}

enum status party_bank_confirm_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_need(ctx, PARTY_EDIT));
    return decide(ctx, request, response, party_bank_confirm);
}

enum status party_bank_refuse_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_need(ctx, PARTY_EDIT));
    return decide(ctx, request, response, party_bank_refuse);
}
