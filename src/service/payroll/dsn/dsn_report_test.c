#include "service/payroll/dsn/dsn_report.h"

#include "service/payroll/dsn/test_dsn_shared.h"

enum { ARENA = 16 << 20, OUT_MAX = 1 << 20 };

static const char sent[] = "S21.G00.30.001,'1850769123456'\nS21.G00.30.002,'AGENT 1'\nS21.G00.30.019,'00001'\n"
                           "S21.G00.40.009,'C1'\nS21.G00.50.006,'2.10'\n"
                           "S21.G00.30.001,'2850769123457'\nS21.G00.30.019,'00002'\nS21.G00.50.006,'3.00'\n";

static void anomalies_go_to_the_lines_of_their_agent(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_report report;
    struct dsn_faults faults;
    size_t line;
    (void)state;
    assert_int_equal(dsn_report_read(arena, STR("Organisme;Personne;Rubrique;Code;Categorie;Libelle;autre\r\n"
                                                "DGFiP;00002;S21.G00.50.006;A1;taux;Taux non transmis;x\r\n"
                                                "RAFP;1850769123456;S21.G00.78.004;B2;;Base « trop » haute;\r\n"
                                                "CNRACL;00009;;C3;;Agent inconnu;\r\n"
                                                ";;;;;;\r\n"
                                                "DGFiP;;;D4;;Paiement en retard;\r\n"),
                                     &report, &line),
                     OK);
    assert_int_equal(report.count, 4);
    assert_int_equal(dsn_report_next(&report, STR("00002"), 0), 0);
    assert_int_equal(dsn_report_next(&report, STR("00002"), 1), 4);
    assert_int_equal(dsn_faults_init(arena, &faults), OK);
    assert_int_equal(dsn_report_attach(arena, &report, str_of(sent), &faults), OK);
    assert_int_equal(faults.count, 4);
    assert_int_equal(faults.kept[0].line, 8);
    assert_true(str_eq(faults.kept[0].value, STR("3.00")));
    assert_int_equal(faults.kept[1].line, 1); /* there is no base below that agent: their own line */
    assert_int_equal(faults.kept[2].line, 0);
    assert_true(str_eq(faults.kept[2].rule->code, STR("report.nobody")));
    assert_int_equal(faults.kept[3].line, 0);
    for (size_t i = 0; i < faults.count; i++)
        assert_int_equal(faults.kept[i].rule->level, 7);
    dsn_fault_say(&out, &faults.kept[0], false);
    assert_true(str_starts(buf_str(&out), STR("The body answers (DGFiP A1 taux): Taux non transmis.")));
}

static void both_charsets_are_read(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_report report;
    size_t line;
    (void)state;
    assert_int_equal(dsn_report_read(arena, STR("code,libelle\nA,rejet\xE9\n"), &report, &line), OK);
    assert_true(str_eq(report.at[0].words, STR("rejeté")));
    assert_int_equal(dsn_report_read(arena, STR("code,libelle\nA,rejeté\n"), &report, &line), OK);
    assert_true(str_eq(report.at[0].words, STR("rejeté")));
}

static void other_forms_are_refused(void **state)
{
    static const struct {
        const char *csv;
        size_t line;
    } wrong[] = {{"", 1},
                 {"code\nA\n", 1},
                 {"code,code,libelle\nA,B,c\n", 1},
                 {"code,libelle,rubrique\nA,b,\nA,b,S21.G00\n", 3},
                 {"code,libelle\nA,\"b\n", 2},
                 {"<crm/>", 1}};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf many BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_report report;
    size_t line;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(dsn_report_read(arena, str_of(wrong[i].csv), &report, &line), INVALID);
        assert_int_equal(line, wrong[i].line);
    }
    buf_add_literal(&many, "code,libelle\n");
    for (size_t i = 0; i <= DSN_ANOMALIES_MAX; i++)
        buf_add_literal(&many, "A,b\n");
    assert_int_equal(dsn_report_read(arena, buf_str(&many), &report, &line), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anomalies_go_to_the_lines_of_their_agent),
        cmocka_unit_test(both_charsets_are_read),
        cmocka_unit_test(other_forms_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
