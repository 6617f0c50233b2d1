/* What is printed of each game, read back by others: pdftotext and pdfinfo (poppler-utils). */
#include "service/games/test_games.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "document/pdf.h"
#include "document/test_tool.h"
#include "service/games/games_service.h"
#include "service/games/frame.h"
#include "service/games/lang.h"
#include "service/games/paper/paper.h"
#include "service/games/paper/printed.h"
#include "service/games/paper/workshop.h"

static struct pdf_fonts *fonts;
static struct str body;
static char file[] = "/tmp/parvis-print-XXXXXX";

static int set_up(void **state)
{
    (void)open_games(state);
    test.town.fonts = fonts;
    return 0;
}

static int open_fonts(void **state)
{
    (void)state;
    int fd = mkstemp(file);
    return fd < 0 || close(fd) != 0 || pdf_fonts_open(&fonts) != OK ? -1 : 0;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return unlink(file);
}

/* What the program says of the PDF at that path. "%s" in the command is the file. */
static struct str said_of(const char *path, const char *command)
{
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_true(str_starts(body, STR("%PDF-1.")));
    tool_put(file, body);
    return str_of(tool_ask(command, file));
}

static const char *path_of(const struct game *game, const char *sheet)
{
    return str_format(test.arena, "/games/print/%s-7-%s.pdf", game->slug, sheet).at;
}

/* Without blanks and breaks of lines: where these stand is the page's. */
static struct str flat(struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(TOOL_SAID_MAX);
    for (size_t i = 0; i < text.len; i++) {
        bool is_no_break = i + 1 < text.len && memcmp(text.at + i, "\xC2\xA0", 2) == 0;
        bool is_narrow = i + 2 < text.len && memcmp(text.at + i, "\xE2\x80\xAF", 3) == 0;
        if (is_no_break || is_narrow)
            i += is_narrow ? 2 : 1;
        else if (strchr(" \n\f", text.at[i]) == NULL)
            buf_add_byte(&out, text.at[i]);
    }
    return str_copy(test.arena, buf_str(&out));
}

#define assert_says(text, words) assert_true(str_find((text), flat(STR(words))) != SIZE_MAX)

/* No game's sheets are empty but the cards of game 10 in a town that has no sources. */
static void each_game_has_its_sheets_in_both_languages(void **state)
{
    (void)state;
    static const char *const sheets[] = {"animator", "cards", "certificate"};
    tool_need("pdfinfo");
    for (size_t g = 0; game_all[g] != NULL; g++)
        for (size_t i = 0; i < 6; i++) {
            const char *path = path_of(game_all[g], sheets[i % 3]);
            test.language = i < 3 ? LANGUAGE_FR : LANGUAGE_EN;
            if (game_all[g] == &game_trace && i % 3 == 1) {
                assert_int_equal(test_page(&test, path, NULL, &body), 404);
                continue;
            }
            struct str said = said_of(path, "pdfinfo -enc UTF-8 %s");
            assert_has(said, "Tagged:          yes");
            assert_true(str_find(flat(said), flat(text_of(test.language, game_all[g]->title))) != SIZE_MAX);
        }
}

/* Whatever the seed draws finds room on its card. */
static void cards_of_many_seeds_fit(void **state)
{
    (void)state;
    for (size_t g = 0; game_all[g] != NULL; g++)
        for (int seed = 1; game_all[g]->draw != NULL && game_all[g] != &game_trace && seed <= 20; seed++) {
            struct str path = str_format(test.arena, "/games/print/%s-%d-cards.pdf", game_all[g]->slug, seed);
            assert_int_equal(test_page(&test, str_c(test.arena, path), NULL, &body), 200);
        }
}

static void the_leader_has_answers_and_the_cards_have_none(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    tool_need("pdfinfo");
    assert_int_equal(game_card.draw(&ctx, 7, cards), OK);
    struct str leader = flat(said_of(path_of(&game_card, "animator"), "pdfinfo -enc UTF-8 -struct-text %s"));
    struct str cut = flat(said_of(path_of(&game_card, "cards"), "pdfinfo -enc UTF-8 -struct-text %s"));
    for (size_t i = 0; i < GAME_CARDS; i++) {
        struct str line = flat(cards[i].line);
        assert_true(str_find(leader, line) != SIZE_MAX && str_find(cut, line) != SIZE_MAX);
        assert_true(str_find(cut, flat(cards[i].verdict)) == SIZE_MAX);
        assert_true(str_find(leader, flat(cards[i].verdict)) != SIZE_MAX);
    }
    assert_says(leader, "Vrai. Cette ligne est celle du registre");
    assert_says(leader, "SHA-256");
    assert_says(leader, "seed=7");
    assert_true(str_find(cut, flat(STR("celle du registre"))) == SIZE_MAX);
}

