/* What comes back is read under the numbers of what was sent, and nothing of it is lost. */
#include "service/accounting/pes/pes_return.h"

#include "service/accounting/test_shared.h"

enum { ARENA = 32 << 20, OUT_MAX = 1 << 20, LARGE_MAX = 16 << 20, NAME_ROOM = 200 };

static void read_file(struct arena *arena, struct str bytes, struct pes_return *ret_file, enum status wanted,
                      const char *rules)
{
    struct buf said BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct faults *faults = arena_new(arena, struct faults);
    struct xml *root;
    struct xml_fault fault;
    faults->arena = arena;
    assert_int_equal(xml_read(arena, bytes, &root, &fault), OK);
    assert_int_equal(pes_return_read(arena, root, ret_file, faults), wanted);
    for (size_t i = 0; i < faults->count; i++)
        buf_add_format(&said, "%s%.*s", i > 0 ? "; " : "", STR_ARG(faults->kept[i].rule));
    if (!str_eq(buf_str(&said), str_of(rules)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(buf_str(&said)), rules);
}

static void corpus(const char *name, struct buf *into)
{
    char path[NAME_ROOM];
    snprintf(path, sizeof path, "test/corpus/pes_return/%s.xml", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *room = buf_reserve(into, OUT_MAX);
    assert_non_null(room);
    buf_grew(into, fread(room, 1, OUT_MAX, file));
    assert_int_equal(fclose(file), 0);
}

/* What the file says as CSV, without the first line. */
static void says(const char *name, const char *wanted)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(2 * OUT_MAX), out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct pes_return file;
    corpus(name, &bytes);
    read_file(arena, buf_str(&bytes), &file, OK, "");
    pes_return_write(&out, &file);
    struct str rest = buf_str(&out);
    (void)str_cut(&rest, '\n');
    if (!str_eq(rest, str_of(wanted)))
        fail_msg("%s:\n%.*s", name, STR_ARG(rest));
}

static void each_answer_has_its_numbers(void **state)
{
    (void)state;
    says("acquit_refused",
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,2026,,12,,,,ElementACQUIT,0,,10,Bordereau,"
         "DomaineAck=5 EtatAck=0 NumBord=12 ExerciceBord=2026\r\n"
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,2026,,12,34,,,DetailPiece,,,,,NumPiece=34\r\n"
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,2026,,12,34,1,,DetailLigne,,,ERREUR_AUTRE,1963 - Domiciliation,"
         "NumLigne=1\r\n"
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,2026,,12,34,1,,DetailLigne,,,77,,NumLigne=1\r\n"
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,,,,,,PJ1,ElementACQUIT,1,,,,DomaineAck=4 EtatAck=1 IdUnique=PJ1\r\n"
         "PES_ACQUIT,BEAUVAL-2026-12,2026-03-03,,,,,,,,ElementACQUIT,7,,,,DomaineAck=9 EtatAck=7 Autre=x\r\n");
    says("retour_expense",
         "PES_Retour,RETOUR-7,2026-03-20,D,,,,,,,EnTeteDepense,,,,,TypRestit=AA IdVer=2\r\n"
         "PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,,,,BlocBordereau,,,,,Exer=2026 IdBord=12 TypBord=01\r\n"
         "PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,34,,,InfoPiece,01,,,,"
         "IdPce=34 TypPce=01 EtatPce=01 DtePcePec=2026-03-05\r\n"
         "PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,34,1,,InfoLignePiece,01,,,,"
         "IdLigne=1 EtatLigPce=01 MtHT=100.50\r\n"
         "PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,34,1,,Paiement,,,,,DtePaiement=2026-03-19 MtPaye=100.50\r\n"
         "PES_Retour,RETOUR-7,2026-03-20,D,2026,01,12,35,,,InfoPiece,04,12,,,"
         "IdPce=35 EtatPce=04 NatSusp=12 DtePcePec=soon\r\n");
    says("retour_receipt",
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,01,3,,,,BlocBordereau,,,,,Exer=2026 IdBord=3 TypBord=01\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,01,3,7,,,BlocPiece,02,,,,IdPce=7 EtatPce=02\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,01,3,7,1,,InfoLignePiece,,,,,IdLigne=1\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,01,3,7,1,,Emargement,,,,,DteEmarg=2026-03-18 MtEmarg=40.00\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,01,3,7,1,,Emargement,,,,,DteEmarg=2026-03-19 MtEmarg=40.00\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,05,4,,,,BlocBordereau,,,,,Exer=2026 IdBord=4 TypBord=05\r\n"
         "PES_Retour,RETOUR-8,2026-03-20,R,2026,05,4,,,,Encaissement,,,,,IdEncaissement=E9 Mt=12.00\r\n");
}

static void days_and_codes_are_read(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(2 * OUT_MAX);
    struct pes_return file;
    (void)state;
    corpus("retour_expense", &bytes);
    read_file(arena, buf_str(&bytes), &file, OK, "");
    assert_int_equal(file.answers.count, 6);
    const struct pes_answer *taken = &file.answers.at[2], *line = &file.answers.at[3], *held = &file.answers.at[5];
    assert_int_equal(taken->about, PES_ABOUT_PIECE);
    assert_int_equal(taken->taken_on.days, date_of(2026, 3, 5).days);
    assert_true(str_eq(pes_return_says(line, "MtHT"), STR("100.50")));
    assert_true(str_eq(pes_return_says(line, "EtatPce"), STR("")));
    assert_int_equal(held->taken_on.days, 0);
    assert_true(str_eq(pes_return_says(held, "DtePcePec"), STR("soon")));
    assert_true(str_eq(held->suspension, STR("12")));
    assert_true(str_eq(file.siret, STR("21560046100010")) && str_eq(file.collectivity, STR("520")));
}

#define ACQUIT_BEGIN                                                                                             \
    "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\"><ACQUIT>"
#define ACQUIT(inside) ACQUIT_BEGIN inside "</ACQUIT></n:PES_ACQUIT>"
#define RETOUR(inside)                                                                                           \
    "<n:PES_Retour xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour\"><PES_DepenseRetour>" inside      \
    "</PES_DepenseRetour></n:PES_Retour>"
#define RIGHT "<ElementACQUIT><DomaineAck V=\"4\"/><EtatAck V=\"1\"/><IdUnique V=\"PJ1\"/></ElementACQUIT>"

/* What has no number is told and left out; the rest is read. */
static void what_has_no_number_is_told(void **state)
{
    static const struct {
        const char *file, *rules;
        enum status wanted;
        size_t count;
    } cases[] = {
        {"<a/>", "pes.root", INVALID, 0},
        {ACQUIT(""), "pes.return_empty", INVALID, 0},
        {RETOUR("<Bordereau/>"), "pes.return_number; pes.return_empty", INVALID, 0},
        {ACQUIT(RIGHT "<ElementACQUIT><DomaineAck V=\"5\"/><EtatAck V=\"1\"/></ElementACQUIT>"),
         "pes.return_number", OK, 1},
        {ACQUIT(RIGHT "<ElementACQUIT><DomaineAck V=\"5\"/><NumBord V=\"10000000\"/></ElementACQUIT>"),
         "pes.return_number", OK, 1},
        {ACQUIT("<ElementACQUIT><DomaineAck V=\"5\"/><NumBord V=\"1\"/><DetailPiece><NumPiece V=\"-1\"/><DetailLigne/>"
                "</DetailPiece></ElementACQUIT>"), "pes.return_number", OK, 1},
        {ACQUIT("<ElementACQUIT><DomaineAck V=\"5\"/><NumBord V=\"1\"/><DetailPiece><NumPiece V=\"2\"/><DetailLigne/>"
                "</DetailPiece></ElementACQUIT>"), "pes.return_number", OK, 2},
        {RETOUR("<Bordereau><B><IdBord V=\"1\"/></B><Piece><P><IdPce V=\"0\"/><X V=\"1\"/></P></Piece></Bordereau>"),
         "pes.return_number", OK, 1},
        {RETOUR("<Bordereau><Piece><IdPce V=\"1\"/></Piece></Bordereau>"),
         "pes.return_number; pes.return_empty", INVALID, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct pes_return file;
        read_file(arena, str_of(cases[i].file), &file, cases[i].wanted, cases[i].rules);
        assert_int_equal(file.answers.count, cases[i].count);
    }
}

static void there_is_a_most_of_everything(void **state)
{
    (void)state;
    for (size_t count = PES_ANSWERS_MAX; count <= PES_ANSWERS_MAX + 1; count++) {
        struct arena *arena ARENA_SCOPE = arena_create(2 * (size_t)XML_ARENA);
        struct buf bytes BUF_SCOPE = BUF_INIT(LARGE_MAX);
        struct pes_return file;
        bool is_over = count > PES_ANSWERS_MAX;
        buf_add_literal(&bytes, ACQUIT_BEGIN);
        for (size_t i = 0; i < count; i++)
            buf_add_literal(&bytes, RIGHT);
        buf_add_literal(&bytes, "</ACQUIT></n:PES_ACQUIT>");
        read_file(arena, buf_str(&bytes), &file, is_over ? LIMIT : OK, is_over ? "pes.limit" : "");
    }
    for (size_t count = PES_SAID_MAX; count <= PES_SAID_MAX + 1; count++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct buf bytes BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct pes_return file;
        bool is_over = count > PES_SAID_MAX;
        buf_add_literal(&bytes, ACQUIT_BEGIN "<ElementACQUIT>");
        for (size_t i = 0; i < count; i++)
            buf_add_literal(&bytes, "<X V=\"1\"/>");
        buf_add_literal(&bytes, "</ElementACQUIT></ACQUIT></n:PES_ACQUIT>");
        read_file(arena, buf_str(&bytes), &file, is_over ? LIMIT : OK, is_over ? "pes.limit" : "");
    }
}

/* B24. */
static void no_text_becomes_a_formula(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct pes_return file;
    (void)state;
    read_file(arena, STR(ACQUIT("<ElementACQUIT><DomaineAck V=\"4\"/><IdUnique V=\"=1+1\"/><Erreur>"
                                "<NumAnoAck V=\"@x\"/><LibelleAnoAck V=\"a &quot;b&quot;, c\"/></Erreur>"
                                "</ElementACQUIT>")), &file, OK, "");
    pes_return_write(&out, &file);
    assert_true(str_find(buf_str(&out), STR(",'=1+1,")) != SIZE_MAX);
    assert_true(str_find(buf_str(&out), STR(",'@x,\"a \"\"b\"\", c\",")) != SIZE_MAX);
}

static void cut_anywhere_it_is_no_file(void **state)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(2 * OUT_MAX);
    (void)state;
    corpus("retour_expense", &bytes);
    size_t whole = str_trim(buf_str(&bytes)).len;
    for (size_t length = 0; length < whole; length++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct xml *root;
        struct xml_fault fault;
        assert_int_equal(xml_read(arena, str_slice(buf_str(&bytes), 0, length), &root, &fault), INVALID);
    }
}

/* Files that others published, beside the checkout. */
static void real_files_are_read(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct str file_name, first_state;
    } files[] = {
        {"PES_ACQUIT_1", 5, STR_INIT("HELIOS_SIMU_ALR2_1477486132_1155762524.xml"), STR_INIT("1")},
        {"PES_ACQUIT_bordereau_et_PJ", 5, STR_INIT("HELIOS_SIMU_ALR2_1514384631_264491346.xml"), STR_INIT("1")},
        {"PES_ACQUIT_etat_non_ok", 11, STR_INIT("15100-2019-P-DN-140-1548422059000"), STR_INIT("0")},
        {"PES_RETOUR_simu", 4, STR_INIT("HELIOS_SIMU_RETOUR_1565181244_184723364.xml"), STR_INIT("")},
    };
    (void)state;
    shared_need("answers of accountants");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
        struct pes_return file;
        char path[NAME_ROOM];
        snprintf(path, sizeof path, "pes/examples/%s.xml", files[i].name);
        assert_true(shared_read(path, &bytes));
        read_file(arena, buf_str(&bytes), &file, OK, "");
        assert_int_equal(file.answers.count, files[i].count);
        assert_true(str_eq(file.file_name, files[i].file_name));
        assert_true(str_eq(file.answers.at[0].state, files[i].first_state));
    }
}

/* The one that refuses says which line, and why. */
static void a_real_refusal_is_read_whole(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct pes_return file;
    (void)state;
    shared_need("answers of accountants");
    assert_true(shared_read("pes/examples/PES_ACQUIT_etat_non_ok.xml", &bytes));
    read_file(arena, buf_str(&bytes), &file, OK, "");
    const struct pes_answer *line = &file.answers.at[2];
    assert_int_equal(line->about, PES_ABOUT_LINE);
    assert_true(line->year == 2019 && line->slip == 140 && line->piece == 514 && line->line == 1);
    assert_int_equal(line->error_count, 1);
    assert_true(str_eq(line->errors[0].label, STR("1963 - Domiciliation erronée")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_has_its_numbers),
        cmocka_unit_test(days_and_codes_are_read),
        cmocka_unit_test(what_has_no_number_is_told),
        cmocka_unit_test(there_is_a_most_of_everything),
        cmocka_unit_test(no_text_becomes_a_formula),
        cmocka_unit_test(cut_anywhere_it_is_no_file),
        cmocka_unit_test(real_files_are_read),
        cmocka_unit_test(a_real_refusal_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
