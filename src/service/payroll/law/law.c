#include "service/payroll/law/law.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(payroll_law, "src/service/payroll/law/law.csv");

enum { DECIMALS_MAX = 6, CENTS = 100 };
enum column { CODE, SINCE, UNTIL, VALUE, UNIT, KNOWN, TRUST, NAME, SOURCE, LINK, COLUMNS, SCOPE = COLUMNS, ABOVE,
              REREAD, ALL_COLUMNS };

static const char *const codes[LAW_CODES] = {
    [LAW_POINT_YEAR] = "point.year",
    [LAW_INDEX_LEAST] = "index.least",
    [LAW_SMIC_MONTH] = "smic.month",
    [LAW_PSS_MONTH] = "pss.month",
    [LAW_RESIDENCE_ZONE1] = "residence.zone1",
    [LAW_RESIDENCE_ZONE2] = "residence.zone2",
    [LAW_RESIDENCE_ZONE3] = "residence.zone3",
    [LAW_RESIDENCE_INDEX] = "residence.index",
    [LAW_SFT_LOW] = "sft.low",
    [LAW_SFT_HIGH] = "sft.high",
    [LAW_SFT_FIXED1] = "sft.fixed1",
    [LAW_SFT_FIXED2] = "sft.fixed2",
    [LAW_SFT_FIXED_MORE] = "sft.fixed_more",
    [LAW_SFT_SHARE2] = "sft.share2",
    [LAW_SFT_SHARE3] = "sft.share3",
    [LAW_SFT_SHARE_MORE] = "sft.share_more",
    [LAW_CSG_DEDUCTIBLE] = "csg.deductible",
    [LAW_CSG_TAXED] = "csg.taxed",
    [LAW_CRDS] = "crds",
    [LAW_CSG_ALLOWANCE] = "csg.allowance",
    [LAW_CSG_ALLOWANCE_CEILING] = "csg.allowance_ceiling",
    [LAW_CSG_COMPENSATION] = "csg.compensation",
    [LAW_CNRACL_EMPLOYEE] = "cnracl.employee",
    [LAW_CNRACL_EMPLOYER] = "cnracl.employer",
    [LAW_ATIACL_EMPLOYER] = "atiacl.employer",
    [LAW_ATIACL_BASE] = "atiacl.base",
    [LAW_RAFP_EMPLOYEE] = "rafp.employee",
    [LAW_RAFP_EMPLOYER] = "rafp.employer",
    [LAW_RAFP_CEILING] = "rafp.ceiling",
    [LAW_IRCANTEC_A_EMPLOYEE] = "ircantec.a.employee",
    [LAW_IRCANTEC_B_EMPLOYEE] = "ircantec.b.employee",
    [LAW_IRCANTEC_A_EMPLOYER] = "ircantec.a.employer",
    [LAW_IRCANTEC_B_EMPLOYER] = "ircantec.b.employer",
    [LAW_IRCANTEC_CEILING] = "ircantec.ceiling",
    [LAW_SICKNESS_OFFICIAL] = "sickness.official",
    [LAW_SICKNESS_GENERAL] = "sickness.general",
    [LAW_AGE_CAPPED_EMPLOYEE] = "age.capped.employee",
    [LAW_AGE_WHOLE_EMPLOYEE] = "age.whole.employee",
    [LAW_AGE_CAPPED_EMPLOYER] = "age.capped.employer",
    [LAW_AGE_WHOLE_EMPLOYER] = "age.whole.employer",
    [LAW_FAMILY] = "family",
    [LAW_AUTONOMY] = "autonomy",
    [LAW_FNAL_LARGE] = "fnal.large",
    [LAW_FNAL_SMALL] = "fnal.small",
    [LAW_CNFPT] = "cnfpt",
    [LAW_TRANSFER_A] = "transfer.a",
    [LAW_TRANSFER_B] = "transfer.b",
    [LAW_TRANSFER_C] = "transfer.c",
    [LAW_PART_TIME_80] = "part_time.80",
    [LAW_PART_TIME_90] = "part_time.90",
    [LAW_HOURS_WEEK] = "hours.week",
    [LAW_ROUNDING_GAIN] = "rounding.gain",
    [LAW_ROUNDING_CONTRIBUTION] = "rounding.contribution",
    [LAW_NBI_ROUNDING] = "nbi.rounding",
    [LAW_CARENCE_SHARE] = "carence.share",
    [LAW_SICK_FULL] = "sick.full",
    [LAW_SICK_HALF] = "sick.half",
    [LAW_THIRTIETHS] = "thirtieths",
    [LAW_SICK_RESIDENCE] = "sick.residence",
    [LAW_SICK_FAMILY] = "sick.family",
    [LAW_SICK_PRIMES] = "sick.primes",
    [LAW_LONG_FULL] = "long.full",
    [LAW_LONG_HALF] = "long.half",
    [LAW_LONG_PRIMES] = "long.primes",
    [LAW_LASTING_FULL] = "lasting.full",
    [LAW_LASTING_HALF] = "lasting.half",
    [LAW_LASTING_PRIMES] = "lasting.primes",
    [LAW_LASTING_NBI] = "lasting.nbi",
    [LAW_SERVICE_FULL] = "service.full",
    [LAW_SERVICE_PRIMES] = "service.primes",
    [LAW_BIRTH_FULL] = "birth.full",
    [LAW_BIRTH_PRIMES] = "birth.primes",
    [LAW_THERAPY_FULL] = "therapy.full",
    [LAW_THERAPY_PRIMES] = "therapy.primes",
    [LAW_UNDONE_TREATMENT] = "undone.treatment",
    [LAW_UNDONE_FAMILY] = "undone.family",
    [LAW_UNPAID_TREATMENT] = "unpaid.treatment",
    [LAW_TRANSFER_GENERAL] = "transfer.general",
    [LAW_PSS_DAYS] = "pss.days",
    [LAW_TERMINAL_INDEX] = "terminal.index",
    [LAW_ELECTED_SCHEME] = "elected.scheme",
    [LAW_ELECTED_ALLOWANCE] = "elected.allowance",
    [LAW_OVERTIME_HOURS_YEAR] = "overtime.hours_year",
    [LAW_OVERTIME_FIRST] = "overtime.first",
    [LAW_OVERTIME_MORE] = "overtime.more",
    [LAW_OVERTIME_FIRST_HOURS] = "overtime.first_hours",
    [LAW_OVERTIME_NIGHT] = "overtime.night",
    [LAW_OVERTIME_SUNDAY] = "overtime.sunday",
    [LAW_OVERTIME_CEILING] = "overtime.ceiling",
    [LAW_OVERTIME_EXEMPT] = "overtime.exempt",
    [LAW_OVERTIME_RELIEF] = "overtime.relief",
    [LAW_TRANSPORT_SHARE] = "transport.share",
    [LAW_TELEWORK_DAY] = "telework.day",
    [LAW_TELEWORK_YEAR] = "telework.year",
    [LAW_MOBILITY] = "mobility",
    [LAW_CENTRE] = "centre",
    [LAW_ACCIDENT] = "accident",
    [LAW_IFSE] = "ifse",
    [LAW_CIA] = "cia",
    [LAW_PRIME] = "prime",
    [LAW_HEALTH] = "health",
    [LAW_COMPENSATION_FROZEN] = "compensation.frozen",
    [LAW_COMPENSATION_BASE] = "compensation.base",
    [LAW_ELECTED_SHARE] = "elected.share",
    [LAW_DEDUCTION] = "deduction",
    [LAW_REFUND] = "refund",
    [LAW_TAX_RATE] = "tax.rate",
    [LAW_TAX_ROUNDING] = "tax.rounding",
    [LAW_SUM] = "sum",
    [LAW_BASE_GENERAL] = "base.general",
    [LAW_BASE_SPECIAL] = "base.special",
    [LAW_NEUTRAL] = "neutral",
};

