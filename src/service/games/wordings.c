#include "service/games/wordings.h"

#include "proto/csv/csv.h"

enum { CODE, NAME, FIELD, PLACE, SUGGESTED, ANSWERS, BY_ANSWER = 4, COLUMNS = ANSWERS + BY_ANSWER * WORDINGS };
enum { MAKING_HASH = 3, MAKING_SEED = 5, MAKING_COLUMNS = 6 };

static enum status read_word(struct str word, const char *const *words, size_t count, int *ret_at)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i]))) {
            *ret_at = (int)i;
            return OK;
        }
    return CORRUPT;
}

static enum status read_answer(const struct str *cells, struct variant_answer *answer)
{
    static const char *const verdicts[] = {"", "true", "false", "refused", "unclear"};
    int verdict = 0;
    TRY(read_word(cells[2], verdicts, sizeof verdicts / sizeof *verdicts, &verdict));
    *answer = (struct variant_answer){(enum measure_verdict)verdict, cells[1].len > 0 ? cells[1] : STR_NONE};
    bool has_value = answer->verdict == MEASURE_TRUE || answer->verdict == MEASURE_FALSE;
    return verdict != MEASURE_UNASKED && has_value == !str_is_absent(answer->value) ? OK : CORRUPT;
}

static const struct deck_card *card_of(const struct deck *deck, struct str code)
{
    for (size_t i = 0; i < deck->count; i++)
        if (str_eq(deck->cards[i].code, code))
            return &deck->cards[i];
    return NULL;
}

static enum status read_case(const struct csv_row *row, const struct deck *deck, struct wordings_case *one)
{
    static const char *const fields[] = {"department", "postal_code", "population"};
    int field = 0;
    if (row->count != COLUMNS)
        return CORRUPT;
    TRY(read_word(row->fields[FIELD], fields, MEASURE_FIELDS, &field));
    *one = (struct wordings_case){.card = card_of(deck, row->fields[CODE]),
                                  .asked = {.field = (enum measure_field)field,
                                            .name = row->fields[NAME],
                                            .place = row->fields[PLACE],
                                            .suggested = row->fields[SUGGESTED]}};
    for (size_t i = 0; i < WORDINGS; i++) {
        const struct str *cells = &row->fields[ANSWERS + BY_ANSWER * i];
        one->texts[i] = cells[0];
        one->sure[i] = deck_per_cent(cells[3]);
        TRY(read_answer(cells, &one->answers[i]));
    }
    one->end = variant_end(&one->asked, one->answers);
    return one->card != NULL && str_eq(one->card->name, one->asked.name) ? OK : CORRUPT;
}

static void add_up(const struct wordings_case *one, struct wordings_sum *sum)
{
    int64_t same, read;
    enum measure_verdict first = one->answers[VARIANT_PLAIN].verdict;
    bool is_held = one->end == VARIANT_HELD, is_left = one->end == VARIANT_SWAYED || one->end == VARIANT_CHANGED;
    variant_pairs(one->answers, &same, &read);
    sum->same += same;
    sum->read += read;
    sum->ends[one->end]++;
    sum->kept_right += is_held && first == MEASURE_TRUE;
    sum->kept_wrong += is_held && first == MEASURE_FALSE;
    sum->left_right += is_left && first == MEASURE_TRUE;
    sum->left_wrong += is_left && first == MEASURE_FALSE;
    sum->refusals += (is_held || is_left) && first == MEASURE_REFUSED;
    sum->refusals_left += is_left && first == MEASURE_REFUSED;
}

/* "model;moyen;sha256;HASH;seed;1", then the heads of the columns. */
static enum status read_heads(struct csv_reader *reader, struct arena *arena, struct wordings *wordings)
{
    struct csv_row row;
    if (csv_next(reader, arena, &row) != OK || row.count != MAKING_COLUMNS)
        return CORRUPT;
    wordings->hash = row.fields[MAKING_HASH];
    wordings->seed = row.fields[MAKING_SEED];
    return csv_next(reader, arena, &row) == OK && row.count == COLUMNS ? OK : CORRUPT;
}

enum status wordings_read(struct arena *arena, struct str csv, const struct deck *deck, struct wordings *ret_wordings)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    struct wordings wordings = {.cases = arena_array(arena, struct wordings_case, WORDINGS_CASES_MAX)};
    if (wordings.cases == NULL)
        return LIMIT;
    TRY(read_heads(&reader, arena, &wordings));
    for (;;) {
        enum status done = csv_next(&reader, arena, &row);
        if (done == NOT_FOUND)
            break;
        if (done != OK || wordings.count == WORDINGS_CASES_MAX)
            return CORRUPT;
        TRY(read_case(&row, deck, &wordings.cases[wordings.count]));
        add_up(&wordings.cases[wordings.count++], &wordings.sum);
    }
    *ret_wordings = wordings;
    return OK;
}
