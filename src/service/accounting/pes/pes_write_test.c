/* A flow becomes a file that every rule and the schema take; what would break a rule is never given out. */
#include <openssl/sha.h>
#include <time.h>
#include <zlib.h>

#include "base/base64.h"
#include "document/test_tool.h"
#include "service/accounting/pes/test_flow.h"
#include "service/accounting/test_shared.h"

enum { ROUNDS = 5, INFLATED_MAX = 1 << 20, COMMAND_MAX = 600 };

static struct flow flow;

static bool is_in(const struct buf *bytes, const char *words)
{
    return str_find(buf_str(bytes), str_of(words)) != SIZE_MAX;
}

static void written(struct buf *out)
{
    struct buf said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    enum status done = flow_write(&flow, out, true, &said);
    if (done != OK)
        fail_msg("%s: %.*s", status_name(done), STR_ARG(buf_str(&said)));
}

/* ---- what is written ---- */

static void sums_and_counts_are_computed(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    (void)state;
    flow_make(&flow, 3);
    written(&out);
    assert_true(is_in(&out, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<n:PES_Aller "));
    assert_true(is_in(&out, "<NbrPce V=\"3\"/><MtCumulAnnuel V=\"4301.50\"/><MtBordHT V=\"301.50\"/></BlocBordereau>"));
    assert_true(is_in(&out, "<NbrPce V=\"3\"/><MtBordHt V=\"240.00\"/><MtBordTVA V=\"48.00\"/></BlocBordereau>"));
    assert_true(is_in(&out, "<Bordereau Id=\"BD2026-01-12\"><BlocBordereau>"));
    assert_true(is_in(&out, "<Bordereau Id=\"BR2026-01-3\"><BlocBordereau>"));
    assert_true(is_in(&out, "<Adr2 V=\"1 rue de l'\xC9glise\"/>"));
    assert_true(is_in(&out, "<DGP><Dgp V=\"0\"/><DteDebDgp V=\"2026-02-10\"/><DteFinDgp V=\"2026-03-12\"/>"));
    assert_false(is_in(&out, "InfoDematerialisee"));
}

static void one_flow_has_one_form(void **state)
{
    struct buf one BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), other BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    (void)state;
    flow_make(&flow, 2);
    written(&one);
    written(&other);
    assert_true(str_eq(buf_str(&one), buf_str(&other)));
}

/* Paperless: each bordereau says its running sum, and is to be signed. */
static void what_is_to_be_signed_says_so(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    flow_make(&flow, 1);
    flow.file.is_paperless = true;
    flow.slips[1].has_running = true;
    written(&out);
    assert_true(is_in(&out, "<InfoDematerialisee V=\"1\"/>"));
    flow.slips[1].has_running = false;
    assert_int_equal(flow_write(&flow, &out, false, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("R10")));
}

static void a_correction_names_the_line_it_takes_back(void **state)
{
    static const struct pes_link link = {.kind = STR_INIT("01"), .year = 2026, .piece = 33, .line = 2};
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    flow_make(&flow, 1);
    flow.slips[0].kind = STR("02");
    flow.mandats[0].kind = STR("02");
    flow.mandats[0].nature = STR("06");
    assert_int_equal(flow_write(&flow, &out, false, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("R24")));
    flow.mandat_line.link = &link;
    buf_clear(&out);
    written(&out);
    assert_true(is_in(&out, "<RattachPiece><NatPceOrig V=\"01\"/><ExerRat V=\"2026\"/><IdPceOrig V=\"33\"/>"
                            "<IdLigneOrig V=\"2\"/></RattachPiece>"));
}

/* Everything a line, a piece, a person may say stands where the fields have it: read back without a fault. */
static void everything_has_its_place(void **state)
{
    static const struct pes_ties ties = {.agreement = STR_INIT("C7"), .contract = STR_INIT("2026-01"),
                                         .loan = STR_INIT("E1"), .asset = STR_INIT("A-12"),
                                         .advance_fund = STR_INIT("R1"), .guarantee = STR_INIT("G1")};
    static const struct pes_debit debit = {.kind = STR_INIT("01"), .period = STR_INIT("02"), .day = {20548},
                                           .signed_on = {20400}, .amount = {8000}, .sequence = STR_INIT("01"),
                                           .mandate = STR_INIT("RUM-1"), .label = STR_INIT("Cantine")};
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    (void)state;
    flow_make(&flow, 1);
    flow.mandat_line = (struct pes_line){
        .number = 1, .nature = STR("6064"), .function = STR("020"), .operation = STR("12"), .analytic = STR("A1"),
        .invoice = STR("FA"), .label = STR("Papier"), .more_label = STR("Lot 2"), .way = STR("03"),
        .third_account = STR("4011"), .plain = {10050}, .tax = {2010}, .invoice_plain = {10050},
        .is_within_europe = true,
        .documents = &flow.reference, .document_count = 1, .ties = &ties, .persons = &flow.payee, .person_count = 1};
    flow.titre_line = (struct pes_line){
        .nature = STR("7067"), .function = STR("281"), .operation = STR("12"), .object = STR("Mars"),
        .product = STR("CANT"), .tax_rate = {2000}, .third_account = STR("4111"), .plain = {8000}, .tax = {1600},
        .documents = &flow.reference, .document_count = 1, .ties = &ties, .debit = &debit, .persons = &flow.debtor,
        .person_count = 1};
    flow.debtor.account = &flow.account;
    flow.debtor.born = date_of(1980, 2, 29);
    flow.debtor.reference = STR("T-4");
    flow.account.bic = STR("AGRIFRPPXXX");
    flow.account.bank = STR("BANQUE");
    flow.address = (struct pes_address){.kind = STR("2"), .first = STR("Bât. B"), .street = STR("1 rue Haute"),
                                        .last = STR("BP 3"), .postcode = STR("1000 "), .town = STR("BRUXELLES"),
                                        .is_abroad = true, .country = STR("131")};
    flow.mandats[0].service = STR("ADM");
    flow.mandats[0].grant = STR("S1");
    flow.mandats[0].due = date_of(2026, 4, 1);
    flow.mandats[0].documents_told = STR("Devis sur papier");
    flow.titres[0].due = date_of(2026, 4, 1);
    flow.titres[0].edition = STR("01");
    flow.titres[0].documents = &flow.reference;
    flow.titres[0].document_count = 1;
    flow.titres[0].invoice = flow.titres[0].contract = flow.titres[0].engagement = STR("N-1");
    flow.titres[0].service_code = flow.titres[0].service_name = STR("Services");
    flow.slips[1].object = STR("Titres de mars");
    flow.file.post_name = flow.file.budget_name = STR("BEAUVAL");
    flow.file.editor_version = STR("0.1");
    written(&out);
}

/* ---- documents ---- */

/* What others unpack is what was packed. */
static void a_document_comes_out_as_it_went_in(void **state)
{
    static unsigned char plain[INFLATED_MAX];
    static char bytes[100000];
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), packed BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    z_stream stream = {.next_out = plain, .avail_out = sizeof plain};
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * i / 7);
    flow_make(&flow, 1);
    flow.document.bytes = (struct str){bytes, sizeof bytes};
    written(&out);
    size_t from = str_find(buf_str(&out), STR("application/pdf\">")) + sizeof "application/pdf\">" - 1;
    size_t to = str_find(buf_str(&out), STR("</Fichier>"));
    assert_int_equal(base64_decode(&packed, str_slice(buf_str(&out), from, to)), OK);
    stream.next_in = (unsigned char *)packed.at;
    stream.avail_in = (unsigned)packed.len;
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    assert_int_equal(stream.total_out, sizeof bytes);
    assert_memory_equal(plain, bytes, sizeof bytes);
}