static const char *const units[LAW_UNITS] = {"EUR", "ratio", "index", "count", "choice"};
static const char *const choices[LAW_CHOICES] = {"truncate", "half_up", "difference", "apart", "treatment",
                                                 "treatment_and_nbi", "exact", "as_given"};
static const char *const trusts[] = {"A", "B", "C"};
static const char *const scopes[LAW_SCOPES] = {"national", "centre", "town", "deliberation"};

static const bool locals[LAW_CODES] = {
    [LAW_MOBILITY] = true, [LAW_CENTRE] = true, [LAW_ACCIDENT] = true, [LAW_CNFPT] = true, [LAW_SICK_PRIMES] = true,
    [LAW_LONG_PRIMES] = true, [LAW_LASTING_PRIMES] = true, [LAW_SERVICE_PRIMES] = true, [LAW_THERAPY_PRIMES] = true,
    [LAW_NBI_ROUNDING] = true, [LAW_ATIACL_BASE] = true, [LAW_COMPENSATION_BASE] = true,
};

/* The place of a word in a list of them. */
static enum status place_of(const char *const *words, size_t count, struct str word, int *ret_place)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i]))) {
            *ret_place = (int)i;
            return OK;
        }
    return INVALID;
}

const char *law_code_name(enum law_code code)
{
    return codes[code];
}