/* Of a game that opens with its bench: that on paper, and behind it the ten cards of screens and rooms. */
static void a_bench_on_paper_has_the_ten_cards_behind_it(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    tool_need("pdfinfo");
    for (size_t g = 0; game_all[g] != NULL; g++) {
        if (!game_all[g]->begins_with_bench)
            continue;
        assert_int_equal(game_all[g]->draw(&ctx, 7, cards), OK);
        struct str leader = flat(said_of(path_of(game_all[g], "animator"), "pdfinfo -enc UTF-8 -struct-text %s"));
        struct str cut = flat(said_of(path_of(game_all[g], "cards"), "pdfinfo -enc UTF-8 -struct-text %s"));
        for (size_t i = 0; i < GAME_CARDS; i++) {
            struct str line = flat(cards[i].line), verdict = flat(cards[i].verdict);
            assert_true(str_find(leader, line) != SIZE_MAX && str_find(cut, line) != SIZE_MAX);
            assert_true(str_find(leader, verdict) != SIZE_MAX && str_find(cut, verdict) == SIZE_MAX);
        }
    }
}

static void a_workshop_needs_nothing_beside_its_sheet(void **state)
{
    (void)state;
    tool_need("pdftotext");
    struct str said = flat(said_of("/games/workshop/workshop-60.pdf", "pdftotext -enc UTF-8 %s -"));
    assert_says(said, "Si le projecteur ou le réseau s’arrête");
    assert_says(said, "45 à 60");
    assert_says(said, "Attestation");
    assert_says(said, "Pour l’animateur seul");
    test.language = LANGUAGE_EN;
    assert_says(flat(said_of("/games/workshop/workshop-20.pdf", "pdftotext -enc UTF-8 %s -")), "If the projector");
    assert_int_equal(test_page(&test, "/games/workshop/workshop-30.pdf", NULL, &body), 404);
}

/* A second time it is the same file, not laid out again; of another town it is another. */
static void a_workshop_asked_for_again_is_at_hand(void **state)
{
    (void)state;
    struct place *place = &test.town.place;
    struct str title = place->title, first, again, other;
    const char *path = "/games/workshop/workshop-60.pdf";
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    first = str_copy(test.arena, body);
    assert_int_equal(printed_count(&test.town), 1);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    again = str_copy(test.arena, body);
    assert_true(str_eq(first, again));
    assert_true(str_eq(test_response.content_type, STR("application/pdf")) && test_response.is_unlisted);
    assert_int_equal(printed_count(&test.town), 1);
    place->title = STR("Autre");
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    other = str_copy(test.arena, body);
    assert_false(str_eq(first, other));
    assert_int_equal(printed_count(&test.town), 2);
    place->title = title;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_true(str_eq(first, body));
    assert_int_equal(printed_count(&test.town), 2);
}

static int minutes_of(struct ctx *ctx, enum text_key plan, int begins)
{
    struct workshop_step steps[WORKSHOP_STEPS_MAX];
    size_t count = 0;
    assert_int_equal(workshop_steps(ctx, plan, begins, steps, &count), OK);
    assert_true(count > 2);
    return steps[count - 1].to - begins;
}

/* In both languages, and with what stands in for a game. */
static void the_minutes_of_a_workshop_add_up(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    for (int i = 0; i < 2 * WORKSHOPS; i++) {
        const struct workshop *workshop = &workshops[i / 2];
        int begins = 0;
        ctx.language = i % 2 == 0 ? LANGUAGE_FR : LANGUAGE_EN;
        for (size_t leg = 0; leg < workshop->leg_count; leg++) {
            const struct workshop_leg *of = &workshop->legs[leg];
            assert_int_equal(minutes_of(&ctx, of->plan, begins), of->minutes);
            if (of->instead != NULL)
                assert_int_equal(minutes_of(&ctx, of->instead_plan, begins), of->minutes);
            begins += of->minutes;
        }
        if (workshop->debate > 0)
            assert_int_equal(minutes_of(&ctx, T_games_workshop_plan_debate, begins), workshop->debate);
        assert_int_equal(begins + workshop->debate, workshop->minutes);
    }
}

/* A question without its reply would leave its leader alone; a game without words on paper would print none. */
static void every_game_has_its_words_on_paper(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; game_all[i] != NULL; i++) {
        const struct game *game = game_all[i];
        struct str *lines;
        size_t questions, replies, skills;
        assert_int_equal(frame_lines(&ctx, game->debate, &lines, &questions), OK);
        assert_int_equal(frame_lines(&ctx, game->answers, &lines, &replies), OK);
        assert_int_equal(questions, replies);
        assert_int_equal(frame_lines(&ctx, game->skills, &lines, &skills), OK);
        assert_true(questions > 0 && skills == 3 && game->unplugged != T_none);
    }
}

