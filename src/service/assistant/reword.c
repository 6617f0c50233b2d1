#include "service/assistant/reword.h"

#include "core/house_ask.h"

/* A licence by which the whole text may be shown lets it be used anew; a right to short quotations does not. What is
 * for agents alone stays within the house. */
static bool may_be_reworded(const struct answer_passage *passage, const struct provider_card *card)
{
    const struct licence *licence = licence_find(passage->document.licence);
    if (card->is_outside && passage->document.readers != DOCUMENT_PUBLIC)
        return false;
    return licence != NULL && licence->show == LICENCE_WHOLE;
}

/* NOT_FOUND: no passage, or more than may be sent. */
static enum status write_text(struct ctx *ctx, const struct provider_card *card, const struct answer *answer,
                              struct str passages[ANSWER_PASSAGES_MAX], size_t *ret_count, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(PROVIDER_TEXT_MAX);
    size_t count = 0;
    buf_add(&text, text_of(LANGUAGE_FR, T_assistant_reword_wish)); /* the passages are French, whatever the page is */
    for (size_t i = 0; i < answer->count; i++) {
        if (!may_be_reworded(&answer->passages[i], card))
            continue;
        passages[count++] = answer->passages[i].words;
        buf_add_format(&text, "\n\n%zu. ", count);
        buf_add(&text, answer->passages[i].words);
    }
    if (count == 0 || buf_status(&text) != OK)
        return NOT_FOUND;
    *ret_count = count;
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status asking_line(struct ctx *ctx, const struct reword *reword, struct str *ret_line)
{
    struct buf line BUF_SCOPE = BUF_INIT(HOUSE_WORDS_MAX);
    const struct provider_card *card = &reword->decision.card;
    struct provider_ask ask = {.name = card->name, .address = card->address, .model = card->model,
                               .is_outside = card->is_outside, .text = reword->sent};
    house_line_add(&line, &provider_ask_shape, &ask);
    if (buf_status(&line) != OK)
        return NOT_FOUND;
    *ret_line = str_copy(ctx->arena, buf_str(&line));
    return str_is_absent(*ret_line) ? LIMIT : OK;
}

/* A role that answers what it may not say is one that is not there. */
static enum status read_state(struct ctx *ctx, const struct web_request *request, struct provider_state *state)
{
    struct str lines = request->house->lines;
    enum status done = house_line_take(ctx->arena, &lines, &provider_state_shape, state);
    bool is_sound = done == OK && state->stage >= PROVIDER_WAITS && state->stage <= PROVIDER_FULL &&
                    state->failure >= PROVIDER_WELL && state->failure < PROVIDER_FAILURES;
    return is_sound ? OK : GONE;
}

enum status reword_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       const struct answer *answer, struct reword *ret_reword)
{
    struct reword reword = {.sentences = NULL};
    struct str passages[ANSWER_PASSAGES_MAX], line;
    size_t count;
    TRY(decision_now(ctx, &reword.decision));
    TRY(write_text(ctx, &reword.decision.card, answer, passages, &count, &reword.sent));
    TRY(asking_line(ctx, &reword, &line));
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_COMPLETE, .member = STR(""), .words = line});
    if (done != OK && request->house == NULL)
        return done; /* not asked before */
    if (done == OK)
        done = read_state(ctx, request, &reword.state);
    ctx->failure = (struct failure){0};
    if (done != OK) /* the quotations stand without it */
        reword.state = (struct provider_state){.stage = PROVIDER_DONE, .failure = PROVIDER_AWAY, .said = STR(""),
                                               .energy_uwh = -1};
    if (reword.state.stage == PROVIDER_DONE && reword.state.failure == PROVIDER_WELL &&
        guard_check(ctx->arena, reword.state.said, passages, count, &reword.sentences, &reword.count) != OK)
        reword.state.failure = PROVIDER_ODD;
    *ret_reword = reword;
    return OK;
}
