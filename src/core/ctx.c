#include "core/ctx.h"

#include <stdarg.h>
#include <stdio.h>

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
