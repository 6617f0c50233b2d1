#include "service/games/feed/meals.h"

#include "proto/csv/csv.h"

enum { TRAINING, CODE, SEEN, SAID, VERDICTS, COLUMNS = VERDICTS + DECK_FIELDS };
enum { MAKING_HASH = 3, MAKING_COLUMNS = 4 };

/* The meal of this name: the last one, or a new one behind it. */
static enum status meal_of(struct arena *arena, struct str name, size_t ranks, struct meals *meals,
                           struct meal **ret_meal)
{
    if (meals->count == 0 || !str_eq(meals->of[meals->count - 1].name, name)) {
        if (meals->count == MEALS_MAX)
            return CORRUPT;
        struct meal *meal = &meals->of[meals->count++];
        *meal = (struct meal){.name = name, .answers = arena_array(arena, struct meal_answer, ranks)};
        if (meal->answers == NULL)
            return LIMIT;
        TRY(training_read(name, &meal->job) == OK ? OK : CORRUPT);
    }
    *ret_meal = &meals->of[meals->count - 1];
    return OK;
}

static enum status read_answer(const struct csv_row *row, const struct deck_card *card, struct meal_answer *answer)
{
    if (!str_eq(row->fields[CODE], card->code))
        return CORRUPT;
    *answer = (struct meal_answer){.said = row->fields[SAID]};
    for (int field = 0; field < DECK_FIELDS; field++) {
        answer->is_true[field] = str_eq(row->fields[VERDICTS + field], STR("true"));
        answer->is_false[field] = str_eq(row->fields[VERDICTS + field], STR("false"));
    }
    return str_to_i64(row->fields[SEEN], &answer->seen) == OK ? OK : CORRUPT;
}

/* "model;nano;sha256;HASH", then the heads of the columns. */
static enum status read_heads(struct csv_reader *reader, struct arena *arena, struct meals *meals)
{
    struct csv_row row;
    if (csv_next(reader, arena, &row) != OK || row.count != MAKING_COLUMNS)
        return CORRUPT;
    meals->hash = row.fields[MAKING_HASH];
    return csv_next(reader, arena, &row) == OK && row.count == COLUMNS ? OK : CORRUPT;
}

enum status meals_read(struct arena *arena, struct str csv, const struct deck *deck, struct meals *ret_meals)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    struct meals meals = {.count = 0};
    struct meal *meal;
    size_t rank = 0;
    enum status done;
    TRY(read_heads(&reader, arena, &meals));
    for (; (done = csv_next(&reader, arena, &row)) == OK; rank = (rank + 1) % deck->count) {
        if (row.count != COLUMNS)
            return CORRUPT;
        TRY(meal_of(arena, row.fields[TRAINING], deck->count, &meals, &meal));
        TRY(read_answer(&row, &deck->cards[rank], &meal->answers[rank]));
    }
    if (done != NOT_FOUND || rank != 0 || meals.count == 0)
        return CORRUPT;
    *ret_meals = meals;
    return OK;
}
