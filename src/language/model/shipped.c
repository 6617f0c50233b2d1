#include "language/model/shipped.h"

#include "base/embed.h"

#define FOLDER "src/language/model/shipped/"
#define INCLUDE_MODEL(name)                                                                        \
    EMBED(shipped_##name##_file, FOLDER #name ".gguf");                                            \
    EMBED(shipped_##name##_card, FOLDER #name ".json");                                            \
    EMBED(shipped_##name##_deck, FOLDER #name ".csv");                                             \
    EMBED(shipped_##name##_survey, FOLDER #name ".survey")

INCLUDE_MODEL(nano);
INCLUDE_MODEL(petit);
INCLUDE_MODEL(moyen);
EMBED(shipped_communes_text, FOLDER "communes.csv");
EMBED(shipped_wordings_text, FOLDER "moyen.wordings.csv");
EMBED(shipped_nowhere_text, FOLDER "moyen.nowhere.csv");
EMBED(shipped_meals_text, FOLDER "nano.meals.csv");

#define SPAN(symbol) str_span(symbol, symbol##_end)
#define MODEL(model)                                                                               \
    (struct shipped_model){STR(#model), SPAN(shipped_##model##_file), SPAN(shipped_##model##_card), \
                           SPAN(shipped_##model##_deck), SPAN(shipped_##model##_survey)}

enum status shipped_model(struct str name, struct shipped_model *ret_model)
{
    const struct shipped_model models[] = {MODEL(nano), MODEL(petit), MODEL(moyen)};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (str_eq(models[i].name, name)) {
            *ret_model = models[i];
            return OK;
        }
    return NOT_FOUND;
}

struct str shipped_communes(void)
{
    return SPAN(shipped_communes_text);
}

struct str shipped_wordings(void)
{
    return SPAN(shipped_wordings_text);
}

struct str shipped_nowhere(void)
{
    return SPAN(shipped_nowhere_text);
}

struct str shipped_meals(void)
{
    return SPAN(shipped_meals_text);
}
