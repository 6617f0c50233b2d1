/* Operations of order, as a browser writes them: both halves or none, corrected together, told to the accountant. */
#include "core/test_damage.h"
#include "service/accounting/receipt/test_receipt.h"

#include "service/accounting/asset/item.h"
#include "service/accounting/internal/pair.h"

#define PAIRS "/accounting/years/1/2026/pairs"
#define ASSETS "/accounting/years/1/2026/assets"
#define GRANT "kind=grant&object=Quote-part&day=2026-11-20&product=ORDR&expense=13918&receipt=777"

static int64_t next_place;

static void order_line(struct ctx *ctx, const char *nature, const char *chapter, enum chart_kind kind,
                       enum chart_section section, enum chart_direction direction, int64_t cents)
{
    struct budget_line line = {.place = next_place++, .nature = str_of(nature),
                               .function = STR(""), .operation = STR(""),
                               .chapter = str_of(chapter), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = str_of(chapter), .extra = STR(""), .kind = kind, .section = section,
                               .direction = direction, .has = {[DOCBUDG_VOTED] = true},
                               .amounts = {[DOCBUDG_VOTED] = {cents}}};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

#define BETWEEN_D(nature)                                                                                              \
    order_line(ctx, nature, "040", CHART_BETWEEN, CHART_INVESTMENT, CHART_EXPENSE, 200000)
#define BETWEEN_R(nature)                                                                                              \
    order_line(ctx, nature, "040", CHART_BETWEEN, CHART_INVESTMENT, CHART_RECEIPT, 200000)
#define RUNNING_D(nature)                                                                                              \
    order_line(ctx, nature, "042", CHART_BETWEEN, CHART_FUNCTIONING, CHART_EXPENSE, 400000)
#define RUNNING_R(nature)                                                                                              \
    order_line(ctx, nature, "042", CHART_BETWEEN, CHART_FUNCTIONING, CHART_RECEIPT, 200000)

static enum status open_order(struct ctx *ctx)
{
    int64_t document;
    next_place = 1;
    TRY(vote_begin(ctx, "02", "1", &document));
    RUNNING_D("6751");
    RUNNING_D("681");
    RUNNING_R("777");
    RUNNING_R("7761");
    BETWEEN_D("13918");
    BETWEEN_D("192");
    BETWEEN_R("2183");
    BETWEEN_R("28183");
    BETWEEN_R("28188");
    BETWEEN_R("192");
    order_line(ctx, "2183", "041", CHART_WITHIN, CHART_INVESTMENT, CHART_EXPENSE, 200000);
    order_line(ctx, "203", "041", CHART_WITHIN, CHART_INVESTMENT, CHART_RECEIPT, 200000);
    add_line(ctx, 50, "60632", "011", -400000, 0);
    add_line(ctx, 51, "10222", "10", -400000, 0);
    return budget_document_end(ctx, document);
}

static int begin(void **state)
{
    int done = set_up(state);
    struct ctx ctx = test_ctx(&test);
    opens_credits();
    assert_int_equal(DO(&test, open_order(&ctx)), OK);
    opens_credits();
    return done;
}

static struct piece the_piece(uint64_t sequence)
{
    struct ctx ctx = test_ctx(&test);
    struct piece piece;
    assert_int_equal(piece_get(&ctx, sequence, &piece), OK);
    return piece;
}

static size_t pieces_of(bool is_receipt)
{
    struct ctx ctx = test_ctx(&test);
    struct piece *pieces;
    size_t count;
    assert_int_equal(piece_list(&ctx, 1, 2026, is_receipt, PIECES_ALL, &pieces, &count), OK);
    return count;
}

/* ---- one is written ---- */

/* Kinds are told by their names. */
static void lacks_code(void)
{
    struct str body;
    assert_int_equal(test_page(&test, PAIRS, NULL, &body), 200);
    assert_int_equal(str_find(body, STR("free.between")), SIZE_MAX);
}

static void a_grant_is_taken_to_the_result(void **state)
{
    (void)state;
    leads(PAIRS, GRANT "&expense_amount=125,50&receipt_amount=125,50", "/accounting/pieces/3?saved=1");
    assert_true(str_eq(the_piece(3).type, STR("03")));
    assert_true(str_eq(the_piece(4).type, STR("03")));
    assert_false(the_piece(3).is_receipt);
    assert_true(the_piece(4).is_receipt);
    assert_int_equal(the_piece(4).amount.cents, 12550);
    shows(PAIRS, "Quote-part");
    shows("/accounting/pieces/3", "href=\"/accounting/pieces/4\"");
    shows("/accounting/pieces/4", "href=\"/accounting/pieces/3\"");
    leads(PAIRS, "kind=study&object=Suivies&product=ORDR&day=2026-11-20&expense=2183&receipt=203"
                   "&expense_amount=10&receipt_amount=10",
          "/accounting/pieces/5?saved=1");
    leads(PAIRS, "kind=Subvention+d%E2%80%99investissement+transf%C3%A9r%C3%A9e+au+compte+de+r%C3%A9sultat"
                 "&object=Par+son+nom&product=ORDR&day=2026-11-20&expense=13918&receipt=777"
                 "&expense_amount=1&receipt_amount=1",
          "/accounting/pieces/7?saved=1");
    lacks_code();
    holds();
}

/* Each refusal names its field, and leaves nothing. */
static void what_does_not_balance_is_refused(void **state)
{
    (void)state;
    refuses(PAIRS, GRANT "&expense_amount=125,50&receipt_amount=125,49", "receipt_amount");
    refuses(PAIRS, GRANT "&expense_amount=125,50&receipt_amount=125,51", "125,51");
    refuses(PAIRS, "kind=grant&object=x&product=ORDR&day=2026-11-20&expense=192&receipt=777"
                   "&expense_amount=1&receipt_amount=1",
            "expense");
    refuses(PAIRS, "kind=grant&object=x&product=ORDR&day=2026-11-20&expense=13918&receipt=7761"
                   "&expense_amount=1&receipt_amount=1",
            "receipt");
    refuses(PAIRS, "kind=nothing&object=x&product=ORDR&day=2026-11-20&expense=13918&receipt=777"
                   "&expense_amount=1&receipt_amount=1",
            "par son nom : Cession\xC2\xA0: sortie du bien");
    refuses(PAIRS, "kind=nothing&object=x&product=ORDR&day=2026-11-20&expense=13918&receipt=777"
                   "&expense_amount=1&receipt_amount=1",
            " ; Autre opération dans une section (041, 043)."); /* the last of them, whole */
    /* 040 on both sides; 021 and 023 are only foreseen; 775 is real. */
    refuses(PAIRS, "kind=free.between&object=x&product=ORDR&day=2026-11-20&expense=192&receipt=2183&expense_amount=1"
                   "&receipt_amount=1", "ne vont pas ensemble");
    refuses(PAIRS, "kind=free.between&object=x&product=ORDR&day=2026-11-20&expense=023&receipt=021&expense_amount=1"
                   "&receipt_amount=1", "existe qu\xE2\x80\x99" "au budget");
    refuses(PAIRS, "kind=free.between&object=x&product=ORDR&day=2026-11-20&expense=13918&receipt=7751&expense_amount=1"
                   "&receipt_amount=1", "7751");
    /* A titre goes with its product code: a file for the accountant has it. */
    refuses(PAIRS, "kind=grant&object=x&day=2026-11-20&expense=13918&receipt=777&expense_amount=1&receipt_amount=1",
            "quatre lettres");
    /* Credits for the mandat: 2,000.00. */
    refuses(PAIRS, GRANT "&expense_amount=2000,01&receipt_amount=2000,01", "2\xE2\x80\xAF" "000,00");
    assert_int_equal(pieces_of(false) + pieces_of(true), 0);
}

/* ---- corrected ---- */

static void both_halves_are_reduced(void **state)
{
    (void)state;
    leads(PAIRS, GRANT "&expense_amount=100&receipt_amount=100", "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "amount=30&day=2026-11-21&object=Trop", "/accounting/pieces/5?saved=1");
    assert_int_equal(the_piece(3).remains.cents, 7000);
    assert_int_equal(the_piece(4).remains.cents, 7000);
    assert_int_equal(the_piece(6).origin, 4);
    assert_true(the_piece(6).is_receipt);
    leads("/accounting/pieces/4/reduce", "amount=70&day=2026-11-21&object=Tout", "/accounting/pieces/7?saved=1");
    assert_int_equal(the_piece(3).remains.cents, 0);
    assert_int_equal(the_piece(4).remains.cents, 0);
    refuses("/accounting/pieces/3/reduce", "amount=1&day=2026-11-21&object=Encore", "0,00");
    holds();
}

#define ONE_ASSET(number, account, cost)                                                                              \
    "number=" number "&label=Bien&account=" account "&commissioned=2026-01-01&cost=" cost                             \
    "&years=5&basis=jours&kind=&before=0&before_year="

/* A titre of two lines: what goes from the mandat alone would not say of which. */
static void several_lines_are_reduced_from_their_side(void **state)
{
    (void)state;
    leads("/accounting/years/1/2026/asset", ONE_ASSET("1", "2183", "500"), ASSETS "/1?saved=1");
    leads("/accounting/years/1/2026/asset", ONE_ASSET("2", "2188", "1000"), ASSETS "/2?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    assert_int_equal(the_piece(3).amount.cents, 30000);
    size_t before = pieces_of(false);
    refuses("/accounting/pieces/3/reduce", "amount=50&day=2026-11-21&object=Trop", "300,00");
    assert_int_equal(pieces_of(false), before);
    assert_int_equal(the_piece(3).remains.cents, 30000);
    leads("/accounting/pieces/4/reduce", "part1=0&part2=50&day=2026-11-21&object=Trop",
          "/accounting/pieces/5?saved=1");
    assert_int_equal(the_piece(3).remains.cents, 25000);
    leads("/accounting/pieces/3/reduce", "amount=250&day=2026-11-21&object=Tout", "/accounting/pieces/7?saved=1");
    assert_int_equal(the_piece(4).remains.cents, 0);
    holds();
}

/* ---- an asset is sold ---- */

/* 3,650.00 over five years from 2 July, sold on 20 November: 142 days of 2.00 are charged, and 3,366.00 are left. */
#define COPIER                                                                                                         \
    "number=2026-1&label=Photocopieur&account=2183&commissioned=2026-07-02&cost=%s&years=5&basis=jours&kind=&before=0" \
    "&before_year="

static void records(const char *cost)
{
    char form[WORDS];
    snprintf(form, sizeof form, COPIER, cost);
    leads("/accounting/years/1/2026/asset", form, ASSETS "/1?saved=1");
}

static void a_sale_is_written_with_its_loss(void **state)
{
    (void)state;
    records("1825"); /* 142 days of 1.00: 1,683.00 are left */
    refuses(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "encore dans");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=683", ASSETS "/1?saved=1");
    shows(ASSETS "/1", "1\xE2\x80\xAF" "683,00");
    shows(ASSETS "/1", "moins-value de 1\xE2\x80\xAF" "000,00");
    shows(ASSETS "/1", "7751"); /* the titre of its price */
    leads(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", ">6751<");
    shows("/accounting/pieces/4", ">2183<");
    shows("/accounting/pieces/5", ">192<");
    shows("/accounting/pieces/6", ">7761<");
    for (uint64_t i = 3; i <= 6; i++) {
        assert_true(str_eq(the_piece(i).nature, STR("18")));
        assert_int_equal(the_piece(i).amount.cents, i < 5 ? 168300 : 100000);
    }
    refuses(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "d\xC3\xA9j\xC3\xA0");
    holds();
}

/* The gain needs credits on 6761, which nobody voted: nothing of the sale is there. */
static void all_of_a_sale_or_none(void **state)
{
    (void)state;
    records("1825");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=99999", ASSETS "/1?saved=1");
    shows(ASSETS "/1", "plus-value de");
    struct str body;
    assert_int_equal(send(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", &body), 422);
    assert_int_equal(pieces_of(false) + pieces_of(true), 0);
}

static void what_was_scrapped_has_no_piece(void **state)
{
    struct str body;
    (void)state;
    records("1825");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=0", ASSETS "/1?saved=1");
    assert_int_equal(test_page(&test, ASSETS "/1", NULL, &body), 200);
    assert_lacks(body, "/dispose");
    refuses(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "193");
}

static void who_reads_alone_writes_none(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    int64_t reader = test_person(&test, "elue@beauval.example", "Conseil");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, reader, RIGHT_READ)), OK);
    test_act_as(&test, reader, ROLE_AGENT);
    assert_int_equal(test_page(&test, PAIRS, NULL, &body), 200);
    assert_lacks(body, "action=\"/accounting/years/1/2026/pairs\"");
    assert_int_equal(send(PAIRS, GRANT "&expense_amount=1&receipt_amount=1", &body), 403);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, PAIRS, NULL, &body), 403);
}

/* ---- told to the accountant ---- */

/* The file of a bordereau of those pieces, signed. */
static struct str told(const char *slip, const char *pieces)
{
    char path[WORDS];
    test_act_as(&test, clerk, ROLE_AGENT);
    snprintf(path, sizeof path, "/accounting/slips/%s?saved=1", slip);
    leads("/accounting/years/1/2026/slip", pieces, path);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    snprintf(path, sizeof path, "/accounting/slips/%s/sign", slip);
    char to[WORDS];
    snprintf(to, sizeof to, "/accounting/slips/%s?saved=1", slip);
    leads(path, "", to);
    return file_of(slip[0] - '0');
}

static void a_sale_names_its_asset(void **state)
{
    (void)state;
    records("1825");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=683", ASSETS "/1?saved=1");
    leads(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "/accounting/pieces/3?saved=1");
    struct str expense = told("1", "piece=3"), receipt = told("2", "receipt=1&piece=4");
    assert_has(expense, "<TypPce V=\"03\"/>");
    assert_has(expense, "<NatPce V=\"18\"/>");
    assert_has(expense, "<ModRegl V=\"08\"/>");
    assert_has(expense, "<IdActif V=\"2026-1\"/>");
    assert_has(receipt, "<NatPce V=\"18\"/>");
    assert_has(receipt, "<IdActif V=\"2026-1\"/>");
    schema_takes(expense);
    schema_takes(receipt);
}

/* Of one asset, both halves; of several, the lines on 28 whose account is of one alone. */
static void depreciation_names_its_assets(void **state)
{
    (void)state;
    leads("/accounting/years/1/2026/asset", ONE_ASSET("B-1", "2183", "500"), ASSETS "/1?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    struct str file = told("1", "piece=3");
    assert_has(file, "<IdActif V=\"B-1\"/>");
    schema_takes(file);
    assert_has(told("2", "receipt=1&piece=4"), "<IdActif V=\"B-1\"/>");
}

static void depreciation_of_several_names_them_line_by_line(void **state)
{
    (void)state;
    leads("/accounting/years/1/2026/asset", ONE_ASSET("B-1", "2183", "500"), ASSETS "/1?saved=1");
    leads("/accounting/years/1/2026/asset", ONE_ASSET("B-2", "2188", "500"), ASSETS "/2?saved=1");
    leads("/accounting/years/1/2026/asset", ONE_ASSET("B-3", "2188", "500"), ASSETS "/3?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    struct str expense = told("1", "piece=3"), receipt = told("2", "receipt=1&piece=4");
    assert_lacks(expense, "IdActif");
    assert_has(receipt, "<IdActif V=\"B-1\"/>");
    assert_lacks(receipt, "<IdActif V=\"B-2\"/>");
    assert_lacks(receipt, "<IdActif V=\"B-3\"/>");
    schema_takes(receipt);
}

#define PAID                                                                                                           \
    "object=Photocopieur&party=" SUPPLIER "&account=637&amount=3650&day=2026-11-02"

/* The mandat that paid an asset is of the inventory, and says of which; once it is signed, it stays as it was. */
static void a_purchase_names_its_asset(void **state)
{
    (void)state;
    confirm_account();
    orders_at_once("2183", 365000, "");
    leads("/accounting/years/1/2026/asset", ONE_ASSET("2026-1", "2183", "3650") "&piece=1", ASSETS "/1?saved=1");
    struct str file = told("1", "piece=3");
    assert_has(file, "<NatPce V=\"03\"/>");
    assert_has(file, "<IdActif V=\"2026-1\"/>");
    schema_takes(file);
    test_act_as(&test, clerk, ROLE_AGENT);
    orders_at_once("2183", 10000, "");
    struct str before = told("2", "piece=4");
    assert_has(before, "<NatPce V=\"02\"/>");
    test_act_as(&test, clerk, ROLE_AGENT);
    leads("/accounting/years/1/2026/asset", ONE_ASSET("2026-2", "2183", "100") "&piece=2", ASSETS "/2?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    assert_true(str_eq(file_of(2), before));
}

/* Codes of the list alone, and in the file as they were chosen. */
static void a_mandat_of_a_contract_says_what_it_is(void **state)
{
    (void)state;
    confirm_account();
    refuses("/accounting/years/1/2026/order", PAID "&nature=18", "12, 13 ou 14");
    refuses("/accounting/years/1/2026/order", "object=Achat&party=" SUPPLIER "&account=2183&amount=1&day=2026-11-02",
            "s\xE2\x80\x99" "engage d\xE2\x80\x99" "abord");
    orders_at_once("2183", 365000, "13");
    struct str file = told("1", "piece=3");
    assert_has(file, "<NatPce V=\"13\"/>");
    schema_takes(file);
}

/* As it could be corrected before: one half alone. It is found. */
static enum status reduce_alone(struct ctx *ctx)
{
    struct credit_year year;
    struct piece piece = the_piece(3);
    struct faults *faults = faults_new(test.arena);
    unsigned char id[ENTRY_ID_BYTES] = {7};
    uint64_t sequence;
    struct piece_order order = {.year = &year, .origin = 3, .object = STR("Trop"), .nature = STR(PES_NATURE_REDUCING),
                                .type = STR(PES_PIECE_CORRECTING), .day = date_of(2026, 11, 21),
                                .kind = CHART_BETWEEN};
    TRY(credit_year(ctx, 1, 2026, &year));
    TRY(piece_lines(ctx, &piece, (struct money){100}, faults, &order.lines, &order.line_count));
    return piece_make(ctx, &order, ENTRY_ORDER_REDUCE, 3, 0, id, faults, &sequence);
}

static void half_of_a_correction_is_found(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    (void)state;
    leads(PAIRS, GRANT "&expense_amount=100&receipt_amount=100", "/accounting/pieces/3?saved=1");
    holds();
    assert_int_equal(DO(&test, reduce_alone(&ctx)), OK);
    assert_int_equal(spend_verify(&ctx, &findings), OK);
    assert_has(buf_str(&findings), "comes to 9900 cents, the other half to 10000");
}

/* ---- a town that was there before ---- */

/* The statement of the migration that pairs depreciation charged before pairs were kept. */
static const char *migration_step(void)
{
    static char text[1 << 13];
    FILE *file = fopen("src/service/accounting/migrations/0013_pair.sql", "r");
    assert_non_null(file);
    size_t read = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[read] = 0;
    char *from = strstr(text, "INSERT INTO accounting_pair");
    assert_non_null(from);
    char *end = strchr(from, ';');
    assert_non_null(end);
    *end = 0;
    return from;
}

/* What was charged has its titre again, what was cancelled and charged anew too, and nothing else becomes a pair. */
static void depreciation_charged_before_has_its_titre(void **state)
{
    struct ctx ctx;
    struct pair pair;
    (void)state;
    leads("/accounting/years/1/2026/asset", ONE_ASSET("1", "2183", "500"), ASSETS "/1?saved=1");
    leads("/accounting/years/1/2026/asset", ONE_ASSET("2", "2188", "1000"), ASSETS "/2?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "amount=300&day=2026-11-21&object=Tout", "/accounting/pieces/5?saved=1");
    leads(ASSETS "/charge", "day=2026-11-21&product=AMOR", "/accounting/pieces/7?saved=1");
    leads(PAIRS, GRANT "&expense_amount=10&receipt_amount=10", "/accounting/pieces/9?saved=1");
    damage_do(&test, "DELETE FROM accounting_pair");
    damage_do(&test, migration_step());
    ctx = test_ctx(&test);
    assert_int_equal(pair_of(&ctx, 7, &pair), OK);
    assert_int_equal(pair.receipt, 8);
    assert_true(str_eq(pair.kind, STR("depreciation")));
    assert_int_equal(pair_of(&ctx, 8, &pair), OK);
    assert_int_equal(pair_of(&ctx, 5, &pair), NOT_FOUND);
    assert_int_equal(pair_of(&ctx, 9, &pair), NOT_FOUND);
    leads("/accounting/pieces/8/reduce", "part1=0&part2=50&day=2026-11-21&object=Trop",
          "/accounting/pieces/11?saved=1");
    assert_int_equal(the_piece(7).remains.cents, 25000);
    holds();
}

/* ---- commands ---- */

/* A form that comes twice makes one; another act's command makes none. */
static void a_command_makes_one_operation(void **state)
{
    struct str body;
    (void)state;
    leads(PAIRS, GRANT "&expense_amount=10&receipt_amount=10", "/accounting/pieces/3?saved=1");
    commands--;
    leads(PAIRS, GRANT "&expense_amount=10&receipt_amount=10", "/accounting/pieces/3?saved=1");
    commands--;
    assert_int_equal(send(PAIRS, GRANT "&expense_amount=11&receipt_amount=11", &body), 303); /* it is that one */
    commands--;
    assert_int_equal(send("/accounting/pieces/3/reduce", "amount=1&day=2026-11-21&object=x", &body), 422);
    assert_int_equal(pieces_of(false) + pieces_of(true), 2);
    refuses(PAIRS, GRANT "&expense_amount=0&receipt_amount=0", "0,00");
    refuses(PAIRS, GRANT "&expense_amount=-1&receipt_amount=-1", "\xE2\x88\x92" "1,00");
    refuses(PAIRS, "kind=grant&object=&day=2026-11-20&product=ORDR&expense=13918&receipt=777&expense_amount=1"
                   "&receipt_amount=1", "objet");
    refuses(PAIRS, "kind=grant&object=x&day=2027-01-01&product=ORDR&expense=13918&receipt=777&expense_amount=1"
                   "&receipt_amount=1", "2027-01-01");
    refuses(PAIRS, "kind=grant&object=x&day=2026-04-06&product=ORDR&expense=13918&receipt=777&expense_amount=1"
                   "&receipt_amount=1&asset=99", "inventaire");
    assert_int_equal(pieces_of(false) + pieces_of(true), 2);
    holds();
}

static int send_as(const char *path, const char *command, const char *fields)
{
    struct str body;
    char form[WORDS];
    snprintf(form, sizeof form, TOKEN "command=%s&%s", command, fields);
    return test_page(&test, path, form, &body);
}

/* Whoever chooses the ids of commands does not tie acts together that one operation did not make. */
static void a_half_is_no_act_that_was_there(void **state)
{
    static const char first[] = "00000000000000000000000000000011";
    static const char other[] = "80000000000000000000000000000011"; /* of the titre that goes with it */
    static const char second[] = "40000000000000000000000000000012"; /* of the second operation of a sale */
    static const char sale[] = "00000000000000000000000000000012";
    (void)state;
    confirm_account();
    assert_int_equal(send_as("/accounting/years/1/2026/title", other,
                             "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=10&day=2026-11-02"),
                     303);
    assert_int_equal(send_as(PAIRS, first, GRANT "&expense_amount=10&receipt_amount=10"), 422);
    assert_int_equal(pieces_of(false), 0);
    assert_int_equal(send_as("/accounting/years/1/2026/order", second,
                             "object=Achat&party=" SUPPLIER "&account=637&amount=10&day=2026-11-02"),
                     303);
    records("1825");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=683", ASSETS "/1?saved=1");
    assert_int_equal(send_as(ASSETS "/1/dispose", sale, "day=2026-11-20&product=CESS"), 422);
    assert_int_equal(pieces_of(false), 1);
    assert_int_equal(send_as(PAIRS, second, GRANT "&expense_amount=10&receipt_amount=10"), 422);
    leads(ASSETS "/1/dispose", "day=2026-11-20&product=CESS", "/accounting/pieces/5?saved=1");
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_grant_is_taken_to_the_result, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_balance_is_refused, begin, tear_down),
        cmocka_unit_test_setup_teardown(both_halves_are_reduced, begin, tear_down),
        cmocka_unit_test_setup_teardown(several_lines_are_reduced_from_their_side, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_sale_is_written_with_its_loss, begin, tear_down),
        cmocka_unit_test_setup_teardown(all_of_a_sale_or_none, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_was_scrapped_has_no_piece, begin, tear_down),
        cmocka_unit_test_setup_teardown(who_reads_alone_writes_none, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_sale_names_its_asset, begin, tear_down),
        cmocka_unit_test_setup_teardown(depreciation_names_its_assets, begin, tear_down),
        cmocka_unit_test_setup_teardown(depreciation_of_several_names_them_line_by_line, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_purchase_names_its_asset, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_mandat_of_a_contract_says_what_it_is, begin, tear_down),
        cmocka_unit_test_setup_teardown(half_of_a_correction_is_found, begin, tear_down),
        cmocka_unit_test_setup_teardown(depreciation_charged_before_has_its_titre, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_command_makes_one_operation, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_half_is_no_act_that_was_there, begin, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