bool law_is_local(enum law_code code)
{
    return locals[code];
}

enum status law_code_named(struct str name, enum law_code *ret_code)
{
    int place;
    TRY(place_of(codes, LAW_CODES, name, &place));
    *ret_code = (enum law_code)place;
    return OK;
}

const char *law_unit_name(enum law_unit unit)
{
    return units[unit];
}

/* ---- a row ---- */

/* "0.0185" and "366" in millionths. */
static enum status decimal_of(struct str text, int64_t *ret_millionths)
{
    struct str decimals = text;
    struct str whole = str_cut(&decimals, '.');
    uint64_t units_of, parts = 0;
    TRY(str_to_u64(whole, UINT32_MAX, &units_of));
    if (!str_is_absent(decimals)) {
        if (decimals.len == 0 || decimals.len > DECIMALS_MAX)
            return INVALID;
        TRY(str_to_u64(decimals, LAW_MILLIONTHS, &parts));
        for (size_t i = decimals.len; i < DECIMALS_MAX; i++)
            parts *= 10;
    }
    *ret_millionths = (int64_t)(units_of * LAW_MILLIONTHS + parts);
    return OK;
}

/* What may be said of a code, as bits of enum law_choice; 0: it is a number. */
static unsigned choices_of(enum law_code code)
{
    switch (code) {
    case LAW_ROUNDING_GAIN:
    case LAW_ROUNDING_CONTRIBUTION:
    case LAW_PSS_DAYS:
    case LAW_TAX_ROUNDING: return 1U << LAW_TRUNCATE | 1U << LAW_HALF_UP;
    case LAW_NBI_ROUNDING: return 1U << LAW_DIFFERENCE | 1U << LAW_APART;
    case LAW_ATIACL_BASE:
    case LAW_COMPENSATION_BASE: return 1U << LAW_TREATMENT | 1U << LAW_TREATMENT_AND_NBI;
    case LAW_IFSE:
    case LAW_CIA:
    case LAW_PRIME:
    case LAW_HEALTH:
    case LAW_COMPENSATION_FROZEN:
    case LAW_ELECTED_SHARE:
    case LAW_DEDUCTION:
    case LAW_REFUND:
    case LAW_TAX_RATE:
    case LAW_SUM:
    case LAW_BASE_GENERAL:
    case LAW_BASE_SPECIAL: return 1U << LAW_EXACT | 1U << LAW_AS_GIVEN;
    default: return 0;
    }
}

static enum status value_of(struct str text, struct law_value *value)
{
    struct str bottom = text;
    struct str top = str_cut(&bottom, '/');
    int choice;
    value->bottom = LAW_MILLIONTHS;
    if ((value->unit == LAW_CHOICE) != (choices_of(value->code) != 0))
        return INVALID;
    if (value->unit == LAW_CHOICE) {
        TRY(place_of(choices, LAW_CHOICES, text, &choice));
        if (((choices_of(value->code) >> choice) & 1) == 0)
            return INVALID;
        value->top = choice;
        value->bottom = 1;
        return OK;
    }
    if (str_is_absent(bottom))
        return decimal_of(text, &value->top);
    TRY(str_to_i64(top, &value->top));
    TRY(str_to_i64(bottom, &value->bottom));
    return value->top >= 0 && value->bottom > 0 && value->bottom <= LAW_MILLIONTHS ? OK : INVALID;
}

static enum status day_of(struct str text, struct date *ret_date)
{
    *ret_date = (struct date){0};
    return text.len == 0 ? OK : date_parse(text, ret_date);
}

/* Columns that came later: a file without them is national, without brackets. */
static enum status later_of(const struct csv_row *row, struct law_value *value)
{
    int scope;
    if (row->count == COLUMNS)
        return OK;
    TRY(place_of(scopes, LAW_SCOPES, row->fields[SCOPE], &scope));
    TRY(day_of(row->fields[REREAD], &value->reread));
    value->scope = (enum law_scope)scope;
    if (row->fields[ABOVE].len == 0)
        return OK;
    TRY(decimal_of(row->fields[ABOVE], &value->above));
    value->above /= LAW_MILLIONTHS / CENTS;
    return OK;
}

