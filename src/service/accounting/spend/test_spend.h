/* For tests of spending: a town with a voted budget, a clerk, a signer and a supplier; pages as a browser asks. */
#ifndef SERVICE_ACCOUNTING_SPEND_TEST_SPEND_H
#define SERVICE_ACCOUNTING_SPEND_TEST_SPEND_H

#include <stdio.h>

#include "core/test_town.h"
#include "service/accounting/book/book.h"
#include "service/accounting/budget/budget.h"
#include "service/accounting/party/party.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_proof.h"

#define TOKEN "form_token=" TEST_TOKEN "&"
#define SUPPLIER "55203253400646"
#define IBAN "FR1420041010050500013M02606"

enum { FINDINGS = 1 << 16, WORDS = 1 << 12 };

static struct test_town test;
static int64_t clerk, signer, budget_id, act_id, supplier;
static int commands;
static bool has_no_address; /* the supplier */
static bool has_interest;   /* credits for late payment */

/* ---- a town with a voted budget ---- */

#define FRAME                                                                                                          \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/><IdPost V=\"056025\"/>"  \
    "</EnTeteDocBudgetaire><Budget>"                                                                                   \
    "<EnTeteBudget><LibelleEtab V=\"Beauval\"/><IdEtab V=\"21560046100010\"/><CodColl V=\"520\"/>"                     \
    "<CodBud V=\"00\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget><BlocBudget><NatDec V=\"01\"/>"                   \
    "<Exer V=\"2026\"/><ProjetBudget V=\"false\"/>"                                                                  \
    "<DteDec V=\"2026-04-07\"/><NatVote V=\"FcIa\"/><CodTypBud V=\"P\"/></BlocBudget></Budget></DocumentBudgetaire>"

static inline void add_line(struct ctx *ctx, int64_t place, const char *nature, const char *chapter, int64_t cents,
                            int64_t carried)
{
    struct budget_line line = {.place = place, .nature = str_of(nature), .function = STR(""), .operation = STR(""),
                               .chapter = str_of(chapter), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = str_of(chapter), .extra = STR("")};
    line.direction = nature[0] == '7' || nature[0] == '1' ? CHART_RECEIPT : CHART_EXPENSE;
    line.section = nature[0] == '2' || nature[0] == '1' ? CHART_INVESTMENT : CHART_FUNCTIONING;
    line.has[DOCBUDG_VOTED] = true;
    line.amounts[DOCBUDG_VOTED] = (struct money){cents};
    line.has[DOCBUDG_CARRIED] = carried != 0;
    line.amounts[DOCBUDG_CARRIED] = (struct money){carried};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

/* A decision of that kind and number begins; its lines follow, and vote_end. */
static inline enum status vote_begin(struct ctx *ctx, const char *kind, const char *number, int64_t *ret_document)
{
    struct budget_act act = {.label = STR("Beauval"), .siret = STR("21560046100010"), .year = 2026,
                             .kind = str_of(kind), .number = str_of(number), .nomenclature = STR("M57-M57_A"),
                             .decided = date_of(2026, 4, 7)};
    TRY(budget_document_begin(ctx, STR(FRAME), ret_document));
    return budget_act_begin(ctx, *ret_document, &act, STR("P"), false, &act_id);
}

static inline enum status vote(struct ctx *ctx)
{
    int64_t document;
    TRY(vote_begin(ctx, "01", "", &document));
    add_line(ctx, 1, "60632", "011", 500000, 0);
    add_line(ctx, 2, "6156", "011", 300000, 0);
    add_line(ctx, 3, "64111", "012", 900000, 0);
    add_line(ctx, 4, "73111", "731", 1700000, 0);
    add_line(ctx, 5, "2183", "21", 400000, 0);
    add_line(ctx, 6, "10222", "10", 400000, 0);
    if (has_interest)
        add_line(ctx, 7, "6583", "65", 50000, 0);
    return budget_document_end(ctx, document);
}

static inline void delegate(int64_t person, unsigned rights)
{
    struct ctx ctx = test_ctx(&test);
    struct signatory delegation = {.person = person, .rights = rights & ~(unsigned)(RIGHT_READ | RIGHT_PREPARE),
                                   .since = date_of(2026, 1, 1), .is_head = person == signer,
                                   .reference = person == signer ? STR("") : STR("arr\xC3\xAAt\xC3\xA9 2026-12")};
    struct faults *faults = faults_new(test.arena);
    int64_t id;
    assert_int_equal(DO(&test, right_set(&ctx, person, rights)), OK);
    assert_int_equal(DO(&test, signatory_add(&ctx, &delegation, faults, &id)), OK);
}

static inline enum status add_supplier(struct ctx *ctx)
{
    struct faults *faults = faults_new(test.arena);
    struct party party = {.name = STR("PAPETERIE DU LAC"), .complement = STR(""), .title = STR(""),
                          .first_name = STR(""), .id_kind = STR("01"), .id_number = STR(SUPPLIER),
                          .category = STR("50"), .nature = STR("03"), .street_before = STR(""),
                          .street = STR("1 RUE DU LAC"), .street_after = STR(""), .postcode = STR("56000"),
                          .place = STR("VANNES"), .country = STR(""), .mail = STR(""), .phone = STR("")};
    if (has_no_address)
        party.street = party.postcode = party.place = STR("");
    enum status done = party_add(ctx, &party, faults, &supplier);
    if (done != OK)
        print_message("%.*s\n", STR_ARG(faults->kept[0].mend));
    return done;
}

static inline int set_up(void **state)
{
    struct ctx ctx;
    (void)state;
    test_town_open(&test);
    commands = 0;
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    signer = test_person(&test, "maire@beauval.example", "Cabinet");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    delegate(clerk, RIGHTS_ALL & ~(unsigned)RIGHT_SIGN);
    delegate(signer, RIGHTS_ALL);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, vote(&ctx)), OK);
    assert_int_equal(DO(&test, add_supplier(&ctx)), OK);
    budget_id = 1;
    test_act_as(&test, clerk, ROLE_AGENT);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

