#include "language/model/shipped.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "language/model/dialogue.h"
#include "language/model/survey.h"

enum { ROWS = 300 };

/* How many of the deck's first rows the model says again. */
static size_t count_same(struct speaker *speaker, struct str deck)
{
    struct speaker_said said[SPEAKER_SAID_MAX];
    size_t count, same = 0;
    str_cut(&deck, '\n'); /* the head */
    for (size_t rows = 0; rows < ROWS; rows++) {
        struct str row = str_cut(&deck, '\n'), cells[8];
        struct buf prompt BUF_SCOPE = BUF_INIT(1000), text BUF_SCOPE = BUF_INIT(1000);
        for (size_t k = 0; k < 8; k++)
            cells[k] = str_cut(&row, ';');
        assert_true(cells[7].len > 2);
        if (speaker->model->making.kind == STREAM_LINES)
            world_prompt(&prompt, cells[1]);
        else
            dialogue_question(&prompt, DIALOGUE_DEPARTMENT, cells[1]);
        speaker_restart(speaker);
        assert_int_equal(speaker_hear_text(speaker, buf_str(&prompt)), OK);
        speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &text);
        same += str_eq(buf_str(&text), str_slice(cells[7], 1, cells[7].len - 1));
    }
    return same;
}

static const struct str names[] = {STR_INIT("nano"), STR_INIT("petit"), STR_INIT("moyen")};

static struct speaker *speaker_of(struct arena *arena, struct str name, struct shipped_model *ret_shipped,
                                  struct model *ret_model)
{
    struct speaker *speaker;
    assert_int_equal(shipped_model(name, ret_shipped), OK);
    assert_int_equal(model_read(arena, ret_shipped->file, ret_model), OK);
    assert_int_equal(speaker_create(arena, kernel_best(), ret_model, &speaker), OK);
    return speaker;
}

/* What a model says today is what its deck says it said, and its card tells its name: they were made together. Another
 * processor rounds otherwise; where two digits are as likely, the choice may differ. */
static void models_say_what_their_decks_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        struct shipped_model shipped;
        struct model model;
        struct speaker *speaker = speaker_of(arena, names[i], &shipped, &model);
        assert_true(str_eq(model.making.name, names[i]) && str_find(shipped.card, names[i]) != SIZE_MAX);
        assert_true(str_find(shipped.card, model.making.data) != SIZE_MAX);
        assert_true(count_same(speaker, shipped.deck) > ROWS - 5);
    }
    struct shipped_model none;
    assert_int_equal(shipped_model(STR("grand"), &none), NOT_FOUND);
}

/* The neuron's value where its survey says it answers most, heard anew. */
static float heard_again(struct speaker *speaker, const struct survey_place *place, size_t layer, size_t unit)
{
    uint16_t tokens[SURVEY_TOKENS];
    size_t count;
    assert_int_equal(survey_cut(&speaker->model->pieces, place->text, tokens, &count), OK);
    assert_true(place->token < count);
    speaker_restart(speaker);
    assert_int_equal(speaker_hear_text(speaker, STR("\n")), OK);
    for (size_t i = 0; i <= place->token; i++)
        assert_int_equal(speaker_hear(speaker, tokens[i]), OK);
    return speaker_neurons(speaker, layer)[unit];
}

/* What a page shows of a neuron was read from a file: the model gives the same today, to rounding. */
static void neurons_answer_what_their_surveys_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        struct shipped_model shipped;
        struct model model;
        struct speaker *speaker = speaker_of(arena, names[i], &shipped, &model);
        const struct net_size *size = &model.net.size;
        for (size_t n = 0; n < size->layers * size->hidden; n += 61) {
            struct survey_neuron neuron;
            assert_int_equal(survey_read(arena, shipped.survey, size, n / size->hidden, n % size->hidden, &neuron),
                             OK);
            assert_int_equal(neuron.place_count, SURVEY_PLACES);
            const struct survey_place *place = &neuron.places[n % SURVEY_PLACES];
            float again = heard_again(speaker, place, n / size->hidden, n % size->hidden);
            assert_true(fabsf(again - place->value) < 0.002F + 0.001F * fabsf(again));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neurons_answer_what_their_surveys_say),
        cmocka_unit_test(models_say_what_their_decks_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
