/* A key is met here alone: in the command of whoever signs, which opens no folder of a syndicate. */
#include "os/file.h"
#include "role/accounting_verb.h"
#include "role/print_verb.h"
#include "service/accounting/pes/pes_signed.h"

enum { SIGNED_MAX = XML_BYTES_MAX, PASSWORD_MAX = 1024 };

static enum status read_file(struct ctx *ctx, struct verb_call *call, struct str path, struct buf *into)
{
    const char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL)
        return LIMIT;
    enum status done = file_read_all(c_path, into);
    call->is_unread = done != OK;
    if (done == LIMIT)
        return refuse_with(ctx, done, "accounting.file_long", T_accounting_file_long, "%.*s", STR_ARG(path));
    if (done != OK)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    return OK;
}

/* The first line of its file; without one, of standard input. */
static enum status read_password(struct ctx *ctx, struct verb_call *call, struct buf *into)
{
    struct str path = verb_option(call, "--password-file"), typed;
    if (!str_is_absent(path))
        return read_file(ctx, call, path, into);
    TRY(verb_read_input(ctx, PASSWORD_MAX, &typed));
    buf_add(into, typed);
    return OK;
}

static enum status key_refused(struct ctx *ctx, enum status status, struct str where, bool is_token)
{
    if (status == DENIED)
        return refuse_with(ctx, status, "accounting.key_password", T_accounting_key_password, "%.*s", STR_ARG(where));
    if (is_token)
        return refuse_with(ctx, status, "accounting.key_token",
                           status == NOT_FOUND ? T_accounting_no_engine : T_accounting_key_token, "%.*s",
                           STR_ARG(where));
    return refuse_with(ctx, status, "accounting.key_file", T_accounting_key_file, "%.*s", STR_ARG(where));
}

static enum status open_key(struct ctx *ctx, struct verb_call *call, struct sign_key **ret_key)
{
    struct buf file BUF_SCOPE = BUF_INIT(SIGN_KEY_FILE_MAX), password BUF_SCOPE = BUF_INIT(PASSWORD_MAX);
    struct str path = verb_option(call, "--key"), token = verb_option(call, "--token");
    bool is_token = !str_is_absent(token);
    if (is_token == !str_is_absent(path))
        return refuse(ctx, INVALID, "accounting.one_key", T_accounting_one_key);
    if (!is_token)
        TRY(read_file(ctx, call, path, &file));
    TRY(read_password(ctx, call, &password));
    struct str rest = buf_str(&password), line = str_trim(str_cut(&rest, '\n'));
    enum status done = is_token ? sign_key_on_token(token, line, verb_option(call, "--module"), ret_key)
                                : sign_key_open(buf_str(&file), line, ret_key);
    if (password.len > 0)
        explicit_bzero(password.at, password.len);
    return done == OK ? OK : key_refused(ctx, done, is_token ? token : path, is_token);
}

/* Faults are not printed where the signed file would stand: the first is told, and `check` says them all. */
static enum status refuse_signing(struct ctx *ctx, struct verb_call *call, enum status status,
                                  const struct faults *faults)
{
    struct str first = faults->count > 0 ? faults->kept[0].rule : STR("");
    struct str place = faults->count > 0 ? faults->kept[0].place : STR("");
    return refuse_with(ctx, status, "accounting.not_signed", T_accounting_not_signed, "%.*s: %.*s %.*s",
                       STR_ARG(verb_argument(call, 0)), STR_ARG(first), STR_ARG(place));
}

enum status accounting_sign(struct ctx *ctx, struct verb_call *call)
{
    struct sign_key *key SIGN_KEY_SCOPE = NULL;
    struct buf file BUF_SCOPE = BUF_INIT(XML_BYTES_MAX), out BUF_SCOPE = BUF_INIT(SIGNED_MAX);
    struct faults *faults = arena_new(ctx->arena, struct faults);
    if (faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    TRY(read_file(ctx, call, verb_argument(call, 0), &file));
    TRY(open_key(ctx, call, &key));
    enum status done = pes_sign(&out, buf_str(&file), key, ctx->now, faults);
    return done != OK ? refuse_signing(ctx, call, done, faults) : print_keep(call, buf_str(&out), OK);
}
