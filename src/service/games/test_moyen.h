/* A town whose talks are answered by moyen: for tests, in place of the role model. It remembers nothing, so each asking
 * is said anew. The model is the test's: the town's own must stay unread (close_moyen). */
#ifndef SERVICE_GAMES_TEST_MOYEN_H
#define SERVICE_GAMES_TEST_MOYEN_H

#include "service/games/test_games.h"

#include "core/house_ask.h"
#include "core/talking.h"

static struct {
    struct model model;
    struct speaker *speaker;
    enum status status;
    size_t most;  /* turns it has said by the time it is asked; the rest is to come */
    size_t asked; /* how often */
    size_t turns; /* said in all */
} moyen;

static inline void moyen_turns(struct test_town *town, const struct talking *talking, struct buf *lines)
{
    struct talking_state state = {.stage = TALKING_SAID};
    struct turn *turns = arena_array(town->arena, struct turn, TALKING_TURNS_MAX);
    struct talk talk = {.len = 0};
    for (size_t i = 0; i < talking->count && state.stage == TALKING_SAID; i++) {
        if (talking->begins[i])
            talk.len = 0;
        if (i == moyen.most) {
            state.stage = TALKING_THINKS;
            break;
        }
        enum status done = turn_say(&talk, moyen.speaker, talking->questions[i], &turns[i]);
        assert_true(done == OK || done == LIMIT);
        if (done == LIMIT)
            state.stage = TALKING_TOO_LONG;
        state.count += done == OK;
    }
    house_line_add(lines, &talking_state_shape, &state);
    for (size_t i = 0; i < (size_t)state.count; i++) {
        struct talking_turn said = talking_turn_of(&turns[i]);
        house_line_add(lines, &talking_turn_shape, &said);
    }
    moyen.turns += (size_t)state.count;
}

static inline void moyen_answers(struct test_town *town, const struct web_house *ask, struct web_house *answer)
{
    struct buf lines BUF_SCOPE = BUF_INIT(64 << 10);
    struct talking talking;
    assert_int_equal(ask->kind, HOUSE_TALK);
    assert_int_equal(talking_read(ask->words, &talking), OK);
    moyen.asked++;
    answer->status = moyen.status;
    if (moyen.status == OK)
        moyen_turns(town, &talking, &lines);
    answer->lines = str_copy(town->arena, buf_str(&lines));
}

static inline int open_moyen(void **state)
{
    struct shipped_model shipped;
    (void)open_games(state);
    memset(&moyen, 0, sizeof moyen);
    moyen.most = SIZE_MAX;
    test.parent = moyen_answers;
    assert_int_equal(shipped_model(STR("moyen"), &shipped), OK);
    assert_int_equal(model_read(test.arena, shipped.file, &moyen.model), OK);
    assert_int_equal(speaker_create(test.arena, kernel_best(), &moyen.model, &moyen.speaker), OK);
    return 0;
}

/* A page that said a turn itself would have had to read the model: no test may end so. */
static inline int close_moyen(void **state)
{
    assert_false(machine_is_read(&test.town, MACHINE_MOYEN));
    return close_games(state);
}

#endif
