#include "service/staff/month/staff_month.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/staff/absence/leave_counter.h"
#include "service/staff/lang.h"
#include "service/staff/month/staff_month_sql.h"
#include "service/staff/record/staff_agent_sql.h"
#include "service/staff/record/staff_fact.h"

#define ZONE STR("zone")
#define RTT STR("rtt")
#define CLOSED STR("closed")
enum { ZONE_MAX = 3, YEAR_DAYS = 366, DAY_MAX = 16, WORDS_MAX = 100 };

/* ---- settings ---- */

enum status staff_month_zone(struct ctx *ctx, int32_t *ret_zone)
{
    struct sql_staff_month_setting_row row;
    uint64_t zone = ZONE_MAX;
    enum status found =
        sql_staff_month_setting(ctx->db, ctx->arena, (struct sql_staff_month_setting){.name = ZONE}, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == OK && str_to_u64(row.value, ZONE_MAX, &zone) != OK)
        return CORRUPT;
    *ret_zone = (int32_t)zone;
    return OK;
}

enum status staff_month_check_zone(struct ctx *ctx, int64_t zone)
{
    return zone >= 1 && zone <= ZONE_MAX ? OK : refuse(ctx, INVALID, "staff.zone", T_staff_zone_wrong);
}

enum status staff_month_set_zone(struct ctx *ctx, int64_t zone)
{
    TRY(staff_month_check_zone(ctx, zone));
    struct str value = str_format(ctx->arena, "%d", (int)zone);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_month_setting_put(ctx->db, (struct sql_staff_month_setting_put){.name = ZONE, .value = value}));
    return audit_add(ctx, "staff.zone", ZONE, value);
}

/* "23 2025-7": days, then the deliberation. */
enum status staff_month_rtt(struct ctx *ctx, struct staff_rtt *ret_rtt)
{
    struct sql_staff_month_setting_row row;
    uint64_t days;
    enum status found =
        sql_staff_month_setting(ctx->db, ctx->arena, (struct sql_staff_month_setting){.name = RTT}, &row);
    *ret_rtt = (struct staff_rtt){.deliberation = STR("")};
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (str_to_u64(str_cut(&row.value, ' '), LEAVE_RTT_MAX, &days) != OK)
        return CORRUPT;
    *ret_rtt = (struct staff_rtt){(int32_t)days, str_is_absent(row.value) ? STR("") : row.value};
    return OK;
}

enum status staff_month_set_rtt(struct ctx *ctx, int64_t days, struct str deliberation)
{
    if (days < 0 || days > LEAVE_RTT_MAX || (days > 0 && deliberation.len == 0) || deliberation.len > WORDS_MAX)
        return refuse(ctx, INVALID, "staff.rtt", T_staff_rtt_wrong);
    struct str value = str_format(ctx->arena, "%d %.*s", (int)days, STR_ARG(deliberation));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_month_setting_put(ctx->db, (struct sql_staff_month_setting_put){.name = RTT, .value = value}));
    return audit_add(ctx, "staff.rtt", RTT, value);
}

static enum status closed_until(struct ctx *ctx, struct date *ret_day)
{
    struct sql_staff_month_setting_row row;
    enum status found =
        sql_staff_month_setting(ctx->db, ctx->arena, (struct sql_staff_month_setting){.name = CLOSED}, &row);
    *ret_day = (struct date){INT32_MIN};
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    return date_parse(row.value, ret_day) == OK ? OK : CORRUPT;
}

enum status staff_month_is_closed(struct ctx *ctx, struct date day, bool *ret_is_closed)
{
    struct date until;
    TRY(closed_until(ctx, &until));
    *ret_is_closed = day.days <= until.days;
    return OK;
}

enum status staff_month_close(struct ctx *ctx, struct date month)
{
    struct date until, last = date_month_end(month);
    struct buf value BUF_SCOPE = BUF_INIT(DAY_MAX);
    TRY(closed_until(ctx, &until));
    if (last.days <= until.days)
        return OK;
    date_write(&value, last);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_staff_month_setting_put in = {.name = CLOSED, .value = buf_str(&value)};
    return sql_staff_month_setting_put(ctx->db, in);
}

