#include "language/source/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "language/plain.h"
#include "language/source/quote.h"
#include "language/source/refusal.h"
#include "language/stem.h"
#include "language/token.h"

struct shelf {
    struct arena *arena;
    struct stemmer *stemmer;
    struct buf image;
    struct library library;
};

static const struct {
    const char *id, *title, *text;
} texts[] = {
    {"passport", "Combien coûte un passeport ?",
     "Le passeport coûte 86 € pour un adulte.\n# Délai\nLe délai dépend de la mairie.\nIl faut compter 3 semaines.\n"},
    {"identity", "Carte nationale d'identité",
     "La carte nationale d'identité est gratuite.\n# Perte\nEn cas de perte, elle coûte 25 €.\n"},
    {"registration", "Certificat d'immatriculation", "Le certificat d'immatriculation se demande en ligne.\n"},
    {"benefit", "Revenu de solidarité active", "Le revenu de solidarité active est versé par la caisse.\nPasseport.\n"},
    {"family", "Acte de naissance", "L'acte de naissance se demande à la mairie du lieu de naissance.\n"},
};

static struct shelf make(void)
{
    struct shelf shelf = {.arena = arena_create(16 << 20), .stemmer = stemmer_create(), .image = BUF_INIT(16 << 20)};
    struct library_builder *builder = library_builder_create();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct source source = {.id = str_of(texts[i].id), .title = str_of(texts[i].title), .theme = STR("Papiers")};
        assert_int_equal(source_of_text(shelf.arena, str_of(texts[i].text), &source), OK);
        assert_int_equal(library_builder_add(builder, &source), OK);
    }
    assert_int_equal(library_builder_end(builder, &shelf.image), OK);
    library_builder_destroy(builder);
    library_builder_destroy(NULL);
    assert_int_equal(library_open(buf_str(&shelf.image), &shelf.library), OK);
    return shelf;
}

static void end(struct shelf *shelf)
{
    arena_destroy(&shelf->arena);
    stemmer_destroy(shelf->stemmer);
    buf_finish(&shelf->image);
}

/* The id of what is found first; "" when nothing is. */
static struct str first_of(struct shelf *shelf, const char *text)
{
    struct question question;
    struct search search = {&shelf->library, &search_defaults, LIBRARY_NONE};
    struct search_result results[3];
    size_t count;
    assert_int_equal(question_read(shelf->arena, &shelf->library, shelf->stemmer, str_of(text), &question), OK);
    assert_int_equal(search_run(shelf->arena, &search, &question, results, 3, &count), OK);
    return count > 0 ? library_source(&shelf->library, results[0].source).id : STR("");
}

static void is_first(struct shelf *shelf, const char *text, const char *id)
{
    struct str found = first_of(shelf, text);
    if (!str_eq(found, str_of(id)))
        print_error("%s: %.*s\n", text, STR_ARG(found));
    assert_true(str_eq(found, str_of(id)));
}

static void sources_come_back_as_they_were(void **state)
{
    (void)state;
    struct shelf shelf = make();
    assert_int_equal(shelf.library.source_count, sizeof texts / sizeof texts[0]);
    assert_int_equal(library_source_of_id(&shelf.library, STR("identity")), 1);
    assert_int_equal(library_source_of_id(&shelf.library, STR("nobody")), LIBRARY_NONE);
    struct source source = library_source(&shelf.library, 0);
    assert_true(str_eq(source.title, str_of(texts[0].title)));
    assert_true(str_eq(source_block_text(&source, 1), STR("Délai")));
    end(&shelf);
}

static void questions_find_their_source(void **state)
{
    (void)state;
    struct shelf shelf = make();
    is_first(&shelf, "combien coûte le passeport", "passport");
    is_first(&shelf, "prix des passeports", "passport");
    is_first(&shelf, "L\u2019ACTE DE NAISSANCE", "family");
    is_first(&shelf, "cni perdue", "identity");
    is_first(&shelf, "où refaire sa carte grise ?", "registration");
    is_first(&shelf, "rsa", "benefit");
    is_first(&shelf, "paseport", "passport");
    is_first(&shelf, "certificat d'imatriculation", "registration");
    is_first(&shelf, "", "");
    is_first(&shelf, "de la et le", "");
    is_first(&shelf, "xylophone", "");
    end(&shelf);
}