/* What is read, asked and answered of a paper, whatever the seed. */
static void every_paper_can_be_played(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct paper paper;
    for (size_t i = 0; game_all[i] != NULL; i++)
        for (int64_t seed = 1; seed < 6; seed++) {
            if (game_all[i] == &game_trace)
                continue; /* this town has no sources */
            assert_int_equal(paper_of(&ctx, game_all[i], seed, &paper), OK);
            assert_true(paper.card_count >= 9 && paper.key_count >= 6 && paper.vote_count >= 2);
            for (size_t card = 0; card < paper.card_count; card++)
                assert_true(paper.cards[card].big.len > 2 && paper.cards[card].small.len > 2);
            for (size_t key = 0; key < paper.key_count; key++)
                assert_true(paper.keys[key].answer.len > 2 && paper.keys[key].asked.len > 2);
        }
    assert_int_equal(paper_of(&ctx, &game_trace, 7, &paper), NOT_FOUND);
}

static void one_commune_is_read_five_times_and_one_never(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct paper paper;
    assert_int_equal(paper_of(&ctx, &game_feed, 7, &paper), OK);
    assert_int_equal(paper.card_count, 12);
    for (size_t key = 0; key < paper.key_count; key++) {
        static const size_t readings[] = {5, 3, 2, 1, 1, 0};
        struct str asked = paper.keys[key].asked, name = str_cut(&asked, ',');
        size_t read = 0;
        for (size_t card = 0; card < paper.card_count; card++)
            read += str_starts(paper.cards[card].big, str_format(test.arena, "%.*s\u00A0: ", STR_ARG(name)));
        assert_int_equal(read, readings[key]);
        assert_true(paper.keys[key].answer.len >= 6); /* five figures and a point */
    }
}

static void the_same_sheet_twice_is_the_same_bytes(void **state)
{
    (void)state;
    const char *path = path_of(&game_cut, "animator");
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    struct str once = str_copy(test.arena, body);
    test.now.ms += 86400000;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_true(str_eq(once, body));
}

static void what_is_no_sheet_is_not_found(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/games/print/true-or-invented-7-answers.pdf", "/games/print/true-or-invented-1000000-cards.pdf",
        "/games/print/true-or-invented--1-cards.pdf",  "/games/print/true-or-invented-x-cards.pdf",
        "/games/print/nothing-7-cards.pdf",            "/games/print/true-or-invented-7-cards.txt",
        "/games/print/-.pdf",                          "/games/print/.pdf",
        "/games/print?game=nothing&seed=7",            "/games/print?game=true-or-invented&seed=-1"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_int_equal(test_page(&test, paths[i], NULL, &body), 404);
}

static void the_tab_offers_the_sheets(void **state)
{
    (void)state;
    assert_int_equal(test_page(&test, "/games/print?game=true-or-invented&seed=7&level=child", NULL, &body), 200);
    assert_has(body, "/games/print/true-or-invented-7-animator.pdf");
    assert_has(body, "/games/print/true-or-invented-7-cards.pdf");
    assert_has(body, "/games/print/true-or-invented-7-certificate.pdf");
    assert_int_equal(test_page(&test, "/games/print?game=true-or-invented", NULL, &body), 303);
    assert_int_equal(test_page(&test, "/games/workshop", NULL, &body), 200);
    assert_has(body, "/games/workshop/workshop-20.pdf");
    assert_has(body, "/games/workshop/workshop-60.pdf");
}

static void without_fonts_the_page_says_what_lacks(void **state)
{
    (void)state;
    test.town.fonts = NULL;
    assert_int_equal(test_page(&test, "/games/print?game=true-or-invented&seed=7", NULL, &body), 200);
    assert_has(body, "fonts-dejavu-core");
    assert_lacks(body, ".pdf\"");
    assert_int_equal(test_page(&test, path_of(&game_card, "cards"), NULL, &body), 404);
    assert_has(body, "fonts-dejavu-core");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_game_has_its_sheets_in_both_languages, set_up, close_games),
        cmocka_unit_test_setup_teardown(cards_of_many_seeds_fit, set_up, close_games),
        cmocka_unit_test_setup_teardown(the_leader_has_answers_and_the_cards_have_none, set_up, close_games),
        cmocka_unit_test_setup_teardown(a_bench_on_paper_has_the_ten_cards_behind_it, set_up, close_games),
        cmocka_unit_test_setup_teardown(a_workshop_needs_nothing_beside_its_sheet, set_up, close_games),
        cmocka_unit_test_setup_teardown(a_workshop_asked_for_again_is_at_hand, set_up, close_games),
        cmocka_unit_test_setup_teardown(the_minutes_of_a_workshop_add_up, set_up, close_games),
        cmocka_unit_test_setup_teardown(every_game_has_its_words_on_paper, set_up, close_games),
        cmocka_unit_test_setup_teardown(every_paper_can_be_played, set_up, close_games),
        cmocka_unit_test_setup_teardown(one_commune_is_read_five_times_and_one_never, set_up, close_games),
        cmocka_unit_test_setup_teardown(the_same_sheet_twice_is_the_same_bytes, set_up, close_games),
        cmocka_unit_test_setup_teardown(what_is_no_sheet_is_not_found, set_up, close_games),
        cmocka_unit_test_setup_teardown(the_tab_offers_the_sheets, set_up, close_games),
        cmocka_unit_test_setup_teardown(without_fonts_the_page_says_what_lacks, set_up, close_games),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
