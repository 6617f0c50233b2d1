/* Game 6: the shipped answers are moyen's, cards are what they say they are, and the bench asks one answer a page. */
#include "service/games/test_moyen.h"

#include <stdio.h>

#include "language/model/shipped.h"
#include "service/games/wordings.h"

enum { SAMPLE = 12, PATH_MAX_BYTES = 600 };

static const struct wordings *the_wordings(void)
{
    const struct wordings *wordings;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_wordings(&ctx, &wordings), OK);
    return wordings;
}

static struct str ask(const struct wordings_case *one, enum wording wording)
{
    struct buf first BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX), last BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    struct talk talk = {.len = 0};
    struct turn *turn = arena_new(test.arena, struct turn);
    variant_question(&first, &one->asked, VARIANT_PLAIN);
    variant_question(&last, &one->asked, wording);
    if (wording == VARIANT_PRESSURE)
        assert_int_equal(turn_say(&talk, moyen.speaker, buf_str(&first), turn), OK);
    assert_int_equal(turn_say(&talk, moyen.speaker, buf_str(&last), turn), OK);
    return (struct str){turn->answer, turn->answer_len};
}

/* What the model says today is what the file says it said, and the strict reader reads it so; as for the other decks,
 * another processor may round otherwise. */
static void the_deck_is_the_models(void **state)
{
    (void)state;
    const struct wordings *wordings = the_wordings();
    const struct table *table;
    struct ctx ctx = test_ctx(&test);
    int same = 0;
    assert_int_equal(machine_table(&ctx, &table), OK);
    assert_int_equal(wordings->count, 600);
    for (size_t i = 0; i < SAMPLE; i++) {
        const struct wordings_case *one = &wordings->cases[i * 50];
        assert_true(variant_is_false(table, &one->asked, one->asked.suggested));
        for (enum wording wording = VARIANT_PLAIN; wording < WORDINGS; wording++) {
            struct variant_answer read = variant_read(table, &one->asked, one->texts[wording]);
            assert_int_equal(read.verdict, one->answers[wording].verdict);
            same += str_eq(ask(one, wording), one->texts[wording]);
        }
    }
    assert_true(same >= SAMPLE * WORDINGS * 9 / 10);
}

static void sums_add_up(void **state)
{
    (void)state;
    const struct wordings *wordings = the_wordings();
    const struct wordings_sum *sum = &wordings->sum;
    int64_t same = 0, read = 0;
    for (size_t i = 0; i < wordings->count; i++)
        for (size_t a = 0; a < WORDINGS; a++)
            for (size_t b = a + 1; b < WORDINGS; b++) {
                const struct variant_answer *one = &wordings->cases[i].answers[a];
                const struct variant_answer *other = &wordings->cases[i].answers[b];
                if (one->verdict == MEASURE_UNCLEAR || other->verdict == MEASURE_UNCLEAR)
                    continue;
                read++;
                same += one->verdict == MEASURE_REFUSED || other->verdict == MEASURE_REFUSED
                            ? one->verdict == other->verdict
                            : str_eq(one->value, other->value);
            }
    assert_int_equal(sum->read, read);
    assert_int_equal(sum->same, same);
    assert_int_equal(sum->ends[VARIANT_HELD] + sum->ends[VARIANT_SWAYED] + sum->ends[VARIANT_CHANGED] +
                         sum->ends[VARIANT_UNREAD],
                     600);
    assert_int_equal(sum->kept_right + sum->kept_wrong + sum->left_right + sum->left_wrong + sum->refusals +
                         sum->ends[VARIANT_UNREAD],
                     600);
    assert_true(sum->kept_right * (sum->left_right + sum->left_wrong) > /* what holds is more often right */
                sum->left_right * (sum->kept_right + sum->kept_wrong));
}

static void a_damaged_deck_is_refused(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    const struct deck *deck;
    struct wordings wordings;
    assert_int_equal(machine_deck(&ctx, MACHINE_MOYEN, &deck), OK);
    char *copy = str_c(test.arena, shipped_wordings());
    assert_int_equal(wordings_read(test.arena, str_of(copy), deck, &wordings), OK);
    char *verdict = strstr(copy, ";true;");
    memcpy(verdict, ";trye;", 6);
    assert_int_equal(wordings_read(test.arena, str_of(copy), deck, &wordings), CORRUPT);
    memcpy(verdict, ";refus", 6);
    assert_int_equal(wordings_read(test.arena, str_of(copy), deck, &wordings), CORRUPT);
    assert_int_equal(wordings_read(test.arena, STR(""), deck, &wordings), CORRUPT);
    assert_int_equal(wordings_read(test.arena, STR("a;b\n"), deck, &wordings), CORRUPT);
}

/* ---- cards ---- */

static bool has_value(const struct game_thought *thought)
{
    return thought->sure != GAME_NOT_SURE;
}

static void cards_hold_half_the_time(void **state)
{
    (void)state;
    const struct game *game = game_find(STR("are-you-sure"));
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    for (int64_t seed = 0; seed < 100; seed++) {
        struct ctx ctx = test_ctx(&test);
        int holds = 0;
        assert_int_equal(game->draw(&ctx, seed, cards), OK);
        assert_int_equal(game->draw(&ctx, seed, again), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            const struct game_thought *first = &cards[i].thoughts[VARIANT_PLAIN];
            const struct game_thought *last = &cards[i].thoughts[VARIANT_PRESSURE];
            holds += cards[i].is_true;
            assert_true(str_eq(cards[i].line, again[i].line));
            assert_true(str_find(cards[i].line, first->said) != SIZE_MAX);
            assert_true(!cards[i].is_true || (has_value(first) && has_value(last)));
            for (size_t k = 0; k < i; k++)
                assert_false(str_eq(cards[i].line, cards[k].line));
        }
        assert_int_equal(holds, GAME_CARDS / 2);
        arena_reset(test.arena);
    }
}

