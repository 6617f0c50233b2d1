#include "core/setting.h"

#include "core/audit.h"
#include "core/people_task.h"
#include "core/setting_sql.h"
#include "core/town.h"

#define MAIL_PASSWORD STR("mail_password")

static struct str word_of(bool is_on)
{
    return is_on ? STR("yes") : STR("no");
}

static enum status put_mail_password(struct ctx *ctx, bool is_allowed)
{
    struct sql_setting_put in = {.name = MAIL_PASSWORD, .value = word_of(is_allowed)};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_setting_put(ctx->db, in));
    return people_task_mail_password(ctx, is_allowed);
}

enum status setting_mail_password(struct ctx *ctx, bool *ret_is_allowed)
{
    struct sql_setting_get_row row;
    enum status found = sql_setting_get(ctx->db, ctx->arena, (struct sql_setting_get){.name = MAIL_PASSWORD}, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_is_allowed = found == OK && str_eq(row.value, word_of(true));
    return OK;
}

enum status setting_set_mail_password(struct ctx *ctx, bool is_allowed)
{
    bool is_already;
    TRY(setting_mail_password(ctx, &is_already));
    if (is_already == is_allowed)
        return OK;
    TRY(put_mail_password(ctx, is_allowed));
    return audit_add(ctx, "setting.set", MAIL_PASSWORD, word_of(is_allowed));
}

enum status setting_take(struct ctx *ctx, struct str name, struct str value)
{
    bool is_yes = str_eq(value, word_of(true));
    if (!str_eq(name, MAIL_PASSWORD) || (!is_yes && !str_eq(value, word_of(false))))
        return NOT_FOUND;
    return put_mail_password(ctx, is_yes);
}
