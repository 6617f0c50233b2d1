/* The identity card of the model a town has decided about, its decisions, and where an administrator records one. */
#include "core/house_ask.h"
#include "core/page.h"
#include "service/assistant/assistant_choose_html.h"
#include "service/assistant/assistant_model_html.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/lang.h"
#include "core/decision.h"

static struct page_head head_of(struct ctx *ctx, enum text_key title, enum page_tone tone)
{
    return (struct page_head){.title = text_of(ctx->language, title), .tone = tone, .menu = "/assistant",
                              .search_path = STR_NONE};
}

/* ---- what anybody reads ---- */

static void add_card(const struct provider_card *card, struct assistant_model_view *view)
{
    view->model = card->model;
    view->maker = card->maker;
    view->licence = card->licence;
    view->has_training = card->training.len > 0;
    view->training = card->training;
    view->place = card->place;
    view->has_energy = card->energy.len > 0;
    view->energy = card->energy;
    view->address = card->address;
    view->is_outside = card->is_outside;
}

static struct assistant_model_decision decision_view(struct ctx *ctx, const struct decision *decision)
{
    bool is_on = decision->ended.ms == 0;
    return (struct assistant_model_decision){
        .day = page_date(ctx, decision->day), .decider = decision->decider, .words = decision->words,
        .model = decision->card.model, .address = decision->card.address, .is_outside = decision->card.is_outside,
        .is_on = is_on, .recorded = page_moment(ctx, decision->recorded),
        .ended = is_on ? STR("") : page_moment(ctx, decision->ended)};
}

enum status assistant_model_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct decision *decisions;
    size_t count;
    struct str none = STR("");
    TRY(decision_list(ctx, &decisions, &count));
    struct assistant_model_view view = {.form_token = request->form_token, .has_decisions = count > 0,
                                        .may_edit = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER),
                                        .is_on = count > 0 && decisions[0].ended.ms == 0,
                                        .decisions = arena_array(ctx->arena, struct assistant_model_decision,
                                                                 count + 1)};
    if (view.decisions == NULL)
        return LIMIT;
    add_card(view.is_on ? &decisions[0].card
                        : &(struct provider_card){none, none, none, none, none, none, none, none, false}, &view);
    for (size_t i = 0; i < count; i++)
        view.decisions[view.decision_count++] = decision_view(ctx, &decisions[i]);
    page_begin(&page, ctx, request, response);
    assistant_model_html(&page.html, &view);
    struct page_head head = head_of(ctx, T_assistant_model_title, PAGE_RESIDENT);
    return page_end(&page, &head);
}

/* ---- what an administrator decides ---- */

/* What is decided about, so that what was declared otherwise meanwhile is not chosen unseen. */
static struct str value_of(struct ctx *ctx, const struct provider_card *card)
{
    return str_format(ctx->arena, "%.*s %d %.*s %.*s", STR_ARG(card->name), card->is_outside, STR_ARG(card->address),
                      STR_ARG(card->model));
}

struct cards {
    struct provider_card at[PROVIDERS_MAX];
    size_t count;
    bool is_away; /* there is no role provider: none is declared, or it begins anew */
};

/* BUSY: not asked before. Both kinds answer with cards; the second also drops what waits. */
static enum status read_cards(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                              int64_t kind, struct cards *ret_cards)
{
    struct cards cards = {.count = 0};
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = kind, .member = STR(""), .words = STR("")});
    if (done != OK && request->house == NULL)
        return done;
    ctx->failure = (struct failure){0};
    cards.is_away = done != OK;
    struct str lines = done == OK ? request->house->lines : STR("");
    while (cards.count < PROVIDERS_MAX &&
           house_line_take(ctx->arena, &lines, &provider_card_shape, &cards.at[cards.count]) == OK)
        cards.count++;
    *ret_cards = cards;
    return OK;
}

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct cards *cards)
{
    struct page page;
    bool has_error = ctx->failure.code != NULL;
    struct assistant_choose_view view = {
        .form_token = request->form_token, .is_away = cards->is_away, .is_empty = !cards->is_away && cards->count == 0,
        .has_cards = cards->count > 0, .has_error = has_error, .day = web_text(request, "day"),
        .error = text_of(ctx->language, has_error ? ctx->failure.sentence : T_none),
        .decider = web_text(request, "decider"), .words = web_text(request, "words"),
        .cards = arena_array(ctx->arena, struct assistant_choose_card, cards->count + 1)};
    if (view.cards == NULL)
        return LIMIT;
    for (size_t i = 0; i < cards->count; i++) {
        const struct provider_card *card = &cards->at[i];
        struct str value = value_of(ctx, card);
        view.cards[view.card_count++] = (struct assistant_choose_card){
            .value = value, .is_chosen = str_eq(value, web_text(request, "provider")), .model = card->model,
            .maker = card->maker, .address = card->address, .is_outside = card->is_outside};
    }
    struct page_head head = head_of(ctx, T_assistant_choose, PAGE_AGENT);
    head.is_error = has_error;
    if (has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    assistant_choose_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status assistant_choose_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct cards cards;
    TRY(read_cards(ctx, request, response, HOUSE_PROVIDERS, &cards));
    return show_form(ctx, request, response, &cards);
}

static enum status decide(struct ctx *ctx, const struct web_request *request, const struct cards *cards)
{
    struct decision decision = {.decider = web_text(request, "decider"), .words = web_text(request, "words")};
    const struct provider_card *chosen = NULL;
    for (size_t i = 0; i < cards->count; i++)
        if (str_eq(value_of(ctx, &cards->at[i]), web_text(request, "provider")))
            chosen = &cards->at[i];
    if (chosen == NULL)
        return refuse(ctx, INVALID, "assistant.provider", T_assistant_provider_wrong);
    if (date_parse(web_text(request, "day"), &decision.day) != OK)
        decision.day = (struct date){0};
    decision.card = *chosen;
    return decision_record(ctx, &decision);
}

enum status assistant_decide_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct cards cards;
    TRY(read_cards(ctx, request, response, HOUSE_SILENCE, &cards));
    enum status done = decide(ctx, request, &cards);
    if (done == INVALID)
        return show_form(ctx, request, response, &cards);
    TRY(done);
    return web_redirect(ctx, response, "/assistant/model");
}

/* At once: what waits is dropped, and nothing is asked from here on. A role that is not there asks nobody either. */
enum status assistant_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct cards cards;
    TRY(read_cards(ctx, request, response, HOUSE_SILENCE, &cards));
    enum status done = decision_end(ctx);
    if (done != OK && done != NOT_FOUND)
        return done;
    return web_redirect(ctx, response, "/assistant/model");
}
