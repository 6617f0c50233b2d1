#include "core/ctx.h"

#include <stdarg.h>
#include <stdio.h>

#include "os/clock.h"

enum { DETAIL_MAX = 300 };

enum status refuse_with(struct ctx *ctx, enum status status, const char *code, enum text_key sentence,
                      const char *detail_format, ...)
{
    char detail[DETAIL_MAX];
    va_list args;
    va_start(args, detail_format);
    vsnprintf(detail, sizeof detail, detail_format, args);
    va_end(args);
    status = refuse(ctx, status, code, sentence);
    ctx->failure.detail = str_copy(ctx->arena, str_of(detail));
    return status;
}

struct date ctx_day(const struct ctx *ctx, struct instant at)
{
    struct civil civil = civil_of(at, clock_offset_minutes(at));
    (void)ctx; /* a process has the zone of its one town */
    return date_of(civil.year, civil.month, civil.day);
}

struct date ctx_today(const struct ctx *ctx)
{
    return ctx_day(ctx, ctx->now);
}
