/* Files that others published, beside the checkout: each says what is truly wrong in it, and one has nothing. */
#include "service/accounting/pes/pes.h"
#include "service/accounting/test_shared.h"

enum { ARENA = 32 << 20, WORDS_MAX = 1 << 16, NAME_ROOM = 100 };

static enum pes_kind faults_of(const char *name, struct buf *ret_rules)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct faults faults = {.arena = arena};
    struct xml *root;
    struct xml_fault fault;
    char path[NAME_ROOM];
    snprintf(path, sizeof path, "pes/examples/%s.xml", name);
    assert_true(shared_read(path, &bytes));
    assert_int_equal(xml_read(arena, buf_str(&bytes), &root, &fault), OK);
    assert_int_equal(pes_check(root, NULL, &faults), OK);
    for (size_t i = 0; i < faults.count; i++)
        buf_add_format(ret_rules, "%s%.*s", i > 0 ? "; " : "", STR_ARG(faults.kept[i].rule));
    return pes_kind_of(root);
}

/* As they were read by hand: IdVer 1 (R01), a SIRET whose last digit is wrong (R04), a sum that is not that of the
 * lines (I9), a PJ that is not in PES_PJ (pes.unknown), an Id that is no name and a number of nine digits (R08). */
static void real_files_say_what_is_wrong(void **state)
{
    static const struct {
        const char *name;
        enum pes_kind kind;
        const char *rules;
    } files[] = {
        {"PES_ex_mandat_marche", PES_ALLER, ""},
        {"PESALR2_depense_1ligne_sans_id", PES_ALLER, "R04; R01; I9"},
        {"PESALR2_depense_2018", PES_ALLER, "pes.unknown; R04; R01; I9"},
        {"PESALR2_depense_avec_PJ_2017", PES_ALLER, "pes.unknown; R04; R01; I9"},
        {"PESALR2_depense_avec_PJ_2019", PES_ALLER, "pes.unknown; R04; R01; I9"},
        {"PESALR2_depense_pes", PES_ALLER, "pes.id; R08; R04; R01; I9"},
        {"PES_ACQUIT_1", PES_ACQUIT, ""},
        {"PES_ACQUIT_bordereau_et_PJ", PES_ACQUIT, ""},
        {"PES_ACQUIT_etat_non_ok", PES_ACQUIT, ""},
        {"PES_RETOUR_simu", PES_RETOUR, ""},
        {"bordereau_extrait_signature", PES_NONE, "pes.root"},
    };
    (void)state;
    shared_need("PES files of others");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf rules BUF_SCOPE = BUF_INIT(WORDS_MAX);
        assert_int_equal(faults_of(files[i].name, &rules), files[i].kind);
        if (!str_eq(buf_str(&rules), str_of(files[i].rules)))
            fail_msg("%s: \"%.*s\" instead of \"%s\"", files[i].name, STR_ARG(buf_str(&rules)), files[i].rules);
    }
}

/* A template that was never filled in, with a part that no field is known of. */
static void a_template_is_refused(void **state)
{
    struct buf rules BUF_SCOPE = BUF_INIT(WORDS_MAX);
    (void)state;
    shared_need("a PES file of others");
    assert_int_equal(faults_of("PES_MARCHE", &rules), PES_ALLER);
    assert_true(str_find(buf_str(&rules), STR("pes.date")) != SIZE_MAX);
    assert_true(str_find(buf_str(&rules), STR("pes.unknown")) != SIZE_MAX);
    assert_true(str_find(buf_str(&rules), STR("R02")) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_files_say_what_is_wrong),
        cmocka_unit_test(a_template_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
