/* Where each element stands, how often, and what its value may be; and which files are looked at. */
#include "service/accounting/pes/test_pes.h"

#define EDITED(...) ((const char *const[]){__VA_ARGS__, NULL})
#define AS_IT_IS ((const char *const[]){NULL})
#define SLIP "/PES_Aller/PES_DepenseAller/Bordereau[1]"
#define INFO SLIP "/Piece[1]/BlocPiece/InfoPce"

static void becomes(const char *const *changes, const char *wanted)
{
    test_becomes(test_expense, changes, NULL, true, wanted);
}

static void right_files_have_no_fault(void **state)
{
    (void)state;
    test_becomes(test_expense, AS_IT_IS, NULL, true, "");
    test_becomes(test_receipt, AS_IT_IS, NULL, true, "");
    test_becomes(test_acquit, AS_IT_IS, NULL, true, "");
}

static void elements_stand_where_they_belong(void **state)
{
    (void)state;
    becomes(EDITED("<NatPce", "<Autre V=\"1\"/><NatPce"), "pes.unknown " INFO "/Autre, ligne 5 = Autre");
    becomes(EDITED("<NatPce V=\"01\"/>", ""), "pes.missing " INFO ", ligne 5 = ");
    becomes(EDITED("<NatPce V=\"01\"/>", "<NatPce V=\"01\"/><NatPce V=\"01\"/>"),
            "pes.many " INFO "/NatPce, ligne 5 = ");
    becomes(EDITED("<Exer V=\"2026\"/><IdBord V=\"12\"/>", "<IdBord V=\"12\"/><Exer V=\"2026\"/>"),
            "pes.order " SLIP "/BlocBordereau/Exer, ligne 4 = ");
    becomes(EDITED("<NatPce", "words<NatPce"), "pes.unknown " INFO ", ligne 5 = words");
    becomes(EDITED("<Obj V=\"Papier\"/>", "<Obj V=\"Papier\"><B/></Obj>"), "pes.unknown " INFO "/Obj/B, ligne 5 = B");
    becomes(EDITED("<Obj V=\"Papier\"/>", "<Obj V=\"Papier\" W=\"1\"/>"), "pes.unknown " INFO "/Obj, ligne 5 = W");
    becomes(EDITED("<Obj V=\"Papier\"/>", "<n:Obj V=\"Papier\"/>"), "pes.unknown " INFO "/Obj, ligne 5 = Obj");
    becomes(EDITED("<Bordereau Id=\"B12\">", "<Bordereau>"), "");
    becomes(EDITED("<Bordereau Id=\"B12\">", "<Bordereau Id=\"12\">"), "pes.id " SLIP ", ligne 4 = 12");
    becomes(EDITED("<IBAN", "<CodeEtab V=\"30006\"/><CodeGuic V=\"00001\"/><IdCpte V=\"12345678901\"/>"
                            "<CleRib V=\"89\"/><IBAN"),
            "pes.choice " SLIP "/Piece[1]/LigneDePiece[1]/Tiers/CpteBancaire, ligne 7 = ");
    becomes(EDITED("<IBAN V=\"FR7630006000011234567890189\"/>", ""),
            "pes.missing " SLIP "/Piece[1]/LigneDePiece[1]/Tiers/CpteBancaire, ligne 7 = ");
}

/* B7 to B9, B12, B20 to B22. */
static void values_are_read_strictly(void **state)
{
    static const struct {
        const char *from, *to, *wanted;
    } cases[] = {
        {"<Obj V=\"Papier\"/>", "<Obj/>", "pes.value"},
        {"\"Papier\"", "\"\"", "R38"},
        {"\"Papier\"", "\" \"", "R38"},
        {"\"100.50\"", "\"1,00\"", "R39"},
        {"\"100.50\"", "\"-0.00\"", "R39"},
        {"\"100.50\"", "\"-1.00\"", "R39; I9"},
        {"\"100.50\"", "\"1.005\"", "R39"},
        {"\"100.50\"", "\"999999999999999\"", "R39"},
        {"\"2026-03-02\"", "\"2026-15-02\"", "pes.date"},
        {"\"2026-03-02\"", "\"2023-02-29\"", "pes.date"},
        {"<Exer V=\"2026\"/>", "<Exer V=\"26\"/>", "pes.year"},
        {"<TVAIntraCom V=\"0\"/>", "<TVAIntraCom V=\"non\"/>", "pes.flag"},
        {"<ModRegl V=\"03\"/>", "<ModRegl V=\"3\"/>", "pes.code"},
        {"<NatPce V=\"01\"/>", "<NatPce V=\"17\"/>", "pes.code"},
        {"\"Papier\"", "\"123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
                       "1234567890\"", ""},
        {"\"Papier\"", "\"123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
                       "12345678901\"", "pes.length"},
        {"<CP V=\"56000\"/>", "<CP V=\"5600\"/>", "pes.length"},
        {"<DureeDgp V=\"30\"/>", "<DureeDgp V=\"30\"/><TxIntMor V=\"7.055\"/>", "pes.rate"},
        {"<DureeDgp V=\"30\"/>", "<DureeDgp V=\"30\"/><TxIntMor V=\"1000\"/>", "pes.rate"},
        {"\"PJ1\"", "\"PJ-1\"", "R47"},
        {"BEAUVAL-2026-12.xml", "../BEAUVAL.xml", "pes.file_name"},
        {"BEAUVAL-2026-12.xml", "BEAUV\311.xml", "pes.file_name"},
        {"\"Papier\"", "\"'; DROP TABLE t;--\"", ""},
        {"\"Papier\"", "\"=HYPERLINK(1)\"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        test_becomes(test_expense, EDITED(cases[i].from, cases[i].to), NULL, false, cases[i].wanted);
}

static void files_are_known_by_their_root(void **state)
{
    (void)state;
    struct buf got BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
    test_becomes("<PES_Aller/>", AS_IT_IS, NULL, true, "pes.root /PES_Aller, ligne 1 = PES_Aller");
    test_becomes("<PES_Retour xmlns=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\"><X/></PES_Retour>",
                 AS_IT_IS, NULL, true, "");
    test_becomes(test_acquit, EDITED("retour/v2", "retour"), NULL, true, "pes.root /PES_ACQUIT, ligne 1 = PES_ACQUIT");
    assert_int_equal(test_faults(STR("<n:PES_Aller xmlns:n="
                                     "\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller\"/>"),
                                 NULL, false, &got), OK);
    assert_true(str_eq(buf_str(&got), STR("pes.missing; pes.missing")));
}

/* B23: one at most, and only where the file says that it is signed. */
static void signatures_are_counted(void **state)
{
    static const char one[] = "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"/>";
    struct buf two BUF_SCOPE = BUF_INIT(TEST_FILE_MAX), in_piece BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
    (void)state;
    buf_add_format(&two, "</Piece>%s%s</Bordereau>%c", one, one, '\0');
    test_becomes(test_expense, EDITED("</Piece></Bordereau>", two.at), NULL, false, "R07; R06");
    buf_add_format(&in_piece, "%s</Piece>%c", one, '\0');
    test_becomes(test_expense, EDITED("</Piece>", in_piece.at), NULL, false, "pes.unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_files_have_no_fault),
        cmocka_unit_test(elements_stand_where_they_belong),
        cmocka_unit_test(values_are_read_strictly),
        cmocka_unit_test(files_are_known_by_their_root),
        cmocka_unit_test(signatures_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
