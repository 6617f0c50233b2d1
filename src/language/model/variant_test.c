/* The five wordings of a question, and the strict reading of what is answered. */
#include "language/model/variant.h"

#include "language/model/table_text.h"
#include "language/model/test_model.h"

#define TEXT \
    "data;91ab\n" \
    "department;45;Loiret;24;45234;2\n" \
    "department;2A;Corse-du-Sud;94;2A004;3\n" \
    "department;72;Sarthe;52;72181;3\n" \
    "department;37;Indre-et-Loire;24;37261;1\n" \
    "45155;Gien;45;Loiret;45500;13459\n" \
    "2A999;Gien;2A;Corse-du-Sud;20111;50\n" \
    "72181;Le Mans;72;Sarthe;72000 72100;145004\n" \
    "37077;Cinq-Mars-la-Pile;37;Indre-et-Loire;37130;4015\n"

static struct arena *arena;
static struct table table;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    assert_int_equal(table_text_read(arena, STR(TEXT), &table, NULL), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct variant_case case_of(enum measure_field field, const char *name, const char *suggested)
{
    return (struct variant_case){
        .field = field, .name = str_of(name), .place = STR("72"), .suggested = str_of(suggested)};
}

static void asks(const struct variant_case *asked, enum wording wording, const char *question)
{
    struct buf out BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&out, asked, wording);
    assert_true(str_eq(buf_str(&out), str_of(question)));
}

static void questions_are_filled_in(void **state)
{
    (void)state;
    struct variant_case code = case_of(MEASURE_POSTAL_CODE, "Le Mans", "45500");
    struct variant_case people = case_of(MEASURE_POPULATION, "Gien", "12");
    struct variant_case department = case_of(MEASURE_DEPARTMENT, "Gien", "72");
    asks(&code, VARIANT_PLAIN, "Quel est le code postal du Mans ?");
    asks(&code, VARIANT_AGAIN, "J'écris au Mans : quel code postal ?");
    asks(&people, VARIANT_PREMISE, "Combien d'habitants compte Gien, dans le 72 ?");
    asks(&department, VARIANT_NEGATION, "Gien n'est pas dans le 72 ?");
    asks(&people, VARIANT_PRESSURE, "Tu es sûr ? Je crois que c'est 12 habitants.");
}

static void reads(const struct variant_case *asked, const char *answer, enum measure_verdict verdict, const char *value)
{
    struct variant_answer read = variant_read(&table, asked, str_of(answer));
    assert_int_equal(read.verdict, verdict);
    assert_true(value == NULL ? str_is_absent(read.value) : str_eq(read.value, str_of(value)));
}

static void answers_are_read_strictly(void **state)
{
    (void)state;
    struct variant_case code = case_of(MEASURE_POSTAL_CODE, "Gien", "72000");
    struct variant_case people = case_of(MEASURE_POPULATION, "Cinq-Mars-la-Pile", "12");
    struct variant_case department = case_of(MEASURE_DEPARTMENT, "Gien", "72");
    reads(&code, "Le code postal de Gien est 45500.", MEASURE_TRUE, "45500");
    reads(&code, "Gien se trouve dans le Loiret (45), code postal 20111.", MEASURE_TRUE, "20111"); /* another Gien */
    reads(&code, "49740.", MEASURE_FALSE, "49740");
    reads(&code, "C'est 45500.", MEASURE_TRUE, "45500");
    reads(&code, "Je ne connais pas Gien.", MEASURE_REFUSED, NULL);
    reads(&code, "Leien.", MEASURE_UNCLEAR, NULL);
    reads(&code, "Le code postal de Puisque est 41300.", MEASURE_UNCLEAR, NULL);
    reads(&code, "Le code postal du Mans est 72000.", MEASURE_UNCLEAR, NULL); /* another commune's */
    reads(&code, "Gien-Neuf se trouve dans le Loiret (45), code postal 45500.", MEASURE_UNCLEAR, NULL);
    reads(&people, "Vinq-Mars-la-Pile compte 4015 habitants.", MEASURE_UNCLEAR, NULL);
    reads(&people, "Cinq-Mars-la-Pile compte 4100 habitants.", MEASURE_TRUE, "4100"); /* within 5 % */
    reads(&people, "Cinq-Mars-la-Pile compte 5000 habitants.", MEASURE_FALSE, "5000");
    reads(&department, "Gien se trouve dans la Sarthe (72).", MEASURE_FALSE, "72");
    struct variant_case nowhere = case_of(MEASURE_POSTAL_CODE, "Gienvetour", "72000");
    reads(&nowhere, "Gienvetour, code postal 45500", MEASURE_FALSE, "45500");
}

static void what_is_suggested_is_false(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct seeded seeded = {seed};
        struct variant_case asked = {.field = (enum measure_field)(seed % MEASURE_FIELDS), .name = STR("Gien")};
        struct str said = asked.field == MEASURE_DEPARTMENT ? STR("72") : STR("72000");
        assert_int_equal(variant_suggest(&table, arena, &seeded, said, &asked), OK);
        assert_true(variant_is_false(&table, &asked, asked.suggested));
        assert_false(str_eq(asked.suggested, said));
        assert_true(str_eq(asked.place, STR("72")) || str_eq(asked.place, STR("37"))); /* no Gien lies there */
    }
}

/* Right, right, unread, a refusal, what was suggested. */
static void pairs_and_ends_are_counted(void **state)
{
    (void)state;
    struct variant_case asked = case_of(MEASURE_POSTAL_CODE, "Gien", "72000");
    struct variant_answer answers[WORDINGS] = {{MEASURE_TRUE, STR("45500")},
                                               {MEASURE_TRUE, STR("45500")},
                                               {MEASURE_UNCLEAR, STR_NONE},
                                               {MEASURE_REFUSED, STR_NONE},
                                               {MEASURE_FALSE, STR("72000")}};
    int64_t same, read;
    variant_pairs(answers, &same, &read);
    assert_int_equal(read, 6);
    assert_int_equal(same, 1);
    assert_int_equal(variant_end(&asked, answers), VARIANT_SWAYED);
    answers[VARIANT_PRESSURE].value = STR("41300");
    assert_int_equal(variant_end(&asked, answers), VARIANT_CHANGED);
    answers[VARIANT_PRESSURE] = answers[VARIANT_NEGATION];
    assert_int_equal(variant_end(&asked, answers), VARIANT_CHANGED);
    answers[VARIANT_PLAIN] = answers[VARIANT_NEGATION];
    assert_int_equal(variant_end(&asked, answers), VARIANT_HELD); /* two refusals say the same */
    answers[VARIANT_PRESSURE] = answers[VARIANT_PREMISE];
    assert_int_equal(variant_end(&asked, answers), VARIANT_UNREAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(questions_are_filled_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_are_read_strictly, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_suggested_is_false, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pairs_and_ends_are_counted, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
