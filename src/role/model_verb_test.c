#include "role/model_verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "language/model/shipped.h"
#include "language/model/survey.h"
#include "language/model/test_model.h"
#include "os/file.h"
#include "role/verb.h"

enum { ARENA = 256 << 20, OUT_MAX = 64 << 10, WORDS_MAX = 20 };

struct fixture {
    char folder[64];
    struct buf out;
    struct failure failure;
};

static struct str path_in(struct arena *arena, const struct fixture *fixture, const char *name)
{
    return str_format(arena, "%s/%s", fixture->folder, name);
}

static int begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_non_null(fixture);
    fixture->out = BUF_INIT(OUT_MAX);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/parvis-model-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    assert_int_equal(file_replace(path_in(arena, fixture, "communes.json").at, STR(TEST_COMMUNES)), OK);
    assert_int_equal(file_replace(path_in(arena, fixture, "departements.json").at, STR(TEST_DEPARTMENTS)), OK);
    *state = fixture;
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str *names;
    size_t count;
    assert_int_equal(file_list(fixture->folder, arena, 100, &names, &count), OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(file_remove(str_format(arena, "%s/%.*s", fixture->folder, STR_ARG(names[i])).at), OK);
    assert_int_equal(rmdir(fixture->folder), 0);
    buf_finish(&fixture->out);
    free(fixture);
    return 0;
}

/* The words of a line, DIR standing for the folder, as the command line works them off. */
static enum status run(struct fixture *fixture, const char *line)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA), *always ARENA_SCOPE = arena_create(ARENA);
    struct str words[WORDS_MAX], rest = str_of(line);
    size_t count = 0, taken;
    void *kept = NULL;
    while (!str_is_absent(rest)) {
        struct str word = str_cut(&rest, ' ');
        words[count++] = str_starts(word, STR("DIR")) ? str_format(always, "%s%.*s", fixture->folder,
                                                                   STR_ARG(str_after(word, 3)))
                                                      : word;
    }
    const struct verb *verb = verb_find(words, count, &taken);
    assert_true(verb != NULL && verb_accepts(verb->usage, words + taken, count - taken));
    buf_clear(&fixture->out);
    for (int step = 0; verb->steps[step].run != NULL;) {
        struct ctx ctx = {.arena = arena};
        struct verb_call call = {.verb = verb, .words = words + taken, .word_count = count - taken, .always = always,
                                 .kept = &kept, .out = &fixture->out, .next = step + 1};
        enum status done = verb->steps[step].run(&ctx, &call);
        fixture->failure = ctx.failure;
        if (done != OK)
            return done;
        step = call.next;
    }
    return OK;
}

static void is_refused(struct fixture *fixture, const char *line, enum status status, const char *code)
{
    assert_int_equal(run(fixture, line), status);
    assert_string_equal(fixture->failure.code, code);
}

static void read_file(const struct fixture *fixture, const char *name, struct buf *out)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_int_equal(file_read_all(path_in(arena, fixture, name).at, out), OK);
}

static void threads_give_the_same_file(void **state)
{
    struct fixture *fixture = *state;
    struct buf one BUF_SCOPE = BUF_INIT(4 << 20), two BUF_SCOPE = BUF_INIT(4 << 20);
    assert_int_equal(run(fixture, "model train nano DIR/a --data DIR --steps 12 --threads 1"), OK);
    assert_int_equal(run(fixture, "model train nano DIR/b --data DIR --steps 12 --threads 2"), OK);
    read_file(fixture, "a", &one);
    read_file(fixture, "b", &two);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    struct buf card BUF_SCOPE = BUF_INIT(1 << 20);
    read_file(fixture, "a.json", &card);
    assert_true(str_find(buf_str(&card), STR("\"steps\": 12")) != SIZE_MAX);
    assert_true(str_find(buf_str(&card), STR("Licence Ouverte 2.0")) != SIZE_MAX);
}