/* ---- what is refused ---- */

static void refused(const char *wanted)
{
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    assert_int_equal(flow_write(&flow, &out, false, &said), INVALID);
    if (!str_eq(buf_str(&said), str_of(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(buf_str(&said)), wanted);
    flow_make(&flow, 1);
}

/* B13 to B15, B18 to B22, B28: each alone, by the rule that says it. */
static void wrong_flows_are_refused(void **state)
{
    (void)state;
    flow_make(&flow, 1);
    flow.account.iban = STR("fr7630006000011234567890189");
    refused("R37");
    flow.account.iban = STR("FR7630006000011234567890188");
    refused("R37");
    flow.slips[0].number = 0;
    refused("pes.missing");
    flow.slips[0].number = 10000000;
    refused("R08");
    flow.slips[1] = flow.slips[0];
    refused("R07; R08");
    flow.payee.account = NULL;
    refused("R21");
    flow.mandat_line.way = STR("01");
    refused("R23");
    flow.debtor.first_name = STR("");
    refused("R33");
    flow.mandats[0].object = STR("nc");
    refused("R38");
    flow.mandats[0].object = STR(".");
    refused("R38");
    flow.mandats[0].object = STR("000");
    refused("R38");
    flow.document.name = STR("facture");
    refused("R48");
    flow.document.bytes = STR("");
    refused("R49");
    flow.titre_line.plain = (struct money){-1};
    refused("R39; R40");
}

/* B21. */
static void names_of_files_are_plain(void **state)
{
    static const char *const names[] = {"BEAUVAL-\xC3\xA9t\xC3\xA9", "../BEAUVAL", ".BEAUVAL", "BEAU VAL", "BEAU/VAL"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        flow_make(&flow, 1);
        flow.file.file_name = str_of(names[i]);
        refused("pes.file_name");
    }
}

static void what_no_letter_writes_has_its_place(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    flow_make(&flow, 2);
    flow.mandats[1].object = STR("Papier 東京");
    flow.payee.name = STR("\xFF");
    assert_int_equal(flow_write(&flow, &out, true, &said), INVALID);
    assert_true(str_eq(buf_str(&said),
                       STR("pes.letter /PES_Aller/PES_DepenseAller/Bordereau[1]/Piece[1]/LigneDePiece[1]/Tiers/"
                           "InfoTiers/Nom = \xFF; "
                           "pes.letter /PES_Aller/PES_DepenseAller/Bordereau[1]/Piece[2]/BlocPiece/InfoPce/Obj = "
                           "Papier 東京; "
                           "pes.letter /PES_Aller/PES_DepenseAller/Bordereau[1]/Piece[2]/LigneDePiece[1]/Tiers/"
                           "InfoTiers/Nom = \xFF")));
}

/* B28: sums never wrap. */
static void sums_have_an_end(void **state)
{
    (void)state;
    flow_make(&flow, 1);
    flow.slips[0].before.cents = MONEY_MAX;
    refused("pes.large");
    flow.slips[0].before.cents = MONEY_MAX - 10050;
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    written(&out);
}

static void what_does_not_fit_is_told(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(1000), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    flow_make(&flow, 1);
    assert_int_equal(flow_write(&flow, &out, false, &said), LIMIT);
    assert_true(str_eq(buf_str(&said), STR("pes.limit")));
}

static void an_empty_flow_is_refused(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), said BUF_SCOPE = BUF_INIT(FLOW_WORDS);
    (void)state;
    flow_make(&flow, 1);
    flow.file.slip_count = 0;
    assert_int_equal(flow_write(&flow, &out, false, &said), INVALID);
    assert_true(str_eq(buf_str(&said), STR("pes.missing")));
    flow_make(&flow, 1);
    flow.slips[0].piece_count = 0;
    refused("pes.missing; pes.missing");
}

/* ---- many ---- */

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void any_count_passes_every_rule(void **state)
{
    static const size_t counts[] = {1, 2, 10, 100, 499, FLOW_PIECES};
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
        flow_make(&flow, counts[i]);
        written(&out);
    }
}

