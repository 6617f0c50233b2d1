#include "service/games/asked.h"

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
