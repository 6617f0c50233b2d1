/* Game 10 over planted documents: each card's passage is looked for in the words of the document it names. */
#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/dealt.h"
#include "service/games/games_service.h"
#include "service/games/pile.h"
#include "service/source/source.h"

enum { PLANTED = 6 };

static char words[PLANTED][4000], titles[PLANTED][40];

static const char *const licences[PLANTED] = {"etalab-2.0", "etalab-2.0", "cc-by-4.0",
                                              "reserve",    "oppose",     "acte-officiel"};

static const char *const names[PLANTED] = {"écoles", "marchés", "salles", "bains", "refus", "voiries"};

static void write_words(size_t i)
{
    static const char *const lines[] = {
        "La règle %c ouvre le guichet à 9 heures et le ferme avant 1%c heures.\n",
        "- Le point %c de ce texte ne porte aucun nombre dans sa phrase %c.\n",
    };
    size_t len = (size_t)snprintf(words[i], sizeof words[i], "# Titre du règlement numéro %zu du guichet\n\n", i);
    for (int line = 0; line < 12; line++) {
        bool is_item = line % 3 == 2;
        len += (size_t)snprintf(words[i] + len, sizeof words[i] - len, lines[is_item], 'a' + (int)i,
                                is_item ? 'a' + line : '0' + line % 8);
    }
}

static void plant_words(size_t i, struct str text_words)
{
    struct ctx ctx = test_ctx(&test);
    snprintf(titles[i], sizeof titles[i], "Règlement des %s", names[i]);
    struct document_text text = {.document = {.collection = STR("ville"),
                                              .key = str_of(titles[i]),
                                              .title = str_of(titles[i]),
                                              .authors = STR("Conseil municipal"),
                                              .publisher = STR("Beauval"),
                                              .licence = str_of(licences[i]),
                                              .link = STR(""),
                                              .written = date_of(2026, 3, 12)},
                                 .words = text_words};
    enum document_change change;
    int64_t id;
    assert_int_equal(DO(&test, document_put(&ctx, &text, &change, &id)), OK);
}

static void plant(size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        write_words(i);
        plant_words(i, str_of(words[i]));
    }
}

static size_t named(struct str text)
{
    for (size_t i = 0; i < PLANTED; i++)
        if (str_find(text, str_of(titles[i])) != SIZE_MAX)
            return i;
    fail();
    return 0;
}

static bool is_true(struct str line)
{
    struct str open = STR("«\u00a0"), close = STR("\u00a0» Ces mots");
    size_t end = str_find(line, close);
    if (end == SIZE_MAX) { /* a right */
        const char *licence = licences[named(line)];
        return str_find(line, STR("montré en entier")) != SIZE_MAX && strcmp(licence, "reserve") != 0;
    }
    struct str passage = str_slice(line, open.len, end);
    return str_find(str_of(words[named(str_after(line, end))]), passage) != SIZE_MAX;
}

static void passages_stand_where_cards_say(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    plant(0, PLANTED);
    for (int64_t seed = 0; seed < 60; seed++) {
        size_t trues = 0, rights = 0;
        assert_int_equal(game_trace.draw(&ctx, seed, cards), OK);
        assert_int_equal(game_trace.draw(&ctx, seed, again), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            if (is_true(cards[i].line) != cards[i].is_true)
                fail_msg("seed %d: %.*s", (int)seed, STR_ARG(cards[i].line));
            assert_true(str_eq(cards[i].line, again[i].line));
            assert_true(str_starts(cards[i].link, STR("/sources/")));
            assert_int_not_equal(named(cards[i].line), 4); /* its right holder lets nothing be quoted */
            trues += cards[i].is_true;
            rights += str_find(cards[i].line, STR("Ces mots")) == SIZE_MAX;
        }
        assert_int_equal(rights, 2);
        assert_true(trues == 4 || trues == 5);
    }
}

/* Only the words of texts that are shown whole are altered. */
static void reserved_words_are_not_altered(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    size_t altered = 0;
    plant(0, PLANTED);
    for (int64_t seed = 0; seed < 60; seed++) {
        assert_int_equal(game_trace.draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++)
            if (str_find(cards[i].verdict, STR("Un nombre")) != SIZE_MAX) {
                assert_int_not_equal(named(cards[i].line), 3);
                altered++;
            }
    }
    assert_true(altered > 0);
}

/* The link of a card leads to the line it was taken from. */
static void links_mark_the_line(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    struct str body;
    size_t seen = 0;
    plant(0, PLANTED);
    assert_int_equal(game_trace.draw(&ctx, 7, cards), OK);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        struct str line = cards[i].line, path = cards[i].link;
        size_t end = str_find(line, STR("\u00a0» Ces mots"));
        if (end == SIZE_MAX || !cards[i].is_true || strcmp(licences[named(line)], "reserve") == 0)
            continue;
        assert_int_equal(test_page(&test, str_c(test.arena, str_cut(&path, '#')), NULL, &body), 200);
        struct str marked = str_after(body, str_find(body, STR("<mark>")) + 6);
        marked = str_slice(marked, 0, str_find(marked, STR("</mark>")));
        assert_true(str_find(marked, str_slice(line, 4, end)) != SIZE_MAX);
        seen++;
    }
    assert_true(seen > 0);
}

