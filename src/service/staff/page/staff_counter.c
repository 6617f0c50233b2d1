#include "service/staff/page/staff_counter.h"

#include "service/staff/absence/leave_count.h"
#include "service/staff/absence/leave_counter.h"
#include "service/staff/month/staff_month.h"
#include "service/staff/page/staff_view.h"

enum { SICK_MOST = 90 };

static struct str halves(struct ctx *ctx, int32_t halves)
{
    return staff_hours(ctx, (int64_t)halves * 5);
}

static struct str annual(struct ctx *ctx, const struct career *career, int32_t year)
{
    struct leave_count count = leave_count_of(career, year);
    struct text_arg args[] = {TEXT_ARG("left", halves(ctx, count.left_halves)),
                              TEXT_ARG("right", halves(ctx, count.right_halves)),
                              TEXT_ARG("week", halves(ctx, count.week_halves)),
                              NUMBER_ARG("served", count.served_days),
                              NUMBER_ARG("days", count.year_days),
                              NUMBER_ARG("bonus", count.bonus_days),
                              NUMBER_ARG("taken", count.taken_days)};
    return text_with(ctx->arena, ctx->language, T_staff_my_leave_text, args, sizeof args / sizeof *args);
}

static struct str rtt_of(struct ctx *ctx, const struct career *career, int32_t year, const struct staff_rtt *town)
{
    struct leave_rtt rtt = leave_rtt_of(career, year, town->days);
    struct text_arg args[] = {TEXT_ARG("left", halves(ctx, rtt.left_halves)),
                              TEXT_ARG("right", halves(ctx, rtt.right_halves)),
                              NUMBER_ARG("full", rtt.full_days),
                              NUMBER_ARG("health", rtt.health_days),
                              NUMBER_ARG("lost", rtt.lost_days),
                              NUMBER_ARG("taken", rtt.taken_days),
                              TEXT_ARG("deliberation", town->deliberation)};
    return text_with(ctx->arena, ctx->language, T_staff_counter_rtt, args, sizeof args / sizeof *args);
}

static struct str cet_of(struct ctx *ctx, const struct career *career, struct date day)
{
    struct leave_cet cet = leave_cet_of(career, day);
    struct text_arg args[] = {NUMBER_ARG("left", cet.left_days), NUMBER_ARG("saved", cet.saved_days),
                              NUMBER_ARG("taken", cet.taken_days), NUMBER_ARG("annual", cet.annual_days)};
    return text_with(ctx->arena, ctx->language, cet.may_save ? T_staff_counter_cet_may : T_staff_counter_cet, args, 4);
}

enum status staff_counters(struct ctx *ctx, const struct career *career, struct date day,
                           struct str ret_lines[STAFF_COUNTERS], size_t *ret_count)
{
    struct staff_rtt town;
    int32_t sick, year = civil_of_date(day).year;
    TRY(staff_month_rtt(ctx, &town));
    TRY(leave_sick_of(ctx->arena, career, day, &sick));
    *ret_count = 0;
    ret_lines[(*ret_count)++] = annual(ctx, career, year);
    if (town.days > 0)
        ret_lines[(*ret_count)++] = rtt_of(ctx, career, year, &town);
    ret_lines[(*ret_count)++] = cet_of(ctx, career, day);
    struct text_arg args[] = {NUMBER_ARG("used", sick), NUMBER_ARG("left", sick < SICK_MOST ? SICK_MOST - sick : 0)};
    ret_lines[(*ret_count)++] = text_with(ctx->arena, ctx->language, T_staff_counter_sick, args, 2);
    return OK;
}
