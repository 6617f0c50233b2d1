/* A bordereau's file, from its pieces to the accountant's answer: written, signed elsewhere, back, answered. */
#include "base/utf8.h"
#include "service/accounting/spend/test_slip.h"

static void says(const char *path, const char *words)
{
    shows(path, words);
}

static void a_bordereau_goes_out_signed_and_is_answered(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct buf signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    (void)state;
    struct slip slip = a_signed_slip();
    the_file(&slip, &file);
    test.now.ms += 86400 * INT64_C(1000);
    the_file(&slip, &again); /* the same a day later */
    assert_true(str_eq(buf_str(&file), buf_str(&again)));
    assert_true(str_find(buf_str(&file), STR("<MtBordHT V=\"1200.50\"/>")) != SIZE_MAX);
    assert_true(str_find(buf_str(&file), STR(IBAN)) != SIZE_MAX);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&file)), INVALID); /* without a signature */
    size_t at = str_find(buf_str(&signed_one), STR("1200.50"));
    signed_one.at[at] = '2';
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), INVALID); /* another amount */
    signed_one.at[at] = '1';
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
    struct ctx ctx = test_ctx(&test);
    struct str kept;
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip.state, SLIP_SENT);
    assert_int_equal(slip_file_signed(&ctx, &slip, &kept), OK);
    assert_true(str_eq(kept, buf_str(&signed_one)));
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), CONFLICT); /* it is there */
}

#define ACQUIT(name, state, error)                                                                                     \
    "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\"><Enveloppe><Parametres>"      \
    "<Version V=\"2\"/><TypFic V=\"PESALR2\"/><NomFic V=\"" name "\"/></Parametres></Enveloppe><EnTetePES>"           \
    "<DteStr V=\"2026-11-25\"/></EnTetePES><ACQUIT><ElementACQUIT><DomaineAck V=\"5\"/><EtatAck V=\"" state "\"/>"    \
    "<NumBord V=\"1\"/><ExerciceBord V=\"2026\"/>" error "</ElementACQUIT></ACQUIT></n:PES_ACQUIT>"
#define OURS "PESALR2_21560046100010_2026_D01_00001"

static struct slip_taken last; /* what became of the last file */

static enum status answer(const char *text, size_t *ret_taken)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    enum status done = DO(&test, slip_return_take(&ctx, str_of(text), faults, &last));
    *ret_taken = last.taken;
    return done;
}

/* I6: the same answer again changes nothing. */
static void an_answer_is_taken_once(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    size_t taken;
    (void)state;
    struct slip slip = a_signed_slip();
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
    static const char refused_text[] =
        ACQUIT(OURS, "0", "<Erreur><NumAnoAck V=\"1963\"/><LibelleAnoAck V=\"Domiciliation\"/></Erreur>");
    assert_int_equal(answer(refused_text, &taken), OK);
    assert_int_equal(taken, 1);
    says("/accounting/slips/1", "1963 Domiciliation");
    assert_int_equal(answer(refused_text, &taken), OK);
    assert_int_equal(taken, 0);
    assert_int_equal(answer(ACQUIT(OURS, "1", ""), &taken), OK);
    assert_int_equal(taken, 1);
    says("/accounting/slips/1", "Accept\xC3\xA9");
    assert_int_equal(answer(ACQUIT("ANOTHER", "1", ""), &taken), INVALID);
    assert_int_equal(answer("<x/>", &taken), INVALID);
    assert_int_equal(answer("<x", &taken), INVALID);
}

/* As long as is kept, and the letter at its end is of two bytes: what is kept ends before it, whole. */
static void what_is_said_is_cut_between_letters(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct buf text BUF_SCOPE = BUF_INIT(FILE_MAX);
    size_t taken;
    (void)state;
    struct slip slip = a_signed_slip();
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
    buf_add_c(&text, ACQUIT(OURS, "0", "<Erreur><NumAnoAck V=\"123\"/><LibelleAnoAck V=\"x@\"/></Erreur>"
                                       "<Erreur><NumAnoAck V=\"1\"/><LibelleAnoAck V=\"@\"/></Erreur>"
                                       "<Erreur><NumAnoAck V=\"1\"/><LibelleAnoAck V=\"@\"/></Erreur>"));
    struct buf whole BUF_SCOPE = BUF_INIT(FILE_MAX);
    for (struct str rest = buf_str(&text); rest.len > 0; rest = str_after(rest, 1)) {
        if (rest.at[0] != '@')
            buf_add_byte(&whole, rest.at[0]);
        for (int i = 0; i < 100 && rest.at[0] == '@'; i++)
            buf_add_literal(&whole, "\xC3\xA9");
    }
    buf_add_byte(&whole, 0);
    assert_int_equal(answer(whole.at, &taken), OK);
    assert_int_equal(taken, 1);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_true(utf8_is_valid(slip.answer));
    assert_int_equal(slip.answer.len, 499);
}

#define RETOUR(siret, piece, more)                                                                                     \
    "<n:PES_Retour xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\"><Enveloppe><Parametres>"         \
    "<Version V=\"2\"/><TypFic V=\"PESRETOUR_DEP\"/><NomFic V=\"RETOUR-7\"/></Parametres></Enveloppe><EnTetePES>" \
    "<DteStr V=\"2026-11-26\"/><IdColl V=\"" siret "\"/></EnTetePES><PES_DepenseRetour><Bordereau><BlocBordereau>"     \
    "<Exer V=\"2026\"/><IdBord V=\"1\"/><TypBord V=\"01\"/></BlocBordereau><Piece><InfoPiece><IdPce V=\"" piece \
    "\"/>" more "</InfoPiece></Piece></Bordereau></PES_DepenseRetour></n:PES_Retour>"

/* A code whose meaning is not known here is kept, and changes no state. */
static void a_return_says_what_became_of_a_piece(void **state)
{
    struct ctx ctx;
    struct piece piece;
    size_t taken;
    (void)state;
    a_signed_slip();
    assert_int_equal(answer(RETOUR("21560046100010", "9", "<EtatPce V=\"01\"/>"), &taken), OK); /* not ours */
    assert_int_equal(taken, 0);
    assert_int_equal(last.unknown, 1);
    /* another budget */
    assert_int_equal(answer(RETOUR("21560046100028", "1", "<EtatPce V=\"01\"/>"), &taken), OK);
    assert_int_equal(taken, 0);
    static const char waits[] = RETOUR("21560046100010", "1", "<EtatPce V=\"03\"/><NatSusp V=\"05\"/>");
    assert_int_equal(answer(waits, &taken), OK);
    assert_int_equal(taken, 1);
    says("/accounting/pieces/3", "EtatPce 03, NatSusp 05");
    static const char taken_on[] =
        RETOUR("21560046100010", "1", "<EtatPce V=\"01\"/><DtePcePec V=\"2026-11-25\"/>");
    assert_int_equal(answer(taken_on, &taken), OK);
    assert_int_equal(taken, 1);
    assert_int_equal(answer(taken_on, &taken), OK);
    assert_int_equal(taken, 0);
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 3, &piece), OK);
    assert_int_equal(piece.state, PIECE_TAKEN);
    assert_int_equal(piece.stated.days, date_of(2026, 11, 25).days);
    says("/accounting/pieces/3", ">Comptable<"); /* in its history */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bordereau_goes_out_signed_and_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_is_taken_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_said_is_cut_between_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_return_says_what_became_of_a_piece, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
