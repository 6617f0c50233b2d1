#include "core/verb.h"

#include <stdio.h>

#include "core/service.h"

/* How many of `words` the verb's own words are; 0: it is another verb. */
static size_t taken_by(const struct verb *verb, const struct str *words, size_t count)
{
    size_t taken = 0;
    struct str rest = str_of(verb->words);
    while (!str_is_absent(rest)) {
        if (taken == count || !str_eq(str_cut(&rest, ' '), words[taken]))
            return 0;
        taken++;
    }
    return taken;
}

const struct verb *verb_among(const struct verb *verbs, size_t verb_count, const struct str *words, size_t word_count,
                              size_t *ret_taken)
{
    const struct verb *best = NULL;
    *ret_taken = 0;
    for (size_t i = 0; i < verb_count; i++) {
        size_t taken = taken_by(&verbs[i], words, word_count);
        if (taken <= *ret_taken)
            continue;
        *ret_taken = taken;
        best = &verbs[i];
    }
    return best;
}

const struct verb *verb_of(const struct service *const *services, const struct str *words, size_t word_count,
                           size_t *ret_taken)
{
    const struct verb *best = NULL;
    *ret_taken = 0;
    for (; *services != NULL; services++) {
        size_t taken;
        const struct verb *found = verb_among((*services)->verbs, (*services)->verb_count, words, word_count, &taken);
        if (taken <= *ret_taken)
            continue;
        *ret_taken = taken;
        best = found;
    }
    return best;
}

/* ---- the usage line ---- */

/* One word of a usage line, its brackets told apart. */
struct token {
    struct str text;
    bool is_optional; /* stands in brackets */
    bool is_option, takes_value;
};
enum { TOKENS_MAX = 32 };

/* Cuts the line into tokens; the value of an option goes into the option. */
static size_t tokens_of(const char *usage, struct token tokens[TOKENS_MAX])
{
    size_t count = 0;
    bool is_open = false, wants_value = false;
    struct str rest = str_of(usage);
    while (!str_is_absent(rest) && rest.len > 0) {
        struct str word = str_cut(&rest, ' ');
        bool begins = str_starts(word, STR("[")), ends = str_ends(word, STR("]"));
        is_open |= begins;
        word = str_slice(word, begins, word.len - ends);
        bool is_option = str_starts(word, STR("--"));
        if (wants_value && !is_option && !begins) {
            tokens[count - 1].takes_value = true;
        } else {
            REQUIRE(count < TOKENS_MAX);
            tokens[count++] = (struct token){.text = word, .is_optional = is_open, .is_option = is_option};
        }
        wants_value = is_option && !ends;
        is_open &= !ends;
    }
    return count;
}

static const struct token *option_of(const struct token *tokens, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (tokens[i].is_option && str_eq(tokens[i].text, word))
            return &tokens[i];
    return NULL;
}

static bool is_given(const struct str *words, size_t count, struct str option)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(words[i], option))
            return true;
    return false;
}

bool verb_accepts(const char *usage, const struct str *words, size_t word_count)
{
    struct token tokens[TOKENS_MAX];
    size_t token_count = tokens_of(usage, tokens), arguments = 0, wanted = 0, allowed = 0;
    for (size_t i = 0; i < word_count; i++) {
        const struct token *option = option_of(tokens, token_count, words[i]);
        if (option == NULL && str_starts(words[i], STR("--")))
            return false;
        if (option == NULL)
            arguments++;
        else if (option->takes_value && ++i == word_count)
            return false;
    }
    for (size_t i = 0; i < token_count; i++) {
        if (tokens[i].is_option && !tokens[i].is_optional && !is_given(words, word_count, tokens[i].text))
            return false;
        allowed += !tokens[i].is_option;
        wanted += !tokens[i].is_option && !tokens[i].is_optional;
    }
    return arguments >= wanted && arguments <= allowed;
}

/* ---- what was given ---- */

struct str verb_argument(const struct verb_call *call, size_t number)
{
    struct token tokens[TOKENS_MAX];
    size_t token_count = tokens_of(call->verb->usage, tokens);
    for (size_t i = 0; i < call->word_count; i++) {
        const struct token *option = option_of(tokens, token_count, call->words[i]);
        if (option != NULL)
            i += option->takes_value;
        else if (number-- == 0)
            return call->words[i];
    }
    return STR_NONE;
}

struct str verb_option(const struct verb_call *call, const char *name)
{
    struct token tokens[TOKENS_MAX];
    size_t token_count = tokens_of(call->verb->usage, tokens);
    struct str found = STR_NONE; /* the last one counts, as in the settings */
    for (size_t i = 0; i + 1 < call->word_count; i++) {
        const struct token *option = option_of(tokens, token_count, call->words[i]);
        if (option == NULL || !option->takes_value)
            continue;
        i++;
        if (str_eq(option->text, str_of(name)))
            found = call->words[i];
    }
    return found;
}

bool verb_has(const struct verb_call *call, const char *name)
{
    struct token tokens[TOKENS_MAX];
    size_t token_count = tokens_of(call->verb->usage, tokens);
    for (size_t i = 0; i < call->word_count; i++) {
        const struct token *option = option_of(tokens, token_count, call->words[i]);
        if (option != NULL && str_eq(option->text, str_of(name)))
            return true;
        i += option != NULL && option->takes_value;
    }
    return false;
}

enum status verb_read_input(struct ctx *ctx, size_t max, struct str *ret_bytes)
{
    char *room = arena_alloc(ctx->arena, max + 2);
    if (room == NULL)
        return LIMIT;
    size_t length = fread(room, 1, max + 2, stdin);
    if (length > 0 && room[length - 1] == '\n')
        length--;
    *ret_bytes = (struct str){room, length};
    return length <= max ? OK : LIMIT;
}
