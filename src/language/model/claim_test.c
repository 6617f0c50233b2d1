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
    "80999;Sarthe;45;Loiret;45100;70\n" \
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
    assert_int_equal(table.count, 7);
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

/* "T", "F", "R" or "?" for each claim, after the letter of its kind. */
static struct str claims_word(struct arena *arena, const struct claim *claims, size_t count)
{
    struct buf out BUF_SCOPE = BUF_INIT(64);
    for (size_t i = 0; i < count; i++) {
        buf_add_byte(&out, "dcpln-."[claims[i].kind]);
        buf_add_byte(&out, "_TFR?"[claims[i].verdict]);
    }
    return str_copy(arena, buf_str(&out));
}

/* d department, c code, p population, l larger, n name, - not known, . nothing; then whose name is said, if one is. */
static void answers_are_judged_by_the_table(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct table table;
    table_of_text(arena, &table);
    static const struct {
        const char *question, *answer, *claims, *name;
    } cases[] = {
        {"Où est Gien ?", "Gien se trouve dans le Loiret (45).", "dT", NULL},
        {"Où est Gien ?", "Gien se trouve dans la Corse-du-Sud (2A).", "dT", NULL},
        {"Où est Gien ?", "Gien se trouve dans la Sarthe (72).", "dF", NULL},
        {"", "Le code postal du Mans est 72100.", "cT", NULL},
        {"", "Le code postal d'Orléans est 45999.", "cF", NULL},
        {"", "Orléans compte 115000 habitants.", "pT", NULL},
        {"", "Orléans compte 200 habitants.", "pF", NULL},
        {"", "Gien se trouve dans le Loiret (45), code postal 45500, et compte 13459 habitants.", "dTcTpT", NULL},
        {"", "La plus peuplée est Le Mans : 145004 habitants, contre 116617 à Orléans.", "lT", NULL},
        {"", "La plus peuplée est Gien : 145004 habitants, contre 116617 à Orléans.", "lF", NULL},
        /* A place that is none, and one that the question does not name. */
        {"Où est Trifouilly ?", "Trifouilly se trouve dans le Loiret (45).", "dFnF", "Trifouilly"},
        {"Où est Gien ?", "Giens se trouve dans le Loiret (45).", "dFnF", "Giens"},
        {"Et son code ?", "Le code postal d'Orlé-la-Neuve est 45000.", "cFnF", "Orlé-la-Neuve"},
        /* Nobody is named: the commune of the question, else nothing to judge by. */
        {"Où est Gien ?", "Elle se trouve dans le Loiret (45).", "dT", NULL},
        {"Code postal de Gien ?", "45500.", "cT", NULL},
        {"Code postal de Gien ?", "Le code postal est 45999.", "cF", NULL},
        {"Et sa population ?", "Elle compte 13459 habitants.", "p?", NULL},
        {"Où est Trifouilly ?", "Dans le Loiret (45).", "d?", NULL},
        {"", "Le code postal est 45500.", "c?", NULL},
        /* A department that a commune is named like does not name it. */
        {"Où est Le Mans ?", "C'est dans la Sarthe (72).", "dT", NULL},
        {"Où est Le Mans ?", "Dans la Sarthe (72).", "dT", NULL},
        {"Où est Trifouilly ?", "Trifouilly se trouve dans la Sarthe (72).", "dFnF", "Trifouilly"},
        {"Où est Trifouilly ?", "Je ne connais pas Trifouilly.", "-R", "Trifouilly"},
        {"Où est Gien ?", "Je ne connais pas Giens.", "-R", "Giens"},
        {"Où est Gien ?", "Je ne connais pas cette commune.", "-R", "Gien"},
        {"Et sa population ?", "Je ne connais pas.", "-R", NULL},
        {"Bonjour", "Bonjour. Demandez-moi où se trouve une commune.", ".?", NULL},
        {"", "", ".?", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claim claims[CLAIMS_MAX];
        size_t count;
        claim_read(&table, str_of(cases[i].question), str_of(cases[i].answer), claims, &count);
        struct str word = claims_word(arena, claims, count);
        if (!str_eq(word, str_of(cases[i].claims)))
            fail_msg("%s: %.*s", cases[i].answer, STR_ARG(word));
        for (size_t k = 0; k < count; k++) {
            bool is_name = claims[k].kind == CLAIM_NAME || claims[k].kind == CLAIM_UNKNOWN;
            assert_int_equal(is_name && !str_is_absent(claims[k].said), is_name && cases[i].name != NULL);
            if (is_name && cases[i].name != NULL)
                assert_true(str_eq(claims[k].said, str_of(cases[i].name)));
        }
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
