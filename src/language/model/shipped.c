#include "language/model/shipped.h"

/* The assembler takes the files as they are; paths count from where `make` runs. Bytes end with a zero of our own. */
/* NOLINTBEGIN(bugprone-macro-parentheses): names and texts bear none */
#define INCLUDE(symbol, path)                                                                      \
    __asm__(".section .rodata\n.balign 32\n.type " #symbol ", @object\n" #symbol ":\n.incbin \"" path "\"\n" \
            #symbol "_end:\n.byte 0\n.size " #symbol ", . - " #symbol "\n.previous\n");            \
    extern const char symbol[], symbol##_end[]
/* NOLINTEND(bugprone-macro-parentheses) */
#define FOLDER "src/language/model/shipped/"
#define INCLUDE_MODEL(name)                                                                        \
    INCLUDE(shipped_##name##_file, FOLDER #name ".gguf");                                          \
    INCLUDE(shipped_##name##_card, FOLDER #name ".json");                                          \
    INCLUDE(shipped_##name##_deck, FOLDER #name ".csv");                                           \
    INCLUDE(shipped_##name##_survey, FOLDER #name ".survey")

INCLUDE_MODEL(nano);
INCLUDE_MODEL(petit);
INCLUDE_MODEL(moyen);
INCLUDE(shipped_communes_text, FOLDER "communes.csv");
INCLUDE(shipped_wordings_text, FOLDER "moyen.wordings.csv");
INCLUDE(shipped_nowhere_text, FOLDER "moyen.nowhere.csv");
INCLUDE(shipped_meals_text, FOLDER "nano.meals.csv");

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