/* ---- pages ---- */

/* A card is a small dialogue: a turn a line. */
static void a_card_has_its_lines(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/are-you-sure?seed=7", NULL, &body), 200);
    assert_has(body, "?<br>");
    assert_lacks(body, "\xEF\xBF\xBD");
}

static void pages_ask_step_by_step(void **state)
{
    (void)state;
    struct str body;
    char path[PATH_MAX_BYTES];
    assert_int_equal(test_page(&test, "/games/wordings", NULL, &body), 200);
    assert_has(body, "Poser la question");
    assert_lacks(body, "id=\"asked\"");
    for (int step = 1; step <= WORDINGS; step++) {
        snprintf(path, sizeof path, "/games/wordings?seed=1&commune=Gien&field=code&step=%d&said=45500",
                 step);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "Le code postal de Gien est 45500.");
        assert_int_equal(str_find(body, STR("Registre")) != SIZE_MAX, step == WORDINGS);
    }
    assert_has(body, "paires de réponses disent la même chose");
    assert_has(body, "parvis model wordings moyen.gguf");
    assert_int_equal(test_page(&test, "/games/wordings?commune=%3Cu%3E&step=1", NULL, &body), 200);
    assert_lacks(body, "<u>");
    assert_int_equal(test_page(&test, "/games/wordings?commune=Gien&suggest=4512a&step=1", NULL, &body), 200);
    assert_has(body, "role=\"alert\"");
    assert_int_equal(test_page(&test, "/games/wordings?commune=Gien&step=6", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/wordings?commune=Gien&field=other", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/machine/moyen.wordings.csv", NULL, &body), 200);
    assert_true(str_starts(body, STR("model;moyen;sha256;")));
}

/* Each answer the player has seen leads on with what was said first, so a page asks once and needs no other page. */
static void pages_lead_on_with_what_was_said(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/wordings?seed=1&commune=Gien&field=code&step=1", NULL, &body), 200);
    assert_has(body, "href=\"/games/wordings?seed=1&amp;commune=Gien&amp;field=code&amp;suggest=&amp;step=2"
                     "&amp;said=45500#last\"");
    size_t asked = moyen.asked;
    assert_int_equal(test_page(&test, "/games/wordings?seed=1&commune=Gien&field=code&step=5&said=45500", NULL, &body),
                     200);
    assert_int_equal(moyen.asked, asked + 1);
    assert_has(body, "Registre");
}

/* A link without it, or with something that was not said, leads once to the one with it. */
static void what_was_said_is_checked(void **state)
{
    (void)state;
    struct str body;
    static const char *const wrong[] = {"", "&said=", "&said=12", "&said=%3Cu%3E"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[PATH_MAX_BYTES];
        snprintf(path, sizeof path, "/games/wordings?seed=1&commune=Gien&field=population&suggest=12&step=5%s",
                 wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 303);
        snprintf(path, sizeof path, "%.*s", STR_ARG(body));
        assert_true(str_find(body, STR("&step=5&said=1")) != SIZE_MAX);
        assert_int_equal(test_page(&test, path, NULL, &body), 200);
        assert_has(body, "est 12 habitants.");
    }
    assert_int_equal(test_page(&test, "/games/wordings?commune=Gien&step=5&said=12345678901234567890"
                                      "123456789012345678901", NULL, &body), 404);
}

/* Whatever an address says, and however often, one request asks once, and for no more than the wordings of its step
 * with the plain one that the pressure answers. */
static void no_address_makes_a_request_cost_more(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        size_t most;
    } addresses[] = {
        {"step=1&tries=8", 1},
        {"step=1&step=5&said=45500", WORDINGS + 1},
        {"step=5&tries=8&said=45500", WORDINGS + 1},
        {"step=5&tries=8", 1},
        {"step=5&said=45500&said=45501&suggest=12&suggest=13&commune=Nantes&field=population", WORDINGS + 1},
        {"step=2&said=45500&temperature=2&count=100&max=1000&seed=2", 2},
    };
    struct str body;
    char path[PATH_MAX_BYTES];
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        size_t asked = moyen.asked, turns = moyen.turns;
        snprintf(path, sizeof path, "/games/wordings?seed=1&commune=Gien&field=code&%s", addresses[i].words);
        (void)test_page(&test, path, NULL, &body);
        assert_int_equal(moyen.asked, asked + 1);
        assert_in_range(moyen.turns - turns, 1, addresses[i].most);
    }
}

static void what_is_to_come_is_said(void **state)
{
    (void)state;
    struct str body;
    moyen.most = 2;
    assert_int_equal(test_page(&test, "/games/wordings?seed=1&commune=Gien&field=code&step=5&said=45500", NULL, &body),
                     200);
    assert_has(body, "La machine réfléchit. Réponses données\u00A0: 2 sur 5.");
    assert_has(body, "data-moving data-stage=\"2\"");
    assert_has(body, "Le code postal de Gien est 45500.");
    assert_lacks(body, "Registre");
    moyen.status = GONE;
    assert_int_equal(test_page(&test, "/games/wordings?seed=1&commune=Gien&field=code&step=1", NULL, &body), 200);
    assert_has(body, "redémarre");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, open_moyen, close_moyen)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_deck_is_the_models),
        CASE(sums_add_up),
        CASE(a_damaged_deck_is_refused),
        CASE(cards_hold_half_the_time),
        CASE(a_card_has_its_lines),
        CASE(pages_ask_step_by_step),
        CASE(pages_lead_on_with_what_was_said),
        CASE(what_was_said_is_checked),
        CASE(no_address_makes_a_request_cost_more),
        CASE(what_is_to_come_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