/* ---- pages ---- */

static inline void opens_credits(void)
{
    struct str body;
    char path[64];
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
    assert_true(str_eq(body, STR("/accounting/years/1/2026?saved=1")));
}

/* A form with a command of its own; the code, and where it leads or what it says. */
static inline int send(const char *path, const char *fields, struct str *ret_body)
{
    char form[WORDS];
    snprintf(form, sizeof form, TOKEN "command=%032x&%s", ++commands, fields);
    return test_page(&test, path, form, ret_body);
}

static inline struct str main_part(struct str body)
{
    size_t at = str_find(body, STR("<main"));
    return at == SIZE_MAX ? body : str_slice(body, at, at + 2500);
}

static inline void leads(const char *path, const char *fields, const char *to)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 303 || !str_eq(body, str_of(to)))
        fail_msg("%s: %d %.*s", path, code, STR_ARG(main_part(body)));
}

/* A mandat without an engagement of what the form takes after an engagement alone; its sequence is the next one. */
static inline void orders_at_once(const char *account, int64_t cents, const char *nature)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    struct imputation line = {.nature = str_of(account), .function = STR(""), .operation = STR(""), .net = {cents}};
    struct piece_order order = {.year = &year, .lines = &line, .line_count = 1, .kind = CHART_REAL,
                                .party = supplier, .nature = str_of(nature), .type = STR(""),
                                .object = STR("Photocopieur"), .day = date_of(2026, 11, 2), .is_pay = true};
    unsigned char id[ENTRY_ID_BYTES];
    uint64_t sequence;
    book_id_of(str_format(ctx.arena, "%s %lld %s", account, (long long)cents, nature), id);
    assert_int_equal(credit_year(&ctx, budget_id, 2026, &year), OK);
    assert_int_equal(DO(&test, piece_order_direct(&ctx, &order, id, faults_new(ctx.arena), &sequence)), OK);
}

static inline void refuses(const char *path, const char *fields, const char *words)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 422 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d, without \"%s\": %.*s", path, code, words, STR_ARG(main_part(body)));
}

static inline void shows(const char *path, const char *words)
{
    struct str body;
    int code = test_page(&test, path, NULL, &body);
    if (code != 200 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d, without \"%s\": %.*s", path, code, words, STR_ARG(main_part(body)));
}

static inline void holds(void)
{
    struct ctx ctx = test_ctx(&test);
    struct book_proof proof;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(book_verify(&ctx, &proof, &findings), OK);
    assert_int_equal(spend_verify(&ctx, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
}

static inline void confirm_account(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct party_bank bank = {.iban = STR(IBAN), .bic = STR(""), .holder = STR("PAPETERIE DU LAC"), .source = STR("")};
    int64_t id;
    assert_int_equal(DO(&test, party_bank_add(&ctx, supplier, &bank, faults, &id)), OK);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, party_bank_confirm(&ctx, id)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
}

/* ---- files ---- */

#define EDGE "----parvis-test"
static struct web_convert given; /* what a page gave to a convert */

/* A form with a file, and fields as "name=value&name=value"; the code, and where it leads or what it says. */
static inline int hands_in(const char *path, const char *fields, const char *file_name, struct str bytes,
                           struct str *ret_body)
{
    struct buf body BUF_SCOPE = BUF_INIT(64 << 20);
    struct web_response response = {.body = BUF_INIT(16 << 20)};
    struct ctx ctx = test_ctx(&test);
    char all[WORDS];
    snprintf(all, sizeof all, "form_token=%s&command=%032x&%s", TEST_TOKEN, ++commands, fields);
    for (struct str rest = str_of(all); rest.len > 0;) {
        struct str field = str_cut(&rest, '&'), name = str_cut(&field, '=');
        if (name.len > 0)
            buf_add_format(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n%.*s\r\n",
                           STR_ARG(name), STR_ARG(field));
    }
    buf_add_format(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n", file_name);
    buf_add(&body, bytes);
    buf_add_c(&body, "\r\n--" EDGE "--\r\n");
    struct web_request request = {.method = WEB_POST, .path = str_of(path), .query = STR(""),
                                  .content_type = STR("multipart/form-data; boundary=" EDGE), .body = buf_str(&body),
                                  .accept_language = STR(""), .form_token = STR(TEST_TOKEN), .remote = STR("::1"),
                                  .device = STR("test"), .host = STR("beauval.localhost")};
    (void)DO(&test, web_dispatch(&ctx, test.pages, &request, &response));
    given = response.convert;
    if (!str_is_absent(given.document))
        given.document = str_copy(test.arena, given.document);
    *ret_body = str_copy(test.arena, response.code == 303 ? response.location : buf_str(&response.body));
    buf_finish(&response.body);
    return response.code;
}

#define ENGAGE "/accounting/years/1/2026/engage"
#define BILL "/accounting/years/1/2026/bill"

#endif
