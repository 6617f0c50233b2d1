#include "service/games/deck.h"

#include "proto/csv/csv.h"
#include "service/games/game.h"

enum {
    CODE,
    NAME,
    DEPARTMENT,
    DEPARTMENT_NAME,
    POSTAL_CODES,
    POPULATION,
    SEEN,
    SAID,
    VERDICTS,
    COLUMNS = VERDICTS + 6
};

int deck_per_cent(struct str text)
{
    int64_t whole = 0, part = 0;
    struct str rest = text;
    (void)!str_to_i64(str_cut(&rest, '.'), &whole);
    (void)!str_to_i64(str_slice(rest, 0, 2), &part);
    return whole >= 1 ? 100 : (int)part;
}

static enum status read_card(const struct csv_row *row, struct deck_card *card)
{
    if (row->count != COLUMNS)
        return CORRUPT;
    *card = (struct deck_card){.code = row->fields[CODE],
                               .name = row->fields[NAME],
                               .department = row->fields[DEPARTMENT],
                               .department_name = row->fields[DEPARTMENT_NAME],
                               .postal_codes = row->fields[POSTAL_CODES],
                               .population = row->fields[POPULATION],
                               .said = str_trim(row->fields[SAID])};
    for (int i = 0; i < DECK_FIELDS; i++) {
        card->is_true[i] = str_eq(row->fields[VERDICTS + 2 * i], STR("true"));
        card->is_false[i] = str_eq(row->fields[VERDICTS + 2 * i], STR("false"));
        card->sure[i] = deck_per_cent(row->fields[VERDICTS + 2 * i + 1]);
    }
    return str_to_i64(row->fields[SEEN], &card->seen) == OK ? OK : CORRUPT;
}

enum status deck_read(struct arena *arena, struct str csv, struct deck *ret_deck)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    struct deck deck = {.cards = arena_array(arena, struct deck_card, DECK_CARDS_MAX)};
    if (deck.cards == NULL)
        return LIMIT;
    if (csv_next(&reader, arena, &row) != OK || row.count != COLUMNS)
        return CORRUPT;
    for (;;) {
        enum status done = csv_next(&reader, arena, &row);
        if (done == NOT_FOUND)
            break;
        if (done != OK || deck.count == DECK_CARDS_MAX)
            return CORRUPT;
        TRY(read_card(&row, &deck.cards[deck.count++]));
    }
    *ret_deck = deck;
    return OK;
}

static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.len > 0;
}

bool deck_is_formed(const struct deck_card *card)
{
    struct str said = card->said;
    struct str department = str_cut(&said, ','), code = str_trim(str_cut(&said, ',')), rest = str_trim(said);
    return str_ends(department, STR(")")) && code.len == 5 && is_number(code) && str_ends(rest, STR(" hab.")) &&
           is_number(str_slice(rest, 0, rest.len - 5));
}

static bool invents(const struct deck_card *card)
{
    return card->is_false[DECK_DEPARTMENT] || card->is_false[DECK_POSTAL_CODE] || card->is_false[DECK_POPULATION];
}

struct str deck_line(struct arena *arena, const struct deck_card *card, struct str postal_codes)
{
    return str_format(arena, "%.*s : %.*s (%.*s), %.*s, %.*s hab.", STR_ARG(card->name), STR_ARG(card->department_name),
                      STR_ARG(card->department), STR_ARG(postal_codes), STR_ARG(card->population));
}

/* A true card shows one postal code, as the model's lines do. */
static struct str shown_line(struct arena *arena, const struct deck_card *card, bool is_true)
{
    struct str codes = card->postal_codes;
    return is_true ? deck_line(arena, card, str_cut(&codes, ' '))
                   : str_format(arena, "%.*s : %.*s", STR_ARG(card->name), STR_ARG(card->said));
}

/* The first of the shuffled deck, as many that the model knows as such that it invents. */
static enum status pick(const struct deck *deck, struct arena *arena, const size_t *places,
                        struct deck_drawn drawn[GAME_CARDS])
{
    size_t count = 0, trues = 0;
    for (size_t i = 0; i < deck->count && count < GAME_CARDS; i++) {
        const struct deck_card *card = &deck->cards[places[i]];
        bool is_true = !invents(card);
        if (!deck_is_formed(card))
            continue;
        if (is_true ? trues == GAME_CARDS / 2 : count - trues == GAME_CARDS / 2)
            continue;
        trues += is_true;
        drawn[count++] = (struct deck_drawn){card, is_true, shown_line(arena, card, is_true)};
    }
    return count == GAME_CARDS ? OK : CORRUPT;
}

enum status deck_draw(const struct deck *deck, struct arena *arena, uint64_t seed,
                      struct deck_drawn ret_drawn[GAME_CARDS])
{
    size_t *places = arena_array(arena, size_t, deck->count + 1);
    if (places == NULL)
        return LIMIT;
    game_shuffle(seed, places, deck->count);
    return pick(deck, arena, places, ret_drawn);
}