/* Six documents as large as they may be: a draw reads a few and looks into little of each, and says what is so. */
static void large_documents_are_read_in_part(void **state)
{
    (void)state;
    /* No article is another with a figure changed. */
    static const char form[] = "L’article %d du texte %zu ouvre à %d heures et ferme à %d heures. Un second alinéa du "
                               "même article en dit le reste sans nombre, et il le dit en autant de mots qu’il en "
                               "faut à une ligne de règlement, ni plus ni moins que cela.\n";
    enum { LINE_MAX = 400 };
    static char large[DOCUMENT_WORDS_MAX];
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; i < PLANTED; i++) {
        size_t len = 0;
        for (int line = 0; len < sizeof large - LINE_MAX; line++)
            len += (size_t)snprintf(large + len, LINE_MAX, form, line, i, 8 + line % 4, 14 + line % 7);
        plant_words(i, (struct str){large, len});
    }
    for (int64_t seed = 0; seed < 20; seed++) {
        struct arena *arena ARENA_SCOPE = arena_create(2 << 20); /* one document is twice as much */
        struct pile *pile = arena_new(arena, struct pile);
        *pile = (struct pile){.reading = ctx, .seeded = {(uint64_t)seed}};
        pile->reading.arena = arena;
        assert_int_equal(pile_read(pile, PLANTED), OK);
        assert_int_equal(pile->count, PLANTED - 1);
        for (size_t i = 0; i < pile->count; i++)
            assert_in_range(pile->documents[i].count, 1, 600);
        assert_int_equal(game_trace.draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++)
            assert_true(cards[i].line.len > 0);
    }
}

/* What was dealt is dealt again, and not when a source has changed. */
static void cards_are_kept_while_the_sources_stand(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    struct dealt_memory *memory;
    struct dealt_key key = {.game = &game_trace, .seed = 7, .language = ctx.language};
    plant(0, PLANTED);
    assert_int_equal(machine_dealt(&ctx, &memory), OK);
    assert_int_equal(document_state(&ctx, &key.state), OK);
    assert_int_equal(dealt_find(memory, &key, test.arena, cards), NOT_FOUND);
    assert_int_equal(game_trace.draw(&ctx, 7, cards), OK);
    assert_int_equal(dealt_find(memory, &key, test.arena, cards), OK);
    size_t gone = named(cards[0].line);
    key.language = LANGUAGE_EN;
    assert_int_equal(dealt_find(memory, &key, test.arena, cards), NOT_FOUND);
    assert_int_equal(DO(&test, document_withdraw(&ctx, (int64_t)gone + 1, STR("removed"))), OK);
    for (int64_t seed = 7; seed < 7 + 3 * DEALT_MAX; seed++) {
        assert_int_equal(game_trace.draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++)
            assert_int_not_equal(named(cards[i].line), gone);
    }
    assert_int_equal(document_state(&ctx, &key.state), OK);
    key.language = ctx.language;
    assert_int_equal(dealt_find(memory, &key, test.arena, cards), NOT_FOUND); /* a handful of entries */
    key.seed = 7 + 3 * DEALT_MAX - 1;
    assert_int_equal(dealt_find(memory, &key, test.arena, cards), OK);
}

static void pages_answer(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/where-from", NULL, &body), 200);
    assert_has(body, "Pas encore assez de sources");
    plant(0, 4);
    assert_int_equal(test_page(&test, "/games/where-from?seed=7", NULL, &body), 200);
    assert_has(body, "Pas encore assez de sources");
    plant(4, PLANTED);
    assert_int_equal(test_page(&test, "/games/where-from?seed=7", NULL, &body), 200);
    assert_has(body, "Carte 1 sur 10");
    assert_int_equal(test_page(&test, "/games/where-from?seed=7&moves=30", NULL, &body), 200);
    assert_has(body, "class=\"stamp");
    assert_has(body, "<a href=\"/sources/");
    assert_has(body, "Conseil municipal");
    static const char *const wrong[] = {"seed=x", "seed=-1", "seed=1000000", "seed=7&moves=101", "seed=7&moves=a"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[100];
        snprintf(path, sizeof path, "/games/where-from?%s", wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 404);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(passages_stand_where_cards_say, open_games, close_games),
        cmocka_unit_test_setup_teardown(reserved_words_are_not_altered, open_games, close_games),
        cmocka_unit_test_setup_teardown(links_mark_the_line, open_games, close_games),
        cmocka_unit_test_setup_teardown(large_documents_are_read_in_part, open_games, close_games),
        cmocka_unit_test_setup_teardown(cards_are_kept_while_the_sources_stand, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_answer, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
