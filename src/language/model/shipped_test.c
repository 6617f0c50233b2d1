#include "language/model/shipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "language/model/dialogue.h"
#include "language/model/speaker.h"

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

/* What a model says today is what its deck says it said, and its card tells its name: they were made together. Another
 * processor rounds otherwise; where two digits are as likely, the choice may differ. */
static void models_say_what_their_decks_say(void **state)
{
    static const struct str names[] = {STR_INIT("nano"), STR_INIT("petit"), STR_INIT("moyen")};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        struct shipped_model shipped;
        struct model model;
        struct speaker *speaker;
        assert_int_equal(shipped_model(names[i], &shipped), OK);
        assert_int_equal(model_read(arena, shipped.file, &model), OK);
        assert_true(str_eq(model.making.name, names[i]) && str_find(shipped.card, names[i]) != SIZE_MAX);
        assert_true(str_find(shipped.card, model.making.data) != SIZE_MAX);
        assert_int_equal(speaker_create(arena, kernel_best(), &model, &speaker), OK);
        assert_true(count_same(speaker, shipped.deck) > ROWS - 5);
    }
    struct shipped_model none;
    assert_int_equal(shipped_model(STR("grand"), &none), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_say_what_their_decks_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
