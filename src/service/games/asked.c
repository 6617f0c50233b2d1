#include "service/games/asked.h"
#include "service/games/lang.h"

static const struct str words[MEASURE_FIELDS] = {STR_INIT("department"), STR_INIT("code"), STR_INIT("population")};

struct str asked_field_word(enum measure_field field)
{
    return words[field];
}

enum status asked_field(struct str word, enum measure_field *field)
{
    for (enum measure_field at = 0; at < MEASURE_FIELDS; at++)
        if (str_eq(word, words[at])) {
            *field = at;
            return OK;
        }
    return word.len == 0 ? OK : INVALID;
}

enum text_key asked_field_name(enum measure_field field)
{
    static const enum text_key names[MEASURE_FIELDS] = {T_games_field_department, T_games_field_code,
                                                        T_games_field_population};
    return names[field];
}

enum text_key asked_wording_name(enum wording wording)
{
    static const enum text_key names[WORDINGS] = {T_games_sure_wording0, T_games_sure_wording1, T_games_sure_wording2,
                                                  T_games_sure_wording3, T_games_sure_wording4};
    return names[wording];
}

enum text_key asked_end_sentence(enum variant_end end)
{
    static const enum text_key ends[VARIANT_ENDS] = {T_games_sure_you_held, T_games_sure_you_swayed,
                                                     T_games_sure_you_changed, T_games_sure_you_unread};
    return ends[end];
}

enum status asked_view(struct ctx *ctx, enum measure_field chosen, struct games_asked_view *ret_view)
{
    struct games_asked_view view = {.fields = arena_array(ctx->arena, struct games_asked_field, MEASURE_FIELDS)};
    if (view.fields == NULL)
        return LIMIT;
    for (enum measure_field field = 0; field < MEASURE_FIELDS; field++)
        view.fields[view.field_count++] =
            (struct games_asked_field){.value = asked_field_word(field),
                                       .name = text_of(ctx->language, asked_field_name(field)),
                                       .is_chosen = field == chosen};
    *ret_view = view;
    return OK;
}

struct games_verdict_view asked_verdict(enum measure_verdict verdict)
{
    return (struct games_verdict_view){.is_true = verdict == MEASURE_TRUE,
                                       .is_false = verdict == MEASURE_FALSE,
                                       .is_refused = verdict == MEASURE_REFUSED,
                                       .is_open = verdict == MEASURE_UNCLEAR};
}

struct str asked_truth(struct ctx *ctx, const struct table *table, struct str name, bool *ret_is_alike)
{
    size_t place = table_find(table, name);
    *ret_is_alike = false;
    if (place == TABLE_NONE)
        return text_of(ctx->language, T_games_truth_no_commune);
    const struct table_commune *commune = &table->communes[place];
    struct text_arg args[] = {TEXT_ARG("department", commune->department->name),
                              TEXT_ARG("codes", commune->postal_codes[0]),
                              NUMBER_ARG("population", commune->population)};
    *ret_is_alike = commune->next_alike != TABLE_NONE;
    return text_with(ctx->arena, ctx->language, T_games_truth_register, args, 3);
}
