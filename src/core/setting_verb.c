#include "core/setting_verb.h"

#include "core/auth.h"
#include "core/setting.h"

/* NOT_FOUND: the option was not given. */
static enum status given(struct ctx *ctx, const struct verb_call *call, bool *ret_is_yes)
{
    struct str word = verb_option(call, "--mail-password");
    if (str_is_absent(word))
        return NOT_FOUND;
    *ret_is_yes = str_eq(word, STR("yes"));
    return *ret_is_yes || str_eq(word, STR("no")) ? OK : refuse(ctx, INVALID, "setting.word", T_setting_word);
}

static enum status apply(struct ctx *ctx, const struct verb_call *call, enum status (*set)(struct ctx *ctx, bool is_on))
{
    bool is_yes;
    enum status found = given(ctx, call, &is_yes);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    return set(ctx, is_yes);
}

enum status setting_verb_town(struct ctx *ctx, struct verb_call *call)
{
    return apply(ctx, call, setting_set_mail_password);
}

enum status setting_verb_auth(struct ctx *ctx, struct verb_call *call)
{
    return apply(ctx, call, auth_set_mail_password);
}

enum status setting_verb_given(struct ctx *ctx, struct verb_call *call)
{
    (void)ctx;
    if (str_is_absent(verb_option(call, "--mail-password")))
        call->next = VERB_STEPS_MAX;
    return OK;
}

enum status setting_verb_show(struct ctx *ctx, struct verb_call *call)
{
    bool is_allowed;
    TRY(setting_mail_password(ctx, &is_allowed));
    buf_add_format(call->out, "mail-password\t%s\n", is_allowed ? "yes" : "no");
    return OK;
}
