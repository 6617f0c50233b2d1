#include "service/assistant/reword.h"

#include "base/utf8.h"
#include "core/decision_ask.h"
#include "service/assistant/lang.h"

/* A licence by which the whole text may be shown lets it be used anew; a right to short quotations does not. What is
 * for agents alone stays within the house. */
static bool may_be_reworded(const struct answer_passage *passage, const struct provider_card *card)
{
    const struct licence *licence = licence_find(passage->document.licence);
    if (card->is_outside && passage->document.readers != DOCUMENT_PUBLIC)
        return false;
    return licence != NULL && licence->show == LICENCE_WHOLE;
}

struct passages {
    struct str at[ANSWER_PASSAGES_MAX];
    size_t count;
};

/* NOT_FOUND: no passage, or more than may be sent. */
static enum status write_text(struct ctx *ctx, const struct answer *answer, struct passages *passages,
                              struct reword *reword)
{
    struct buf text BUF_SCOPE = BUF_INIT(PROVIDER_TEXT_MAX);
    buf_add(&text, text_of(LANGUAGE_FR, T_assistant_reword_wish)); /* the passages are French, whatever the page is */
    for (size_t i = 0; i < answer->count; i++) {
        if (!may_be_reworded(&answer->passages[i], &reword->decision.card))
            continue;
        reword->quoted[passages->count] = i;
        passages->at[passages->count++] = answer->passages[i].words;
        buf_add_format(&text, "\n\n%zu. ", passages->count);
        buf_add(&text, answer->passages[i].words);
    }
    if (passages->count == 0 || buf_status(&text) != OK)
        return NOT_FOUND;
    reword->sent = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(reword->sent) ? LIMIT : OK;
}

static enum status trace_all(struct ctx *ctx, const struct suffix *suffix, struct reword *reword)
{
    for (size_t i = 0; i < reword->count; i++) {
        struct reword_sentence *sentence = &reword->sentences[i];
        if (sentence->judged.reason != GUARD_CLEAN) {
            reword->characters[ORIGIN_NONE] += (int64_t)utf8_count(sentence->judged.text);
            continue;
        }
        TRY(origin_within(ctx, suffix, sentence->judged.text, &sentence->origin));
        for (size_t kind = 0; kind < ORIGIN_KINDS; kind++)
            reword->characters[kind] += sentence->origin.characters[kind];
    }
    return OK;
}

/* What was said, sentence by sentence, over the passages alone. */
static enum status judge(struct ctx *ctx, const struct passages *passages, struct reword *reword)
{
    struct guard_sentence *judged;
    size_t count;
    TRY(guard_check(ctx->arena, reword->state.said, passages->at, passages->count, &judged, &count));
    reword->sentences = arena_array(ctx->arena, struct reword_sentence, count + 1);
    if (reword->sentences == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        reword->sentences[reword->count++] = (struct reword_sentence){.judged = judged[i]};
    struct suffix *suffix = suffix_create();
    enum status done = OK;
    for (size_t i = 0; i < passages->count && done == OK; i++)
        done = suffix_add(suffix, passages->at[i]);
    if (done == OK)
        done = suffix_sort(suffix);
    if (done == OK)
        done = trace_all(ctx, suffix, reword);
    suffix_destroy(suffix);
    return done;
}

enum status reword_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       const struct answer *answer, struct reword *ret_reword)
{
    struct reword reword = {.sentences = NULL};
    struct passages passages = {.count = 0};
    TRY(decision_now(ctx, &reword.decision));
    TRY(write_text(ctx, answer, &passages, &reword));
    TRY(decision_ask(ctx, request, response, &reword.decision, reword.sent, &reword.state));
    if (reword.state.stage == PROVIDER_DONE && reword.state.failure == PROVIDER_WELL &&
        judge(ctx, &passages, &reword) != OK)
        reword.state.failure = PROVIDER_ODD;
    *ret_reword = reword;
    return OK;
}