/* Prints how long one bordereau of 500 mandats takes: written, read back, looked at by every rule, and its digest. */
static void five_hundred_mandats_take_so_long(void **state)
{
    int64_t best = INT64_MAX;
    size_t bytes = 0;
    (void)state;
    flow_make(&flow, FLOW_PIECES);
    flow.file.slip_count = 1;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
        unsigned char digest[SHA256_DIGEST_LENGTH];
        int64_t from = now_us();
        written(&out);
        SHA256((const unsigned char *)out.at, out.len, digest);
        int64_t took = now_us() - from;
        best = took < best ? took : best;
        bytes = out.len;
    }
    print_message("500 mandats, %zu bytes: %lld.%lld ms\n", bytes, (long long)(best / 1000),
                  (long long)(best % 1000 / 100));
}

/* ---- by the schema made of the same tables ---- */

static void the_schema_takes_it(void **state)
{
    const char *file = "/tmp/parvis_pes_write_test.xml";
    char command[COMMAND_MAX];
    (void)state;
    shared_need("the schema of PES");
    tool_need("xmllint");
    snprintf(command, sizeof command, "xmllint --nonet --noout --schema %s/data/finance/pes/tables/"
             "pes_aller_reconstructed.xsd %%s 2>&1", shared_folder());
    for (size_t count = 1; count <= FLOW_PIECES; count += FLOW_PIECES - 1) {
        struct buf out BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
        flow_make(&flow, count);
        flow.file.is_paperless = true;
        flow.slips[1].has_running = true;
        written(&out);
        tool_put(file, buf_str(&out));
        int64_t from = now_us();
        assert_non_null(strstr(tool_ask(command, file), "validates"));
        print_message("xmllint, %zu mandats and titres: %lld ms\n", count, (long long)((now_us() - from) / 1000));
        remove(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_counts_are_computed),
        cmocka_unit_test(one_flow_has_one_form),
        cmocka_unit_test(what_is_to_be_signed_says_so),
        cmocka_unit_test(a_correction_names_the_line_it_takes_back),
        cmocka_unit_test(everything_has_its_place),
        cmocka_unit_test(a_document_comes_out_as_it_went_in),
        cmocka_unit_test(wrong_flows_are_refused),
        cmocka_unit_test(names_of_files_are_plain),
        cmocka_unit_test(what_no_letter_writes_has_its_place),
        cmocka_unit_test(sums_have_an_end),
        cmocka_unit_test(what_does_not_fit_is_told),
        cmocka_unit_test(an_empty_flow_is_refused),
        cmocka_unit_test(any_count_passes_every_rule),
        cmocka_unit_test(five_hundred_mandats_take_so_long),
        cmocka_unit_test(the_schema_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
