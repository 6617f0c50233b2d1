#include "language/model/survey.h"

enum { TEXT_MAX = 1200, ALL_TOKENS = SURVEY_TEXTS * SURVEY_TOKENS };

enum status survey_cut(const struct pieces *pieces, struct str text, uint16_t tokens[SURVEY_TOKENS],
                       size_t *ret_count)
{
    uint16_t all[TEXT_MAX];
    size_t count;
    TRY(pieces_cut(pieces, text, all, TEXT_MAX, &count));
    *ret_count = count < SURVEY_TOKENS ? count : SURVEY_TOKENS;
    memcpy(tokens, all, *ret_count * sizeof *tokens);
    return OK;
}

static struct str line_of(struct str survey, size_t number)
{
    struct str line = STR_NONE;
    for (size_t i = 0; i <= number && !str_is_absent(survey); i++)
        line = str_cut(&survey, '\n');
    return str_is_absent(survey) ? STR_NONE : line; /* each ends with a line end */
}

static enum status take_value(struct str number, float *ret_value)
{
    int64_t thousandths;
    if (str_to_i64(number, &thousandths) != OK)
        return CORRUPT;
    *ret_value = (float)thousandths / 1000;
    return OK;
}

/* "7.12.-340": two numbers up to their limits, and a value. */
static enum status take_three(struct str item, uint64_t first_max, uint64_t second_max, uint64_t numbers[2],
                              float *ret_value)
{
    struct str first = str_cut(&item, '.');
    if (str_is_absent(item) || str_to_u64(first, first_max, &numbers[0]) != OK)
        return CORRUPT;
    struct str second = str_cut(&item, '.');
    if (str_is_absent(item) || str_to_u64(second, second_max, &numbers[1]) != OK)
        return CORRUPT;
    return take_value(item, ret_value);
}

static struct str text_of_line(struct arena *arena, struct str line)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    while (!str_is_absent(line)) {
        buf_add(&text, str_slice(line, 0, str_find(line, STR("\\n"))));
        size_t at = str_find(line, STR("\\n"));
        line = at == SIZE_MAX ? STR_NONE : str_after(line, at + 2);
        if (!str_is_absent(line))
            buf_add_byte(&text, '\n');
    }
    return buf_status(&text) == OK ? str_copy(arena, buf_str(&text)) : STR_NONE;
}

static enum status read_place(struct arena *arena, struct str survey, struct str item, uint64_t vocabulary,
                              struct survey_place *place)
{
    uint64_t numbers[2], likeliest = vocabulary;
    TRY(take_three(item, SURVEY_TEXTS - 1, SURVEY_TOKENS - 1, numbers, &place->value));
    struct str line = line_of(survey, numbers[0]), text = str_cut(&line, ';');
    for (uint64_t i = 0; i <= numbers[1]; i++) {
        struct str number = str_cut(&line, ' ');
        if (i == numbers[1] && str_to_u64(number, vocabulary - 1, &likeliest) != OK)
            return CORRUPT;
    }
    place->token = numbers[1];
    place->likeliest = (uint16_t)likeliest;
    place->text = text_of_line(arena, text);
    return str_is_absent(place->text) ? CORRUPT : OK;
}

static enum status read_places(struct arena *arena, struct str survey, struct str items, uint64_t vocabulary,
                               struct survey_neuron *neuron)
{
    while (!str_is_absent(items) && items.len > 0) {
        if (neuron->place_count == SURVEY_PLACES)
            return CORRUPT;
        TRY(read_place(arena, survey, str_cut(&items, ' '), vocabulary, &neuron->places[neuron->place_count++]));
    }
    return OK;
}

static enum status read_pieces(struct str items, uint64_t vocabulary, struct survey_neuron *neuron)
{
    while (!str_is_absent(items) && items.len > 0) {
        struct survey_piece *piece = &neuron->pieces[neuron->piece_count];
        uint64_t numbers[2];
        if (neuron->piece_count++ == SURVEY_PIECES)
            return CORRUPT;
        TRY(take_three(str_cut(&items, ' '), vocabulary - 1, ALL_TOKENS, numbers, &piece->mean));
        piece->piece = (uint16_t)numbers[0];
        piece->seen = (uint32_t)numbers[1];
    }
    return OK;
}

enum status survey_read(struct arena *arena, struct str survey, const struct net_size *size, size_t layer,
                        size_t unit, struct survey_neuron *ret_neuron)
{
    struct survey_neuron neuron = {.place_count = 0};
    REQUIRE(layer < size->layers && unit < size->hidden);
    struct str line = line_of(survey, SURVEY_TEXTS + layer * size->hidden + unit);
    struct str range = str_cut(&line, ';'), places = str_cut(&line, ';');
    if (str_is_absent(line))
        return CORRUPT;
    TRY(take_value(str_cut(&range, ' '), &neuron.least));
    TRY(take_value(str_cut(&range, ' '), &neuron.mean));
    TRY(take_value(range, &neuron.most));
    TRY(read_places(arena, survey, places, size->vocabulary, &neuron));
    TRY(read_pieces(line, size->vocabulary, &neuron));
    *ret_neuron = neuron;
    return OK;
}
