/* Money that moved before its piece: told by hand, by a list, by a return; put in order once. */
#include "service/accounting/receipt/suspense.h"
#include "service/accounting/receipt/test_receipt.h"

#define RECEIVED "/accounting/years/1/2026/suspense/received"
#define PAID "/accounting/years/1/2026/suspense/paid"
enum { FILE_MAX = 1 << 20 };

static void encode(char *out, size_t room, const char *text)
{
    size_t len = 0;
    for (; *text != '\0' && len + 4 < room; text++)
        len += (size_t)snprintf(out + len, room - len, "%%%02X", (unsigned char)*text);
}

static int send_list(const char *path, const char *csv, struct str *ret_body)
{
    char fields[WORDS - 100] = "file=";
    encode(fields + 5, sizeof fields - 5, csv);
    return send(path, fields, ret_body);
}

static size_t open_ones(bool is_receipt)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    struct suspense *all;
    size_t count;
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(suspense_list(&ctx, &year, is_receipt, true, &all, &count), OK);
    return count;
}

#define ONE "number=4711&day=2026-11-04&amount=450&payer=PAPETERIE DU LAC&label=VIR LOYER&third=47138"
#define SETTLE "object=Loyer&party=" SUPPLIER "&account=752&day=2026-11-20&product=LOYE&amount="

static void a_receipt_is_put_in_order_once(void **state)
{
    (void)state;
    opens_credits();
    leads(RECEIVED, ONE, RECEIVED "?saved=1");
    assert_int_equal(open_ones(true), 1);
    leads(RECEIVED, ONE, RECEIVED "?saved=1"); /* the same again */
    assert_int_equal(open_ones(true), 1);
    refuses(RECEIVED, "number=4711&day=2026-11-04&amount=451&payer=X", "autre montant");
    shows("/accounting/suspense/1", "value=\"PAPETERIE DU LAC"); /* filled in: the only party of that name */
    shows("/accounting/suspense/1", "value=\"450,00\"");
    refuses("/accounting/suspense/1/settle", SETTLE "450,01", "reste 450,00");
    leads("/accounting/suspense/1/settle", SETTLE "450", "/accounting/pieces/2?saved=1");
    shows("/accounting/suspense/1", "R\xC3\xA9gularis\xC3\xA9");
    assert_int_equal(open_ones(true), 0);
    refuses("/accounting/suspense/1/settle", SETTLE "0,01", "reste 0,00");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    sign_slip("/accounting/slips/1");
    struct str file = file_of(1);
    assert_has(file, "<TypPce V=\"05\"/>");
    assert_has(file, "<NatPceOrig V=\"03\"/>");
    assert_has(file, "<IdPceOrig V=\"4711\"/>");
    assert_lacks(file, "IdLigneOrig");
    assert_has(file, "<CpteTiers V=\"47138\"/>");
    holds();
}

/* Two clerks, the same page: the second finds less left than it shows. */
static void two_presses_do_not_put_it_in_order_twice(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    leads(RECEIVED, ONE, RECEIVED "?saved=1");
    leads("/accounting/suspense/1/settle", SETTLE "450", "/accounting/pieces/2?saved=1");
    refuses("/accounting/suspense/1/settle", SETTLE "450", "reste 0,00"); /* another command */
    /* the same form, sent twice: the same piece */
    commands--;
    commands--;
    assert_int_equal(send("/accounting/suspense/1/settle", SETTLE "450", &body), 303);
    assert_true(str_eq(body, STR("/accounting/pieces/2?saved=1")));
    holds();
}

static void in_parts_and_given_back(void **state)
{
    (void)state;
    opens_credits();
    leads(RECEIVED, ONE, RECEIVED "?saved=1");
    leads("/accounting/suspense/1/settle", SETTLE "200", "/accounting/pieces/2?saved=1");
    shows("/accounting/suspense/1", "gularis\xC3\xA9 en partie");
    shows("/accounting/suspense/1", "value=\"250,00\"");
    leads("/accounting/suspense/1/settle", SETTLE "250", "/accounting/pieces/3?saved=1");
    assert_int_equal(open_ones(true), 0);
    leads("/accounting/pieces/2/reduce", "amount=200&day=2026-11-21&object=Erreur", "/accounting/pieces/4?saved=1");
    assert_int_equal(open_ones(true), 1);
    shows("/accounting/suspense/1", "value=\"200,00\"");
    holds();
}