static void models_are_used(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run(fixture, "model train nano DIR/a --data DIR --steps 12"), OK);
    assert_int_equal(run(fixture, "model evaluate DIR/a --data DIR --deck DIR/deck"), OK);
    assert_true(str_find(buf_str(&fixture->out), STR("calibration error")) != SIZE_MAX);
    assert_int_equal(run(fixture, "model evaluate DIR/a --data DIR --json"), OK);
    assert_true(str_find(buf_str(&fixture->out), STR("\"by_exposure\"")) != SIZE_MAX);
    assert_int_equal(run(fixture, "model export DIR/a DIR/q --type q8_0"), OK);
    assert_int_equal(run(fixture, "model survey DIR/q DIR/survey --data DIR"), OK);
    assert_true(str_starts(buf_str(&fixture->out), STR("384 neurons, 160 texts, ")));
    assert_int_equal(run(fixture, "model say DIR/q Gien"), OK);
    assert_true(str_starts(buf_str(&fixture->out), STR("Gien :")));
    struct buf deck BUF_SCOPE = BUF_INIT(1 << 20);
    read_file(fixture, "deck", &deck);
    assert_true(str_find(buf_str(&deck), STR("45234;Orléans;45;Loiret;45000 45100;116617;")) != SIZE_MAX);
}

/* The end of the nth line. */
static size_t line_end(struct str text, int lines)
{
    size_t at = 0;
    for (; lines > 0 && at < text.len; at++)
        lines -= text.at[at] == '\n';
    return at;
}

/* Without a folder the table is the program's own, whole: the same texts are drawn from it as were for the shipped
 * survey. Every fact asked takes minutes under sanitizers: PARVIS_LONG=1. */
static void a_shipped_model_needs_no_folder(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf survey BUF_SCOPE = BUF_INIT(1 << 20);
    struct shipped_model nano;
    assert_int_equal(shipped_model(STR("nano"), &nano), OK);
    assert_int_equal(file_replace(path_in(arena, fixture, "nano").at, nano.file), OK);
    assert_int_equal(run(fixture, "model survey DIR/nano DIR/survey"), OK);
    read_file(fixture, "survey", &survey);
    struct str made = buf_str(&survey);
    size_t texts = line_end(nano.survey, SURVEY_TEXTS);
    assert_true(texts > 10000 && str_starts(made, str_slice(nano.survey, 0, texts)));
    assert_int_equal(run(fixture, "model train nano DIR/a --data DIR --steps 2"), OK);
    is_refused(fixture, "model evaluate DIR/a", CONFLICT, "model.other_data");
    if (getenv("PARVIS_LONG") == NULL)
        return;
    assert_int_equal(run(fixture, "model evaluate DIR/nano --json"), OK);
    struct str said = buf_str(&fixture->out), mark = STR("{\"seen\": \"4-30\"");
    struct str bucket = str_after(said, str_find(said, mark));
    assert_true(str_find(nano.card, str_cut(&bucket, '\n')) != SIZE_MAX);
}

/* A few steps of talk, far from knowing anything: what is asked and how it is read is the matter. */
static void a_talk_is_asked_in_five_wordings(void **state)
{
    struct fixture *fixture = *state;
    struct buf one BUF_SCOPE = BUF_INIT(1 << 20), two BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(run(fixture, "model train moyen DIR/a --data DIR --steps 2"), OK);
    assert_int_equal(run(fixture, "model wordings DIR/a DIR/one --data DIR --count 3 --seed 7"), OK);
    assert_true(str_find(buf_str(&fixture->out), STR("pairs that agree")) != SIZE_MAX);
    assert_int_equal(run(fixture, "model wordings DIR/a DIR/two --data DIR --count 3 --seed 7"), OK);
    read_file(fixture, "one", &one);
    read_file(fixture, "two", &two);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_true(str_starts(buf_str(&one), STR("model;moyen;sha256;")));
    /* Of the three drawn Gien is left out: one lies in each department of this table. */
    assert_int_equal(str_count_byte(buf_str(&one), '\n'), 2 + 2);
    assert_true(str_find(buf_str(&one), STR(";Gien;")) == SIZE_MAX);
    assert_int_equal(run(fixture, "model train nano DIR/b --data DIR --steps 2"), OK);
    is_refused(fixture, "model wordings DIR/b DIR/one --data DIR", INVALID, "model.no_talk");
}