static enum status row_of(const struct csv_row *row, struct law_value *ret_value)
{
    struct law_value value = {0};
    int unit, trust;
    if (row->count != COLUMNS && row->count != ALL_COLUMNS)
        return INVALID;
    TRY(law_code_named(row->fields[CODE], &value.code));
    TRY(place_of(units, LAW_UNITS, row->fields[UNIT], &unit));
    TRY(place_of(trusts, sizeof trusts / sizeof *trusts, row->fields[TRUST], &trust));
    TRY(date_parse(row->fields[SINCE], &value.since));
    TRY(day_of(row->fields[UNTIL], &value.until));
    TRY(date_parse(row->fields[KNOWN], &value.known));
    value.unit = (enum law_unit)unit;
    value.trust = (enum law_trust)trust;
    value.name = row->fields[NAME];
    value.source = row->fields[SOURCE];
    value.link = row->fields[LINK];
    TRY(value_of(row->fields[VALUE], &value));
    TRY(later_of(row, &value));
    *ret_value = value;
    return OK;
}

static enum status fault_of(struct law_fault *ret_fault, const char *what, size_t row, size_t other)
{
    *ret_fault = (struct law_fault){what, row, other};
    return INVALID;
}

enum status law_read(struct arena *arena, struct str csv, struct law *ret_law, struct law_fault *ret_fault)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    struct law_value *all = arena_array(arena, struct law_value, LAW_VALUES_MAX);
    size_t count = 0;
    enum status done;
    if (all == NULL)
        return LIMIT;
    if (csv_next(&reader, arena, &row) != OK) /* the head */
        return fault_of(ret_fault, "law.form", 0, 0);
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        if (count == LAW_VALUES_MAX)
            return LIMIT;
        if (row_of(&row, &all[count]) != OK)
            return fault_of(ret_fault, "law.form", count, count);
        count++;
    }
    if (done != NOT_FOUND)
        return done == INVALID ? fault_of(ret_fault, "law.form", count, count) : done;
    *ret_law = (struct law){all, count};
    return OK;
}

struct str law_text(void)
{
    return str_span(payroll_law, payroll_law_end);
}

enum status law_shipped(struct arena *arena, struct law *ret_law)
{
    struct law_fault fault;
    enum status done = law_read(arena, law_text(), ret_law, &fault);
    return done == INVALID ? CORRUPT : done;
}

/* ---- what holds ---- */

static int32_t end_of(const struct law_value *value)
{
    return value->until.days != 0 ? value->until.days : INT32_MAX;
}

static bool holds_on(const struct law_value *value, struct date day)
{
    return value->since.days <= day.days && day.days <= end_of(value);
}

/* The row of a code in force on the day after one ends; NULL: there is none. */
static bool goes_on(const struct law *law, const struct law_value *ended)
{
    struct date next = {ended->until.days + 1};
    for (size_t i = 0; i < law->count; i++)
        if (law->at[i].code == ended->code && holds_on(&law->at[i], next))
            return true;
    return false;
}

static bool begins_later(const struct law *law, const struct law_value *ended)
{
    for (size_t i = 0; i < law->count; i++)
        if (law->at[i].code == ended->code && law->at[i].since.days > end_of(ended))
            return true;
    return false;
}

static enum status check_pairs(const struct law *law, size_t row, struct law_fault *ret_fault)
{
    const struct law_value *value = &law->at[row];
    for (size_t i = row + 1; i < law->count; i++) {
        const struct law_value *other = &law->at[i];
        bool meets = other->since.days <= end_of(value) && value->since.days <= end_of(other);
        bool is_alike = other->code == value->code && other->scope == value->scope && other->above == value->above;
        if (is_alike && meets && other->known.days == value->known.days)
            return fault_of(ret_fault, "law.overlap", row, i);
    }
    return OK;
}

enum status law_check(const struct law *law, struct law_fault *ret_fault)
{
    for (size_t i = 0; i < law->count; i++) {
        const struct law_value *value = &law->at[i];
        if (str_trim(value->source).len == 0 || str_trim(value->name).len == 0)
            return fault_of(ret_fault, "law.text", i, i);
        if (end_of(value) < value->since.days)
            return fault_of(ret_fault, "law.dates", i, i);
        if (value->scope != LAW_NATIONAL && !locals[value->code])
            return fault_of(ret_fault, "law.scope", i, i);
        TRY(check_pairs(law, i, ret_fault));
        if (value->scope == LAW_NATIONAL && value->until.days != 0 && !goes_on(law, value) && begins_later(law, value))
            return fault_of(ret_fault, "law.hole", i, i);
    }
    return OK;
}