/* What was paid by debit needs no account of the creditor. */
static void a_payment_is_put_in_order(void **state)
{
    (void)state;
    opens_credits();
    leads(PAID, "number=12&day=2026-11-04&amount=99,90&payer=Energie", PAID "?saved=1");
    leads("/accounting/suspense/1/settle",
          "object=Courant&party=" SUPPLIER "&account=60632&day=2026-11-20&amount=99,90",
          "/accounting/pieces/2?saved=1");
    assert_int_equal(open_ones(false), 0);
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    sign_slip("/accounting/slips/1");
    struct str file = file_of(1);
    assert_has(file, "<TypPce V=\"05\"/>");
    assert_has(file, "<NatPceOrig V=\"03\"/>");
    assert_has(file, "<ModRegl V=\"10\"/>");
    holds();
}

static void the_schema_takes_their_files(void **state)
{
    (void)state;
    opens_credits();
    leads(RECEIVED, ONE, RECEIVED "?saved=1");
    leads("/accounting/suspense/1/settle", SETTLE "450", "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    leads(PAID, "number=12&day=2026-11-04&amount=99,90&payer=Energie", PAID "?saved=1");
    leads("/accounting/suspense/2/settle",
          "object=Courant&party=" SUPPLIER "&account=60632&day=2026-11-20&amount=99,90",
          "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/2?saved=1");
    sign_slip("/accounting/slips/1");
    sign_slip("/accounting/slips/2");
    schema_takes(file_of(1));
    schema_takes(file_of(2));
}

/* The next of a payer is filled in as the last. */
static void a_payer_is_remembered(void **state)
{
    (void)state;
    opens_credits();
    leads(RECEIVED, "number=1&day=2026-11-04&amount=450&payer=CAF", RECEIVED "?saved=1");
    leads("/accounting/suspense/1/settle", SETTLE "450", "/accounting/pieces/2?saved=1");
    leads(RECEIVED, "number=2&day=2026-11-05&amount=451&payer=CAF", RECEIVED "?saved=1");
    shows("/accounting/suspense/2", "value=\"752\"");
    shows("/accounting/suspense/2", "value=\"LOYE\"");
    shows("/accounting/suspense/2", SUPPLIER);
}

#define LIST "jour;numero;montant;payeur;libelle;compte_tiers\n"
static void a_list_comes_in_whole_or_not(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    static const char two[] = LIST "04/11/2026;1;1 450,00;CAF;PS;47138\n2026-11-05;2;12,50;=1+1;;\n";
    assert_int_equal(send_list(RECEIVED "/list", two, &body), 303);
    assert_true(str_eq(body, STR(RECEIVED "?taken=2")));
    assert_int_equal(send_list(RECEIVED "/list", LIST "04/11/2026;1;1 450,00;CAF;PS;47138\n", &body), 303);
    assert_true(str_eq(body, STR(RECEIVED "?taken=0")));
    static const char *const wrong[] = {
        "", "jour;numero\n", LIST "04/11/2026;3;12;CAF;;\n31/02/2026;4;12;CAF;;\n",
        LIST "04/11/2026;3;12;CAF;;\n04/11/2026;4;1e5;CAF;;\n", LIST "04/11/2026;0;12;CAF;;\n",
        LIST "04/11/2026;12345678901234;12;CAF;;\n", LIST "04/11/2026;3;12;;;\n", LIST "04/11/2026;3;0;CAF;;\n",
        LIST "04/11/2027;3;12;CAF;;\n", LIST "04/11/2026;3;12;CAF;;47A\n", LIST "04/11/2026;3;\"12;CAF;;\n",
        LIST "04/11/2026;1;13;CAF;;\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (send_list(RECEIVED "/list", wrong[i], &body) != 422)
            fail_msg("taken: %s", wrong[i]);
    assert_int_equal(open_ones(true), 2);
}

/* One row too many, and a NUL. */
static void a_list_too_long_is_refused(void **state)
{
    struct buf csv BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct credit_year year;
    size_t added;
    (void)state;
    opens_credits();
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    buf_add(&csv, STR(LIST));
    for (int i = 1; i <= SUSPENSE_FILE_ROWS; i++)
        buf_add_format(&csv, "04/11/2026;%d;12;CAF;;\n", i);
    struct str most = str_copy(test.arena, buf_str(&csv));
    buf_add(&csv, STR("04/11/2026;999;12;CAF;;\n"));
    assert_int_equal(DO(&test, suspense_take_csv(&ctx, &year, true, buf_str(&csv), faults, &added)), INVALID);
    assert_int_equal(open_ones(true), 0);
    assert_int_equal(DO(&test, suspense_take_csv(&ctx, &year, true, STR(LIST "04/11/2026;1;1\0002;CAF;;\n"), faults,
                                                 &added)),
                     INVALID);
    assert_int_equal(DO(&test, suspense_take_csv(&ctx, &year, true, most, faults, &added)), OK);
    assert_int_equal(added, SUSPENSE_FILE_ROWS);
}

/* After the schemas: no such file was seen. */
#define RETURN(siret, type, id, more)                                                                                  \
    "<n:PES_Retour xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\"><Enveloppe><Parametres>"         \
    "<Version V=\"2\"/><TypFic V=\"PESRETOUR_REC\"/><NomFic V=\"RETOUR-8\"/></Parametres></Enveloppe><EnTetePES>"      \
    "<DteStr V=\"2026-11-22\"/><IdColl V=\"" siret "\"/></EnTetePES><PES_RecetteRetour><EnTeteRecette><IdVer V=\"2\"/>"\
    "<NatInf V=\"01\"/></EnTeteRecette><Bordereau><BlocBordereau><Exer V=\"2026\"/><IdBord V=\"123456789012\"/>"       \
    "<TypBord V=\"" type "\"/></BlocBordereau><Piece><BlocPiece><IdPce V=\"" id "\"/><TypPce V=\"13\"/>"               \
    "<NatPce V=\"01\"/><Obj V=\"VIR CAF PSU\"/><EtatPce V=\"01\"/></BlocPiece><LigneDePiece><BlocLignePiece>"          \
    "<InfoLignePiece><IdLigne V=\"1\"/><EtatLigPce V=\"01\"/><CpteTiers V=\"47138\"/>" more                          \
    "</InfoLignePiece></BlocLignePiece><Tiers><InfoTiers><Nom V=\"CAF DU MORBIHAN\"/></InfoTiers></Tiers>"            \
    "<Recouvrement><DteReco V=\"2026-11-19\"/></Recouvrement></LigneDePiece></Piece></Bordereau></PES_RecetteRetour>"  \
    "</n:PES_Retour>"
#define OURS "21560046100010"

static struct slip_taken last; /* what became of the last file */

static size_t take_return(const char *text)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    assert_int_equal(DO(&test, slip_return_take(&ctx, str_of(text), faults, &last)), OK);
    return last.taken;
}

static void a_return_tells_of_receipts(void **state)
{
    struct ctx ctx;
    struct suspense suspense;
    (void)state;
    opens_credits();
    static const char told[] = RETURN(OURS, "05", "1234567890123", "<MtHT V=\"1450.00\"/>");
    assert_int_equal(take_return(told), 1);
    assert_int_equal(take_return(told), 0);
    assert_int_equal(last.refused, 0); /* the same again is no loss */
    ctx = test_ctx(&test);
    assert_int_equal(suspense_get(&ctx, 1, &suspense), OK);
    assert_true(suspense.number == INT64_C(1234567890123));
    assert_int_equal(suspense.amount.cents, 145000);
    assert_int_equal(suspense.day.days, date_of(2026, 11, 19).days);
    assert_true(str_eq(suspense.payer, STR("CAF DU MORBIHAN")));
    assert_true(str_eq(suspense.label, STR("VIR CAF PSU")));
    assert_true(str_eq(suspense.third_account, STR("47138")));
    shows(RECEIVED, "1234567890123");
    assert_int_equal(take_return(RETURN("21560046100028", "05", "7", "<MtHT V=\"1450.00\"/>")), 0); /* not ours */
    assert_int_equal(last.refused, 1);
    assert_int_equal(take_return(RETURN(OURS, "05", "7", "<MtHT V=\"1,00\"/>")), 0);
    assert_int_equal(last.refused, 1);
    assert_int_equal(take_return(RETURN(OURS, "05", "1234567890123", "<MtHT V=\"9.00\"/>")), 0); /* says otherwise */
    assert_int_equal(last.refused, 1);
    assert_int_equal(take_return(RETURN(OURS, "05", "7", "")), 0);
    assert_int_equal(take_return(RETURN(OURS, "04", "8", "<MtHT V=\"10.00\"/><MtTVA V=\"2.00\"/>")), 1);
    assert_int_equal(open_ones(true), 2);
}

static void who_may_not_order_settles_nothing(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    opens_credits();
    leads(RECEIVED, ONE, RECEIVED "?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(send("/accounting/suspense/1/settle", SETTLE "450", &body), 403);
    assert_int_equal(send(RECEIVED, "number=1&day=2026-11-04&amount=450&payer=CAF", &body), 403);
    assert_int_equal(send_list(RECEIVED "/list", LIST "04/11/2026;3;12;CAF;;\n", &body), 403);
    shows("/accounting/suspense/1", "PAPETERIE");
    assert_int_equal(test_page(&test, "/accounting/years/1/2026/suspense/other", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/suspense/99", NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_receipt_is_put_in_order_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_presses_do_not_put_it_in_order_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(in_parts_and_given_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_payment_is_put_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_schema_takes_their_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_payer_is_remembered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_comes_in_whole_or_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_too_long_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_return_tells_of_receipts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_order_settles_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
