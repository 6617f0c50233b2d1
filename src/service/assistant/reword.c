#include "service/assistant/reword.h"

#include "core/decision_ask.h"

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

enum status reword_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       const struct answer *answer, struct reword *ret_reword)
{
    struct reword reword = {.sentences = NULL};
    struct str passages[ANSWER_PASSAGES_MAX];
    size_t count;
    TRY(decision_now(ctx, &reword.decision));
    TRY(write_text(ctx, &reword.decision.card, answer, passages, &count, &reword.sent));
    TRY(decision_ask(ctx, request, response, &reword.decision, reword.sent, &reword.state));
    if (reword.state.stage == PROVIDER_DONE && reword.state.failure == PROVIDER_WELL &&
        guard_check(ctx->arena, reword.state.said, passages, count, &reword.sentences, &reword.count) != OK)
        reword.state.failure = PROVIDER_ODD;
    *ret_reword = reword;
    return OK;
}
