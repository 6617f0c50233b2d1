/* For tests of the end of a year: a town that spends (../spend/test_spend.h), its days, its next year. */
#ifndef SERVICE_ACCOUNTING_CLOSE_TEST_CLOSE_H
#define SERVICE_ACCOUNTING_CLOSE_TEST_CLOSE_H

#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/close/closing.h"
#include "service/accounting/close/result.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/test_spend.h"

#define SIRET "21560046100010"
#define YEAR_PATH "/accounting/years/1/2026"
#define NEXT_PATH "/accounting/years/1/2027"

static inline void it_is(int year, int month, int day)
{
    test.now = instant_of_date(date_of(year, month, day));
    test.now.ms += INT64_C(36000000); /* ten o'clock */
}

static inline void as_signer(void)
{
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
}

static inline void as_clerk(void)
{
    test_act_as(&test, clerk, ROLE_AGENT);
}

/* A draft of the next year's budget, made of this year's, with what the year leaves taken over. */
static inline int64_t next_draft(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act from, draft;
    int64_t id;
    assert_int_equal(budget_act_named(&ctx, STR(SIRET), 2026, STR("01"), STR_NONE, &from), OK);
    assert_int_equal(DO(&test, chart_taken_decide(&ctx, STR("M57-M57_A"), 2027, 2024)), OK);
    assert_int_equal(DO(&test, budget_draft_begin(&ctx, &from, &id)), OK);
    assert_int_equal(budget_act(&ctx, id, &draft), OK);
    assert_int_equal(DO(&test, budget_result_take(&ctx, &draft)), OK);
    return id;
}

static inline int64_t amount_of(int64_t act, const char *account, enum chart_direction direction,
                                enum docbudg_amount amount)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    int64_t sum = 0;
    assert_int_equal(budget_lines(&ctx, act, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, str_of(account)) && lines[i].direction == direction)
            sum += lines[i].amounts[amount].cents;
    return sum;
}

static inline int64_t carried_of(int64_t act, enum chart_section section, enum chart_direction direction)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_total totals[4];
    size_t count;
    assert_int_equal(budget_totals(&ctx, act, totals, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (totals[i].section == section && totals[i].direction == direction)
            return totals[i].amounts[DOCBUDG_CARRIED].cents;
    return 0;
}

/* What a section lacks on one side is added to a line of it, as a council would. */
static inline void balances(struct budget_line *lines, size_t count, enum chart_section section, const char *expense,
                            const char *receipt)
{
    int64_t apart = 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].section == section)
            apart += (lines[i].direction == CHART_RECEIPT ? 1 : -1) * lines[i].amounts[DOCBUDG_OPEN].cents;
    for (size_t i = 0; i < count && apart != 0; i++) {
        bool is_it = str_eq(lines[i].nature, str_of(apart > 0 ? expense : receipt));
        if (!is_it || (lines[i].direction == CHART_RECEIPT) != (apart < 0))
            continue;
        lines[i].amounts[DOCBUDG_VOTED].cents += apart > 0 ? apart : -apart;
        lines[i].amounts[DOCBUDG_OPEN].cents += apart > 0 ? apart : -apart;
        apart = 0;
    }
    assert_int_equal(apart, 0);
}

/* What it says is copied into an act that was voted, of a document with that frame: the same lines, without the
 * formalities of a whole document. */
static inline void keeps_under(int64_t draft, struct str frame)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_line *lines;
    size_t count;
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR(SIRET), .year = 2027, .kind = STR("01"),
                             .number = STR(""), .nomenclature = STR("M57-M57_A"),
                             .decided = date_of_instant(test.now)};
    assert_int_equal(budget_lines(&ctx, draft, &lines, &count), OK);
    balances(lines, count, CHART_FUNCTIONING, "60632", "73111");
    balances(lines, count, CHART_INVESTMENT, "2183", "10222");
    writer_job_begin(test.town.writer);
    assert_int_equal(budget_document_begin(&ctx, frame, &document), OK);
    assert_int_equal(budget_act_begin(&ctx, document, &act, STR("P"), true, &act_id), OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(budget_line_add(&ctx, act_id, &lines[i]), OK);
    assert_int_equal(test_end(&test, budget_document_end(&ctx, document)), OK);
}

static inline void keeps_as_drafted(int64_t draft)
{
    keeps_under(draft, STR(FRAME));
}

/* ...and its credits are opened. */
static inline void votes_as_drafted(int64_t draft)
{
    struct str body;
    char path[64];
    keeps_as_drafted(draft);
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
}

static inline struct book_cell cell_of(int year, enum cell_section section, enum cell_direction direction,
                                       const char *level)
{
    struct ctx ctx = test_ctx(&test);
    struct book_cell cell = {.id = 0};
    struct cell_key key = {.budget = STR(SIRET), .exercise = (uint16_t)year, .section = section,
                           .direction = direction, .level = str_of(level)};
    enum status done = book_cell(&ctx, &key, &cell);
    assert_true(done == OK || done == NOT_FOUND);
    return cell;
}

/* All pieces of a year in bordereaux that are signed, one for each sense and type. */
static inline void all_is_signed(int year)
{
    struct ctx ctx = test_ctx(&test);
    char path[64], fields[WORDS / 2];
    struct piece *pieces;
    struct slip *slips;
    struct str body;
    size_t count;
    for (int part = 0; part < 4; part++) {
        size_t at = 0;
        as_clerk();
        ctx = test_ctx(&test);
        assert_int_equal(piece_list(&ctx, 1, year, part % 2 == 1, PIECES_WITHOUT_SLIP, &pieces, &count), OK);
        fields[0] = 0;
        for (size_t i = 0; i < count; i++) {
            bool takes_back = str_eq(pieces[i].type, STR("02")) && !str_eq(pieces[i].nature, STR("09"));
            if (takes_back == part / 2)
                at += (size_t)snprintf(fields + at, sizeof fields - at, "%spiece=%llu", at > 0 ? "&" : "",
                                       (unsigned long long)pieces[i].sequence);
        }
        if (at == 0)
            continue;
        snprintf(path, sizeof path, "/accounting/years/1/%d/slip", year);
        assert_int_equal(send(path, fields, &body), 303);
    }
    as_signer();
    ctx = test_ctx(&test);
    assert_int_equal(slip_list(&ctx, 1, year, &slips, &count), OK);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "/accounting/slips/%lld/sign", (long long)slips[i].id);
        if (slips[i].state == SLIP_TO_SIGN)
            assert_int_equal(send(path, "", &body), 303);
    }
    as_clerk();
}

/* Its bordereaux as files: every rule of PES holds (slip_file_write reads what it wrote). */
static inline void files_hold(int year, const char *words)
{
    struct ctx ctx = test_ctx(&test);
    struct slip *slips;
    size_t count;
    bool has_words = words == NULL;
    assert_int_equal(slip_list(&ctx, 1, year, &slips, &count), OK);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
        struct faults *faults = faults_new(test.arena);
        enum status done = slip_file_write(&ctx, &slips[i], &out, faults);
        for (size_t j = 0; j < faults->count; j++)
            print_message("%.*s %.*s: %.*s\n", STR_ARG(faults->kept[j].rule), STR_ARG(faults->kept[j].place),
                          STR_ARG(faults->kept[j].mend));
        assert_int_equal(done, OK);
        has_words |= words != NULL && str_find(buf_str(&out), str_of(words)) != SIZE_MAX;
    }
    if (!has_words)
        fail_msg("no file says %s", words);
}

#endif