static void long_questions_are_refused(void **state)
{
    (void)state;
    struct shelf shelf = make();
    struct question question;
    char text[QUESTION_TEXT_MAX + 1];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof text; i += 3)
        text[i] = ' ';
    struct str most = {text, QUESTION_TEXT_MAX}, more = {text, QUESTION_TEXT_MAX + 1};
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, most, &question), OK);
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, more, &question), LIMIT);
    end(&shelf);
}

static void quotes_are_bytes_of_their_source(void **state)
{
    (void)state;
    struct shelf shelf = make();
    struct question question;
    struct quote quotes[QUOTES_MAX];
    size_t count;
    struct str text = STR("quel délai pour un passeport ?");
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, text, &question), OK);
    assert_int_equal(question.kind, QUESTION_WHEN);
    assert_int_equal(quote_find(shelf.arena, &shelf.library, &question, 0, quotes, &count), OK);
    assert_int_equal(count, 2);
    struct source source = library_source(&shelf.library, 0);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(quotes[i].text.at, source.text.at + quotes[i].offset);
        assert_true(quotes[i].offset + quotes[i].text.len <= source.text.len);
    }
    end(&shelf);
}

static void quotes_stand_best_first_and_none_fills_up(void **state)
{
    (void)state;
    struct library library;
    struct question question;
    struct quote quotes[QUOTES_MAX];
    struct source source = {.id = STR("1"), .title = STR("Déchèterie")};
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct library_builder *builder = library_builder_create();
    struct stemmer *stemmer = stemmer_create();
    struct buf image BUF_SCOPE = BUF_INIT(1 << 22);
    size_t count;
    assert_int_equal(source_of_text(arena,
                                    STR("Le conseil a délibéré.\nLa séance fut longue.\nLe maire a signé.\n"
                                        "La déchèterie ouvre à 9 h en semaine.\n"
                                        "La déchèterie ouvre le dimanche à 10 h en été."),
                                    &source),
                     OK);
    assert_int_equal(library_builder_add(builder, &source), OK);
    assert_int_equal(library_builder_end(builder, &image), OK);
    assert_int_equal(library_open(buf_str(&image), &library), OK);
    struct str asked = STR("La déchèterie ouvre-t-elle le dimanche ?");
    assert_int_equal(question_read(arena, &library, stemmer, asked, &question), OK);
    assert_int_equal(quote_find(arena, &library, &question, 0, quotes, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(quotes[0].text, STR("La déchèterie ouvre le dimanche à 10 h en été.")));
    assert_true(str_eq(quotes[1].text, STR("La déchèterie ouvre à 9 h en semaine.")));
    stemmer_destroy(stemmer);
    library_builder_destroy(builder);
}

static void what_has_no_source_is_refused(void **state)
{
    (void)state;
    struct shelf shelf = make();
    struct question question;
    struct search_result results[3];
    struct search search = {&shelf.library, &search_defaults, LIBRARY_NONE};
    size_t count;
    struct str asked = STR("Combien coûte un passeport ?"), other = STR("quelle piscine coûte combien dimanche");
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, asked, &question), OK);
    assert_int_equal(search_run(shelf.arena, &search, &question, results, 3, &count), OK);
    assert_false(refusal_of(&refusal_weights, &question, results, count));
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, other, &question), OK);
    assert_int_equal(search_run(shelf.arena, &search, &question, results, 3, &count), OK);
    assert_true(refusal_of(&refusal_weights, &question, results, count));
    assert_true(refusal_of(&refusal_weights, &question, results, 0));
    end(&shelf);
}