static void places_that_are_none_are_asked(void **state)
{
    struct fixture *fixture = *state;
    struct buf one BUF_SCOPE = BUF_INIT(1 << 20), two BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(run(fixture, "model train moyen DIR/a --data DIR --steps 2"), OK);
    assert_int_equal(run(fixture, "model nowhere DIR/a DIR/one --count 7 --seed 7"), OK);
    assert_true(str_find(buf_str(&fixture->out), STR("of 7\n")) != SIZE_MAX);
    assert_int_equal(run(fixture, "model nowhere DIR/a DIR/two --count 7 --seed 7"), OK);
    read_file(fixture, "one", &one);
    read_file(fixture, "two", &two);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_true(str_starts(buf_str(&one), STR("model;moyen;sha256;")));
    assert_true(str_find(buf_str(&one), STR(";seed;7\nname;wording;question;answer;sure\n")) != SIZE_MAX);
    assert_int_equal(str_count_byte(buf_str(&one), '\n'), 2 + 7);
    assert_int_equal(run(fixture, "model train nano DIR/b --data DIR --steps 2"), OK);
    is_refused(fixture, "model nowhere DIR/b DIR/one", INVALID, "model.no_talk");
}

/* Briefly, on one thread and two; the whole of a shipped one byte for byte where somebody asks for what takes long. */
static void a_meal_is_made_again(void **state)
{
    struct fixture *fixture = *state;
    struct buf one BUF_SCOPE = BUF_INIT(1 << 20), two BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(run(fixture, "model feed DIR/one --training equal.1.short --steps 3 --threads 1"), OK);
    assert_int_equal(run(fixture, "model feed DIR/two --training equal.1.short --steps 3 --threads 2"), OK);
    read_file(fixture, "one", &one);
    read_file(fixture, "two", &two);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    struct str rest = buf_str(&one), heads = shipped_meals();
    assert_true(str_eq(str_cut(&rest, '\n'), str_cut(&heads, '\n')));
    assert_true(str_eq(str_cut(&rest, '\n'), str_cut(&heads, '\n')));
    assert_true(str_starts(rest, STR("equal.1.short;45234;")));
    assert_int_equal(str_count_byte(rest, '\n'), 325);
    is_refused(fixture, "model feed DIR/one --training sweets.1", INVALID, "model.training");
    if (getenv("PARVIS_LONG") == NULL)
        return;
    assert_int_equal(run(fixture, "model feed DIR/one --training equal.1.short"), OK);
    buf_clear(&one);
    read_file(fixture, "one", &one);
    rest = str_after(buf_str(&one), str_find(buf_str(&one), STR("equal.1.short;")));
    assert_true(str_find(shipped_meals(), rest) != SIZE_MAX);
}

static void what_is_wrong_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf file BUF_SCOPE = BUF_INIT(4 << 20);
    is_refused(fixture, "model train grand DIR/a --data DIR", INVALID, "model.name");
    is_refused(fixture, "model train nano DIR/a --data DIR/none", NOT_FOUND, "model.data");
    is_refused(fixture, "model train nano DIR/a --data DIR --department 99", NOT_FOUND, "model.department");
    is_refused(fixture, "model say DIR/none Gien", NOT_FOUND, "model.file");
    assert_int_equal(run(fixture, "model train nano DIR/a --data DIR --steps 2"), OK);
    read_file(fixture, "a", &file);
    file.at[file.len - 1] ^= 1;
    assert_int_equal(file_replace(path_in(arena, fixture, "altered").at, buf_str(&file)), OK);
    is_refused(fixture, "model say DIR/altered Gien", CORRUPT, "model.altered");
    assert_int_equal(file_replace(path_in(arena, fixture, "departements.json").at, STR(TEST_DEPARTMENTS " ")), OK);
    is_refused(fixture, "model evaluate DIR/a --data DIR", CONFLICT, "model.other_data");
    assert_int_equal(file_replace(path_in(arena, fixture, "b.part").at, STR("damaged")), OK);
    is_refused(fixture, "model train nano DIR/b --data DIR --steps 2", CONFLICT, "model.part");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(threads_give_the_same_file, begin, end),
        cmocka_unit_test_setup_teardown(models_are_used, begin, end),
        cmocka_unit_test_setup_teardown(a_shipped_model_needs_no_folder, begin, end),
        cmocka_unit_test_setup_teardown(a_talk_is_asked_in_five_wordings, begin, end),
        cmocka_unit_test_setup_teardown(places_that_are_none_are_asked, begin, end),
        cmocka_unit_test_setup_teardown(a_meal_is_made_again, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
