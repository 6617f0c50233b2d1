/* Audit and mandates by the command line. A mandate is the town's to give: whoever types needs an administrator's
 * password. */
#include "base/base64.h"
#include "core/audit.h"
#include "core/auth.h"
#include "core/mandate.h"
#include "core/person.h"
#include "service/people/people.h"

/* ---- audit ---- */

static void write_row(struct buf *out, const audit_row *row)
{
    instant_write(out, (struct instant){row->at_ms});
    buf_add_format(out, "\t%lld\t%.*s\t%.*s\t%.*s\t%.*s\t", (long long)row->id, STR_ARG(row->actor),
                   STR_ARG(row->kind), STR_ARG(row->subject), STR_ARG(row->detail));
    if (row->mandate != 0)
        buf_add_format(out, "mandate %lld", (long long)row->mandate);
    buf_add_byte(out, '\n');
}

/* A page of it each time, until its first entry. */
enum status people_audit_list(struct ctx *ctx, struct verb_call *call)
{
    audit_row *rows;
    size_t count;
    int64_t before = 0;
    if (call->handed.len > 0)
        TRY(str_to_i64(call->handed, &before));
    TRY(audit_list(ctx, before, &rows, &count));
    for (size_t i = 0; i < count; i++)
        write_row(call->out, &rows[i]);
    if (count > 0) {
        buf_add_i64(call->hand, rows[count - 1].id);
        call->next--;
    }
    return buf_status(call->out);
}

enum status people_audit_head(struct ctx *ctx, struct verb_call *call)
{
    struct audit_head head;
    TRY(audit_head(ctx, &head));
    buf_add_format(call->out, "%lld ", (long long)head.count);
    hex_encode(call->out, (struct str){(const char *)head.hash, AUDIT_HASH_BYTES});
    buf_add_byte(call->out, '\n');
    return OK;
}

/* ---- mandates ---- */

enum status people_mandate_read(struct ctx *ctx, struct verb_call *call)
{
    struct str password;
    if (verb_read_input(ctx, PASSWORD_MAX, &password) != OK)
        return refuse(ctx, DENIED, "person.refused", T_person_refused);
    buf_add(call->output, password);
    return OK;
}

/* Hands over who it is. Guesses are slow: whoever types owns the machine, and still gets no faster than Argon2. */
enum status people_mandate_check(struct ctx *ctx, struct verb_call *call)
{
    struct auth_credential found;
    enum status done =
        auth_by_address(ctx, str_lower(ctx->arena, verb_option(call, "--administrator")), &found);
    if (done != OK && done != NOT_FOUND)
        return done;
    bool is_right = done == OK && found.role == ROLE_ADMINISTRATOR && found.is_active && found.verifier.len > 0 &&
                    password_check(call->input, found.verifier);
    if (!is_right)
        return refuse(ctx, DENIED, "person.refused", T_person_refused);
    buf_add_i64(call->hand, found.person);
    return OK;
}

static enum status act_as_administrator(struct ctx *ctx, const struct verb_call *call)
{
    person_row person;
    int64_t id;
    TRY(str_to_i64(call->handed, &id));
    TRY(person_get(ctx, id, &person));
    ctx->actor = (struct actor){.person = id, .address = person.address, .name = person.display_name,
                                .rights = permission_of_role(ROLE_ADMINISTRATOR)};
    return OK;
}

enum status people_mandate_give(struct ctx *ctx, struct verb_call *call)
{
    int64_t id, hours;
    TRY(act_as_administrator(ctx, call));
    if (str_to_i64(verb_option(call, "--hours"), &hours) != OK)
        hours = 0; /* refused with the others that do not fit */
    TRY(mandate_give(ctx, verb_option(call, "--operator"), verb_option(call, "--reason"), hours, &id));
    buf_add_format(call->out, "mandate %lld\n", (long long)id);
    return OK;
}

enum status people_mandate_end(struct ctx *ctx, struct verb_call *call)
{
    int64_t id;
    TRY(act_as_administrator(ctx, call));
    enum status done = str_to_i64(verb_argument(call, 1), &id) == OK ? mandate_end(ctx, id) : NOT_FOUND;
    return done == NOT_FOUND ? refuse(ctx, NOT_FOUND, "mandate.unknown", T_mandate_unknown) : done;
}

enum status people_mandate_list(struct ctx *ctx, struct verb_call *call)
{
    mandate_row *rows;
    size_t count;
    TRY(mandate_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        buf_add_format(call->out, "%lld\t%s\t%.*s\t%.*s\t", (long long)rows[i].id,
                       mandate_is_open(&rows[i], ctx->now) ? "open" : "over", STR_ARG(rows[i].operator),
                       STR_ARG(rows[i].giver));
        instant_write(call->out, (struct instant){rows[i].given_ms});
        buf_add_byte(call->out, '\t');
        instant_write(call->out, (struct instant){rows[i].ended_ms != 0 ? rows[i].ended_ms : rows[i].ends_ms});
        buf_add_format(call->out, "\t%.*s\n", STR_ARG(rows[i].reason));
    }
    return buf_status(call->out);
}
