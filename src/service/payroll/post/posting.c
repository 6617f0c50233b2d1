#include "service/payroll/post/posting.h"

#include "base/embed.h"
#include "proto/csv/csv.h"
#include "service/payroll/lang.h"

EMBED(payroll_posting, "src/service/payroll/post/posting.csv");

enum { ROWS_MAX = 200, STATUSES = 2 };
enum column { LINE, STATUS, CREDITOR, SINCE, ACCOUNT, SHORT, SOURCE, COLUMNS };

static const struct {
    const char *name;
    enum text_key text;
} creditors[POSTING_CREDITORS] = {
    [POSTING_STAFF] = {"staff", T_payroll_creditor_staff},
    [POSTING_STATE] = {"state", T_payroll_creditor_state},
    [POSTING_URSSAF] = {"urssaf", T_payroll_creditor_urssaf},
    [POSTING_CNRACL] = {"cnracl", T_payroll_creditor_cnracl},
    [POSTING_RAFP] = {"rafp", T_payroll_creditor_rafp},
    [POSTING_IRCANTEC] = {"ircantec", T_payroll_creditor_ircantec},
    [POSTING_CNFPT] = {"cnfpt", T_payroll_creditor_cnfpt},
    [POSTING_CENTRE] = {"centre", T_payroll_creditor_centre},
    [POSTING_DEDUCTIONS] = {"deductions", T_payroll_creditor_deductions},
};

struct place {
    enum posting_creditor creditor;
    struct str account; /* absent: the line is not posted */
};

struct posting_table {
    struct place places[STATUSES][PAY_LINES];
};

const char *posting_creditor_name(enum posting_creditor creditor)
{
    return creditors[creditor].name;
}

enum text_key posting_creditor_text(enum posting_creditor creditor)
{
    return creditors[creditor].text;
}

/* ---- the table ---- */

static enum status creditor_named(struct str name, enum posting_creditor *ret_creditor)
{
    for (size_t i = 0; i < POSTING_CREDITORS; i++)
        if (str_eq(name, str_of(creditors[i].name))) {
            *ret_creditor = (enum posting_creditor)i;
            return OK;
        }
    return CORRUPT;
}

static enum status read_row(const struct csv_row *row, bool is_short, struct posting_table *table)
{
    enum pay_line line;
    enum posting_creditor creditor;
    if (row->count != COLUMNS || pay_line_named(row->fields[LINE], &line) != OK)
        return CORRUPT;
    TRY(creditor_named(row->fields[CREDITOR], &creditor));
    size_t status = str_eq(row->fields[STATUS], STR("contract"));
    table->places[status][line] = (struct place){creditor, row->fields[is_short ? SHORT : ACCOUNT]};
    return OK;
}

enum status posting_table(struct arena *arena, bool is_short, const struct posting_table **ret_table)
{
    struct csv_reader reader = csv_open(str_span(payroll_posting, payroll_posting_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    struct posting_table *table = arena_new(arena, struct posting_table);
    enum status done;
    if (row == NULL || table == NULL)
        return LIMIT;
    TRY(csv_next(&reader, arena, row)); /* the head */
    while ((done = csv_next(&reader, arena, row)) == OK)
        TRY(read_row(row, is_short, table));
    *ret_table = table;
    return done == NOT_FOUND ? OK : CORRUPT;
}

/* ---- a payslip ---- */

static enum status account_of(struct posting *posting, struct str account, size_t *ret_place)
{
    for (size_t i = 0; i < posting->account_count; i++)
        if (str_eq(posting->accounts[i], account)) {
            *ret_place = i;
            return OK;
        }
    if (posting->account_count == POSTING_ACCOUNTS_MAX)
        return LIMIT;
    posting->accounts[*ret_place = posting->account_count++] = account;
    return OK;
}

static bool is_withheld(enum pay_line line)
{
    return (line >= PAY_CNRACL_AGENT && line < PAY_AGENT_TOTAL) || line == PAY_TAX || line == PAY_DEDUCTIONS;
}

static bool is_employer(enum pay_line line)
{
    return line > PAY_AGENT_TOTAL && line < PAY_EMPLOYER_TOTAL;
}

static bool is_gain(enum pay_line line)
{
    return line < PAY_GROSS || line == PAY_TRANSPORT || line == PAY_TELEWORK || line == PAY_REFUNDS;
}

static enum status add_line(const struct posting_table *table, size_t status, enum pay_line line, int64_t cents,
                            struct posting *posting)
{
    const struct place *place = &table->places[status][line];
    size_t account;
    if (cents == 0 || (!is_gain(line) && !is_withheld(line) && !is_employer(line)))
        return OK;
    if (str_is_absent(place->account))
        return CORRUPT;
    TRY(account_of(posting, place->account, &account));
    posting->cents[place->creditor][account] += cents;
    if (is_withheld(line))
        posting->cents[POSTING_STAFF][account] -= cents; /* it is of the agent's remuneration */
    posting->gross += is_gain(line) ? cents : 0;
    posting->employer += is_employer(line) ? cents : 0;
    return OK;
}

enum status posting_add(const struct posting_table *table, const struct bulletin *bulletin, struct posting *posting)
{
    const int64_t *cents = bulletin->paid.cents;
    if (bulletin->facts.status == PAY_ELECTED) {
        posting->elected += cents[PAY_COST];
        return OK;
    }
    for (size_t i = 0; i < PAY_LINES; i++)
        TRY(add_line(table, bulletin->facts.status == PAY_CONTRACT, (enum pay_line)i, cents[i], posting));
    return OK;
}

int64_t posting_of(const struct posting *posting, enum posting_creditor creditor)
{
    int64_t sum = 0;
    for (size_t i = 0; i < posting->account_count; i++)
        sum += posting->cents[creditor][i];
    return sum;
}