/* Whether `value` counts rather than what was found so far; neither ended before `day`, or both did. */
static bool is_nearer(const struct law_value *value, const struct law_value *found)
{
    if (found == NULL || value->scope != found->scope)
        return found == NULL || value->scope > found->scope;
    return value->known.days > found->known.days;
}

static bool is_told(const struct law_value *value, struct date day, struct date known)
{
    return value->known.days <= known.days && holds_on(value, day);
}

/* Of the State's rows that ended before `day`, the last. */
static bool is_later_end(const struct law_value *value, const struct law_value *found, struct date day,
                         struct date known)
{
    if (value->scope != LAW_NATIONAL || value->known.days > known.days || end_of(value) >= day.days)
        return false;
    if (found == NULL || end_of(value) != end_of(found))
        return found == NULL || end_of(value) > end_of(found);
    return value->known.days > found->known.days;
}

/* A row ends where its successor begins: as long as that one is not known, neither is the end, and the row goes on. */
static const struct law_value *going_on(const struct law *law, const struct law_value *ended)
{
    return ended != NULL && begins_later(law, ended) ? ended : NULL;
}

const struct law_value *law_find(const struct law *law, enum law_code code, struct date day, struct date known)
{
    const struct law_value *found = NULL, *ended = NULL;
    for (size_t i = 0; i < law->count; i++) {
        const struct law_value *value = &law->at[i];
        if (value->code != code)
            continue;
        if (is_told(value, day, known) && is_nearer(value, found))
            found = value;
        if (is_later_end(value, ended, day, known))
            ended = value;
    }
    return found != NULL ? found : going_on(law, ended);
}

void law_find_all(const struct law *law, struct date day, struct date known, const struct law_value **ret_values)
{
    for (size_t i = 0; i < LAW_CODES; i++)
        ret_values[i] = NULL;
    for (size_t i = 0; i < law->count; i++) {
        const struct law_value *value = &law->at[i];
        if (is_told(value, day, known) && is_nearer(value, ret_values[value->code]))
            ret_values[value->code] = value;
    }
    for (enum law_code code = 0; code < LAW_CODES; code++)
        if (ret_values[code] == NULL)
            ret_values[code] = law_find(law, code, day, known);
}

/* Into its place by `above`; of one that is there, the nearer stays. */
static size_t put_bracket(const struct law_value **brackets, size_t count, const struct law_value *value)
{
    size_t place = 0;
    while (place < count && brackets[place]->above < value->above)
        place++;
    if (place < count && brackets[place]->above == value->above) {
        if (is_nearer(value, brackets[place]))
            brackets[place] = value;
        return count;
    }
    if (count == LAW_BRACKETS_MAX)
        return count;
    for (size_t i = count; i > place; i--)
        brackets[i] = brackets[i - 1];
    brackets[place] = value;
    return count + 1;
}

/* A table that is known later stands for the whole one before it: brackets of one day of knowledge belong together. */
size_t law_brackets(const struct law *law, enum law_code code, struct date day, struct date known,
                    const struct law_value **ret_brackets)
{
    const struct law_value *last = law_find(law, code, day, known);
    size_t count = 0;
    for (size_t i = 0; last != NULL && i < law->count; i++) {
        const struct law_value *value = &law->at[i];
        bool is_alike = value->code == code && value->scope == last->scope && value->known.days == last->known.days;
        if (is_alike && (is_told(value, day, known) || end_of(value) == end_of(last)))
            count = put_bracket(ret_brackets, count, value);
    }
    return count;
}

enum status law_joined(struct arena *arena, const struct law *one, const struct law *other, struct law *ret_law)
{
    struct law_value *all = arena_array(arena, struct law_value, one->count + other->count + 1);
    if (all == NULL || one->count + other->count > LAW_VALUES_MAX)
        return LIMIT;
    for (size_t i = 0; i < one->count + other->count; i++)
        all[i] = i < one->count ? one->at[i] : other->at[i - one->count];
    *ret_law = (struct law){all, one->count + other->count};
    return OK;
}

bool law_is_stale(const struct law_value *value, struct date day)
{
    return value->reread.days != 0 && value->reread.days <= day.days && holds_on(value, day);
}

int64_t law_millionths(const struct law_value *value)
{
    return value->bottom == LAW_MILLIONTHS ? value->top
                                           : (value->top * LAW_MILLIONTHS * 2 + value->bottom) / (value->bottom * 2);
}