/* ---- a month ---- */

/* Is it of the month, or ordinary sick leave of the year before its last day? */
static bool is_told(const struct career_fact *fact, struct date first, struct date last)
{
    bool touches = fact->since.days <= last.days && fact->until.days >= first.days;
    bool is_sick = fact->number == STAFF_SICK && fact->since.days <= last.days &&
                   fact->until.days >= first.days - YEAR_DAYS;
    return fact->kind == CAREER_ABSENCE && (touches || is_sick);
}

static enum status add_absences(struct arena *arena, const struct career *career, struct date first, struct date last,
                                struct staff_month *month)
{
    month->absences = arena_array(arena, struct staff_absence_span, career->count + 1);
    month->absence_count = 0;
    if (month->absences == NULL)
        return LIMIT;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (!is_told(fact, first, last))
            continue;
        bool goes_on = fact->link != 0, is_exempt = fact->words.len > 0;
        month->absences[month->absence_count++] =
            (struct staff_absence_span){.first = fact->since,
                                        .last = fact->until,
                                        .kind = (enum staff_absence)fact->number,
                                        .goes_on = goes_on,
                                        .is_exempt = is_exempt,
                                        .has_waiting_day = fact->number == STAFF_SICK && !goes_on && !is_exempt,
                                        .fact = fact->id};
    }
    return OK;
}

/* The service that is in the month: the last of two, where somebody left and came back in it. */
static const struct career_fact *entry_of(const struct career *career, struct date first, struct date last)
{
    const struct career_fact *found = NULL;
    for (size_t i = 0; i < career->count && career->facts[i].kind == CAREER_ENTRY; i++)
        if (career->facts[i].since.days <= last.days && career_last(career, i).days >= first.days)
            found = &career->facts[i];
    return found;
}

enum status staff_month_of(struct arena *arena, const struct career *career, struct date month,
                           struct staff_month *ret_month)
{
    struct date first = date_month_start(month), last = date_month_end(month);
    const struct career_fact *entry = entry_of(career, first, last);
    if (entry == NULL)
        return NOT_FOUND;
    ret_month->entered = entry->since;
    ret_month->left = entry->until;
    ret_month->children = career_children(career, first, &ret_month->children_shared);
    TRY(add_absences(arena, career, first, last, ret_month));
    return career_spans(arena, career, first, last, &ret_month->spans, &ret_month->span_count);
}

enum status staff_months(struct ctx *ctx, struct staff_asked asked, struct staff_month **ret_months, size_t *ret_count)
{
    struct grid grid;
    struct sql_staff_agent_after in = {.after = asked.after_agent, .only = asked.only_agent};
    struct sql_staff_agent_after_row *agents;
    size_t agent_count = STAFF_BATCH, count = 0;
    int32_t zone;
    struct staff_month *months = arena_array(ctx->arena, struct staff_month, STAFF_BATCH);
    if (months == NULL)
        return LIMIT;
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_month_zone(ctx, &zone));
    while (count < STAFF_BATCH && agent_count == STAFF_BATCH) {
        TRY(sql_staff_agent_after(ctx->db, ctx->arena, in, &agents, &agent_count));
        for (size_t i = 0; i < agent_count && count < STAFF_BATCH; i++) {
            struct career career;
            struct staff_month month = {.agent = agents[i].id, .code = agents[i].code, .zone = zone};
            in.after = agents[i].id;
            TRY(staff_fact_career(ctx, agents[i].id, asked.known, &grid, &career));
            enum status done = staff_month_of(ctx->arena, &career, asked.month, &month);
            if (done == OK)
                months[count++] = month;
            else if (done != NOT_FOUND)
                return done;
        }
    }
    *ret_months = months;
    *ret_count = count;
    return OK;
}