/* The model of towns: words of asking are none of the subject's; what has little of the question is no answer. */
static void turns_of_asking_mean_nothing(void **state)
{
    (void)state;
    struct shelf shelf = make();
    struct question question;
    struct str asked = STR("Bonjour, que se passe-t-il en cas de perte du passeport ?");
    assert_int_equal(question_read(shelf.arena, &shelf.library, shelf.stemmer, asked, &question), OK);
    assert_int_equal(question.asked_count, 2);
    assert_true(str_eq(question.slots[0].text, STR("perte")));
    assert_true(str_is_absent(words_of_asking(STR("perte du passeport"))));
    end(&shelf);
}

static void little_of_a_question_is_no_answer(void **state)
{
    (void)state;
    struct refusal_model model = refusal_weights_town;
    struct question question = {.asked_count = 1, .asked_idf = 1, .slots = {{.idf = 1, .stem = 0}}};
    struct search_result result = {.score = 1};
    model.threshold = 0; /* what it weighs besides keeps all */
    result.features[FEATURE_COVER] = model.cover;
    assert_false(refusal_of(&model, &question, &result, 1));
    result.features[FEATURE_COVER] = model.cover - 0.01F;
    assert_true(refusal_of(&model, &question, &result, 1));
    assert_true(refusal_weights_town.cover >= 0.5F);
}

static void an_empty_library_refuses(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf image BUF_SCOPE = BUF_INIT(1 << 20);
    struct stemmer *stemmer = stemmer_create();
    struct library_builder *builder = library_builder_create();
    struct library library;
    struct question question;
    struct search_result results[3];
    size_t count;
    assert_int_equal(library_builder_end(builder, &image), OK);
    assert_int_equal(library_open(buf_str(&image), &library), OK);
    struct search search = {&library, &search_defaults, LIBRARY_NONE};
    assert_int_equal(question_read(arena, &library, stemmer, STR("passeport"), &question), OK);
    assert_int_equal(search_run(arena, &search, &question, results, 3, &count), OK);
    assert_int_equal(count, 0);
    assert_true(refusal_of(&refusal_weights, &question, results, count));
    library_builder_destroy(builder);
    stemmer_destroy(stemmer);
}

static void damaged_images_are_seen(void **state)
{
    (void)state;
    struct shelf shelf = make();
    struct library library;
    struct str image = buf_str(&shelf.image);
    for (size_t i = 0; i < image.len; i += 7) {
        shelf.image.at[i] ^= 0x40;
        assert_int_equal(library_open(image, &library), CORRUPT);
        shelf.image.at[i] ^= 0x40;
    }
    assert_int_equal(library_open(str_slice(image, 0, image.len - 8), &library), CORRUPT);
    assert_int_equal(library_open(str_slice(image, 0, 10), &library), CORRUPT);
    assert_int_equal(library_open(str_after(image, 1), &library), INVALID);
    assert_int_equal(library_open(image, &library), OK);
    end(&shelf);
}

/* More words than any phase of the end takes in one step: each is found, and the sum over the whole image is right. */
static void a_large_end_goes_in_steps(void **state)
{
    (void)state;
    enum { WORDS = 50000, SOURCES = 5 };
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20), image BUF_SCOPE = BUF_INIT(64 << 20);
    struct library_builder *builder = library_builder_create();
    struct library library;
    for (int s = 0; s < SOURCES; s++) {
        struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
        struct source source = {.id = STR("many"), .title = STR("Beaucoup"), .theme = STR("")};
        buf_clear(&text);
        for (int i = 0; i < WORDS; i++)
            buf_add_format(&text, "mot%c%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26, 'a' + i / 17576);
        assert_int_equal(source_of_text(arena, buf_str(&text), &source), OK);
        assert_int_equal(library_builder_add(builder, &source), OK);
    }
    int steps = 1;
    while (library_builder_step(builder, &image) == BUSY)
        steps++;
    assert_true(steps > 60);
    assert_int_equal(library_open(buf_str(&image), &library), OK);
    assert_int_equal(library.word_count, WORDS + 1);
    for (struct str rest = str_trim(buf_str(&text)); !str_is_absent(rest);) {
        int64_t word = library_word_of(&library, str_cut(&rest, ' '));
        assert_true(word >= 0);
        assert_int_equal(library.words[word].posting_count, SOURCES);
        assert_int_equal(library.stems[library.words[word].stem].source_count, SOURCES);
    }
    for (size_t i = 1; i < library.delete_count; i++)
        assert_true(library.deletes[i - 1].hash <= library.deletes[i].hash);
    struct library made = library_of_made(buf_str(&image));
    assert_memory_equal(&made, &library, sizeof made);
    library_builder_destroy(builder);
}

