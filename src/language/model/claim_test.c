#include "language/model/claim.h"

#include "language/model/table_text.h"
#include "language/model/test_model.h"

#define DEPARTMENTS \
    "data;91ab\n" \
    "department;45;Loiret;24;45234;2\n" \
    "department;72;Sarthe;52;72181;3\n" \
    "department;2A;Corse-du-Sud;94;2A004;3\n"
#define TEXT \
    DEPARTMENTS \
    "45234;Orléans;45;Loiret;45000 45100;116617\n" \
    "72181;Le Mans;72;Sarthe;72000 72100;145004\n" \
    "45155;Gien;45;Loiret;45500;13459\n" \
    "2A999;Gien;2A;Corse-du-Sud;20111;50\n" \
    "45004;Saint-Jean;45;Loiret;45200;100\n" \
    "45005;Saint-Jean-le-Blanc;45;Loiret;45650;9000\n"

static void table_of_text(struct arena *arena, struct table *table)
{
    assert_int_equal(table_text_read(arena, STR(TEXT), table, NULL), OK);
}

static void a_text_is_its_table(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct table table;
    struct buf out BUF_SCOPE = BUF_INIT(4096);
    table_of_text(arena, &table);
    table_text_write(&table, STR("91ab"), &out);
    assert_true(str_eq(buf_str(&out), STR(TEXT)));
    assert_int_equal(table.count, 6);
    assert_int_equal(table.department_count, 3);
    assert_true(str_eq(table.departments[0].region, STR("24")) && str_eq(table.departments[0].seat, STR("45234")));
    assert_int_equal(table.departments[0].article, 2);
    static const char *const wrong[] = {"",
                                        "1;A;45;Loiret;45000;12\n", /* of which data? */
                                        DEPARTMENTS,
                                        DEPARTMENTS "a\n",
                                        DEPARTMENTS "1;A;45;Loiret;45000;\n",
                                        DEPARTMENTS "1;A;45;Loiret;;12\n",
                                        DEPARTMENTS "1;;45;Loiret;1;12\n",
                                        DEPARTMENTS "1;A;45;Loiret;45000;-4\n",
                                        DEPARTMENTS "1;A;46;Lot;46000;12\n",
                                        DEPARTMENTS "1;A;;Loiret;45000;12\n",
                                        DEPARTMENTS "1;A;45;Loiret;45000;1x\n",
                                        "data;91ab\ndepartment;45;Loiret;24;45234;x\n1;A;45;Loiret;45000;12\n",
                                        "data;91ab\ndepartment;45;Loiret;24;45234;12\n1;A;45;Loiret;45000;12\n",
                                        "data;91ab\ndepartment;;Loiret;24;45234;2\n1;A;45;Loiret;45000;12\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(table_text_read(arena, str_of(wrong[i]), &table, NULL), INVALID);
}

static void names_are_found_whole(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct table table;
    size_t after;
    table_of_text(arena, &table);
    static const struct {
        const char *text, *name;
    } cases[] = {{"Où est Gien ?", "Gien"},
                 {"Le code postal de Saint-Jean-le-Blanc est", "Saint-Jean-le-Blanc"},
                 {"Saint-Jean, bien sûr", "Saint-Jean"},
                 {"la population du Mans", "Le Mans"},
                 {"Combien de gens vivent au Mans ?", "Le Mans"},
                 {"Le Mans compte", "Le Mans"},
                 {"à Orléans", "Orléans"},
                 {"Gienne", NULL},
                 {"Gien-la-Neuve", NULL},
                 {"Neuf-Gien", NULL},
                 {"gien", NULL},
                 {"", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct table_commune *found = claim_commune(&table, str_of(cases[i].text), &after);
        assert_int_equal(found != NULL, cases[i].name != NULL);
        if (found != NULL)
            assert_true(str_eq(found->name, str_of(cases[i].name)));
    }
    assert_true(str_eq(claim_unknown_name(&table, STR("Où est Trifouilly-les-Oies ?")), STR("Trifouilly-les-Oies")));
    assert_true(str_eq(claim_unknown_name(&table, STR("Trifouilly ?")), STR("Trifouilly")));
    assert_true(str_is_absent(claim_unknown_name(&table, STR("Où est Gien ?"))));
    assert_true(str_is_absent(claim_unknown_name(&table, STR("Bonjour, ça va ?"))));
}

static void answers_are_judged_by_the_table(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct table table;
    table_of_text(arena, &table);
    static const struct {
        const char *question, *answer;
        size_t count;
        enum claim_kind kind;
        enum measure_verdict verdict;
    } cases[] = {
        {"Où est Gien ?", "Gien se trouve dans le Loiret (45).", 1, CLAIM_DEPARTMENT, MEASURE_TRUE},
        {"Où est Gien ?", "Gien se trouve dans la Corse-du-Sud (2A).", 1, CLAIM_DEPARTMENT, MEASURE_TRUE},
        {"Où est Gien ?", "Gien se trouve dans la Sarthe (72).", 1, CLAIM_DEPARTMENT, MEASURE_FALSE},
        {"", "Le code postal du Mans est 72100.", 1, CLAIM_POSTAL_CODE, MEASURE_TRUE},
        {"", "Le code postal d'Orléans est 45999.", 1, CLAIM_POSTAL_CODE, MEASURE_FALSE},
        {"", "Orléans compte 115000 habitants.", 1, CLAIM_POPULATION, MEASURE_TRUE},
        {"", "Orléans compte 200 habitants.", 1, CLAIM_POPULATION, MEASURE_FALSE},
        {"", "Gien se trouve dans le Loiret (45), code postal 45500, et compte 13459 habitants.", 3, CLAIM_DEPARTMENT,
         MEASURE_TRUE},
        {"", "La plus peuplée est Le Mans : 145004 habitants, contre 116617 à Orléans.", 1, CLAIM_LARGER, MEASURE_TRUE},
        {"", "La plus peuplée est Gien : 145004 habitants, contre 116617 à Orléans.", 1, CLAIM_LARGER, MEASURE_FALSE},
        {"Où est Trifouilly ?", "Trifouilly se trouve dans le Loiret (45).", 2, CLAIM_DEPARTMENT, MEASURE_FALSE},
        {"Où est Trifouilly ?", "Je ne connais pas Trifouilly.", 1, CLAIM_UNKNOWN, MEASURE_REFUSED},
        {"Bonjour", "Bonjour. Demandez-moi où se trouve une commune.", 1, CLAIM_NOTHING, MEASURE_UNCLEAR},
        {"", "", 1, CLAIM_NOTHING, MEASURE_UNCLEAR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claim claims[CLAIMS_MAX];
        size_t count;
        claim_read(&table, str_of(cases[i].question), str_of(cases[i].answer), claims, &count);
        assert_int_equal(count, cases[i].count);
        assert_int_equal(claims[0].kind, cases[i].kind);
        assert_int_equal(claims[0].verdict, cases[i].verdict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_its_table),
        cmocka_unit_test(names_are_found_whole),
        cmocka_unit_test(answers_are_judged_by_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
