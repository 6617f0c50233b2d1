#include "service/accounting/fault_say.h"

#include "core/translate.h"

enum { SENTENCE_MAX = 4096, AMOUNT_MAX = 64, DECIMALS = 2 };

/* Written as an amount: an account or a number of pieces has no decimals. */
static bool is_amount(struct str text, struct money *ret_money)
{
    bool has_decimals = text.len > DECIMALS && text.at[text.len - DECIMALS - 1] == '.';
    return has_decimals && money_parse(text, ret_money) == OK;
}

static struct str in_words(struct ctx *ctx, struct str text)
{
    struct buf words BUF_SCOPE = BUF_INIT(AMOUNT_MAX);
    struct money money;
    if (!is_amount(text, &money))
        return text;
    translate_money(&words, LANGUAGE_FR, money);
    struct str copy = str_copy(ctx->arena, buf_str(&words));
    return str_is_absent(copy) ? text : copy;
}

struct str fault_say(struct ctx *ctx, const struct fault *fault)
{
    struct buf words BUF_SCOPE = BUF_INIT(SENTENCE_MAX);
    struct rule rule;
    if (!fault->is_money || rule_find(ctx->arena, fault->rule, &rule) != OK)
        return fault->mend;
    const struct rule_words spoken = {
        .place = fault->place, .value = in_words(ctx, fault->value), .wanted = in_words(ctx, fault->wanted)};
    rule_say(&words, &rule, &spoken);
    struct str said = str_copy(ctx->arena, buf_str(&words));
    return str_is_absent(said) ? fault->mend : said;
}