/* One line of many pieces, with whatever may stand where it is cut: its words are those of the whole. */
static void a_long_line_is_added_in_steps(void **state)
{
    (void)state;
    enum { TURNS = 3000 };
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20), plain BUF_SCOPE = BUF_INIT(4 << 20);
    struct buf image BUF_SCOPE = BUF_INIT(64 << 20);
    struct library_builder *builder = library_builder_create();
    struct source source = {.id = STR("long"), .title = STR("Un titre"), .theme = STR("")};
    struct library library;
    struct str token;
    enum status done;
    for (int i = 0; i < TURNS; i++)
        buf_add_format(&text, "l’été d'%d, aujourd’hui «jusqu'%c' l' école»; 3,20\u00a0€ œuvre-%d e\u0301cole.l'", i,
                       'a' + i % 26, i);
    for (int i = 0; i < 40000; i++) /* and none to cut at */
        buf_add_literal(&text, "é");
    assert_int_equal(source_of_text(arena, buf_str(&text), &source), OK);
    assert_int_equal(source.block_count, 1);
    assert_int_equal(library_builder_add_step(builder), CONFLICT);
    assert_int_equal(library_builder_add_begin(builder, &source), OK);
    assert_int_equal(library_builder_add_begin(builder, &source), CONFLICT);
    assert_int_equal(library_builder_step(builder, &image), CONFLICT);
    size_t steps = 1;
    while ((done = library_builder_add_step(builder)) == BUSY)
        steps++;
    assert_int_equal(done, OK);
    assert_true(steps >= 5);
    assert_int_equal(library_builder_end(builder, &image), OK);
    library_builder_destroy(builder);
    assert_int_equal(library_open(buf_str(&image), &library), OK);
    plain_write(&plain, source_block_text(&source, 0));
    struct str rest = buf_str(&plain);
    size_t count = 0;
    for (; token_next(&rest, &token); count++) {
        assert_true(count < library.block_tokens[0].token_count);
        uint32_t word = library.tokens[library.block_tokens[0].token_from + count];
        assert_true(str_eq(token, library_word_text(&library, word)));
    }
    assert_int_equal(count, library.block_tokens[0].token_count);
}

/* Whoever changes their mind in the middle frees all. */
static void an_end_may_be_left(void **state)
{
    (void)state;
    for (int steps = 0; steps < 12; steps++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct buf image BUF_SCOPE = BUF_INIT(1 << 20);
        struct library_builder *builder = library_builder_create();
        struct source source = {.id = STR("one"), .title = STR("Un"), .theme = STR("")};
        assert_int_equal(source_of_text(arena, STR("Le passeport coûte 86 €."), &source), OK);
        assert_int_equal(library_builder_add(builder, &source), OK);
        for (int i = 0; i < steps; i++)
            assert_int_equal(library_builder_step(builder, &image), BUSY);
        library_builder_destroy(builder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_come_back_as_they_were),
        cmocka_unit_test(questions_find_their_source),
        cmocka_unit_test(long_questions_are_refused),
        cmocka_unit_test(quotes_are_bytes_of_their_source),
        cmocka_unit_test(quotes_stand_best_first_and_none_fills_up),
        cmocka_unit_test(what_has_no_source_is_refused),
        cmocka_unit_test(turns_of_asking_mean_nothing),
        cmocka_unit_test(little_of_a_question_is_no_answer),
        cmocka_unit_test(an_empty_library_refuses),
        cmocka_unit_test(damaged_images_are_seen),
        cmocka_unit_test(a_large_end_goes_in_steps),
        cmocka_unit_test(a_long_line_is_added_in_steps),
        cmocka_unit_test(an_end_may_be_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
