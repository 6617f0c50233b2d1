/* People by the command line: the same functions as the pages call, and passwords that pages never see. */
#include "core/audit.h"
#include "core/auth.h"
#include "core/member_verb.h"
#include "core/people_task.h"
#include "core/person.h"
#include "core/town.h"
#include "service/people/people.h"

/* ---- words of roles ---- */

static const struct {
    const char *word;
    enum role role;
} roles[] = {{"agent", ROLE_AGENT}, {"admin", ROLE_ADMINISTRATOR}, {"operator", ROLE_OPERATOR}};

enum status people_role_of(struct ctx *ctx, const struct verb_call *call, enum role *ret_role)
{
    struct str word = verb_option(call, "--role");
    *ret_role = ROLE_AGENT;
    if (str_is_absent(word))
        return OK;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (!str_eq(word, str_of(roles[i].word)))
            continue;
        *ret_role = roles[i].role;
        return OK;
    }
    return refuse(ctx, INVALID, "person.role", T_person_role);
}

const char *people_role_word(int64_t role)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if ((int64_t)roles[i].role == role)
            return roles[i].word;
    return "-";
}

/* ---- in the command: a password becomes a verifier, and goes no further ---- */

static enum status hash_input(struct ctx *ctx, struct verb_call *call)
{
    struct str password;
    unsigned char salt[PASSWORD_SALT_BYTES];
    enum status done = verb_read_input(ctx, PASSWORD_MAX, &password);
    if (done == OK)
        done = password_acceptable(password, verb_argument(call, 0));
    if (done == INVALID || done == LIMIT)
        return refuse(ctx, INVALID, "person.password", T_person_password);
    TRY(done);
    ctx->auth->entropy(salt, sizeof salt);
    return password_hash(call->output, ctx->auth->cost, password, salt);
}

static enum status check_add(struct ctx *ctx, struct verb_call *call)
{
    enum role role;
    TRY(people_role_of(ctx, call, &role));
    return verb_has(call, "--password-stdin") ? hash_input(ctx, call) : OK;
}

/* ---- in the town ---- */

/* Hands over "NUMBER VERIFIER", for auth. */
static enum status add(struct ctx *ctx, struct verb_call *call)
{
    enum role role;
    person_row person;
    int64_t id;
    TRY(people_role_of(ctx, call, &role));
    TRY(person_add(ctx, verb_argument(call, 0), verb_option(call, "--name"), &id));
    TRY(person_get(ctx, id, &person));
    struct auth_person told = {.person = id, .address = person.address, .role = role, .is_active = true,
                               .language = person.language};
    TRY(people_task_put(ctx, &told));
    buf_add_format(call->hand, "%lld %.*s", (long long)id, STR_ARG(call->input));
    return OK;
}

static enum status find(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    enum status found = person_by_address(ctx, verb_argument(call, 0), &person);
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown);
    TRY(found);
    buf_add_format(call->hand, "%lld %.*s", (long long)person.id, STR_ARG(call->input));
    return OK;
}

static enum status note_password(struct ctx *ctx, struct verb_call *call)
{
    TRY(find(ctx, call));
    return audit_add(ctx, "person.password", str_lower(ctx->arena, verb_argument(call, 0)), STR(""));
}

static enum status invite(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    struct str code;
    enum status found = person_by_address(ctx, verb_argument(call, 0), &person);
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown);
    TRY(found);
    TRY(person_reset(ctx, person.id, &code));
    buf_add_format(call->out, "%.*s: %.*s\n", STR_ARG(person.address), STR_ARG(code));
    return OK;
}

static enum status list(struct ctx *ctx, struct verb_call *call)
{
    person_list_row *people;
    size_t count;
    TRY(person_list(ctx, &people, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(call->out, "%.*s\t%.*s\t%s\t%s\n", STR_ARG(people[i].address), STR_ARG(people[i].display_name),
                       people_role_word(people[i].role), people[i].is_active ? "active" : "suspended");
    return buf_status(call->out);
}

/* Auth hears of it by the town's task, and by the next step at once. */
static enum status end_sessions(struct ctx *ctx, struct verb_call *call)
{
    int64_t id;
    TRY(find(ctx, call));
    return str_to_i64(str_trim(buf_str(call->hand)), &id) == OK ? person_end_sessions(ctx, id) : BUG;
}

static enum status second_off(struct ctx *ctx, struct verb_call *call)
{
    int64_t id;
    TRY(find(ctx, call));
    return str_to_i64(str_trim(buf_str(call->hand)), &id) == OK ? person_second_off(ctx, id) : BUG;
}

/* ---- in auth ---- */

static enum status read_handed(const struct verb_call *call, int64_t *ret_person, struct str *ret_verifier)
{
    struct str rest = call->handed, number = str_cut(&rest, ' ');
    *ret_verifier = rest;
    return str_to_i64(number, ret_person);
}

static enum status put(struct ctx *ctx, struct verb_call *call)
{
    enum role role;
    struct auth_person person = {.is_active = true, .language = STR("")};
    struct str verifier;
    TRY(people_role_of(ctx, call, &role));
    TRY(read_handed(call, &person.person, &verifier));
    person.role = role;
    person.address = str_lower(ctx->arena, verb_argument(call, 0));
    TRY(auth_person_put(ctx, &person));
    if (verifier.len > 0)
        TRY(auth_set_password(ctx, person.person, verifier, 0, true));
    buf_add_format(call->out, "%.*s: person %lld\n", STR_ARG(verb_argument(call, 0)), (long long)person.person);
    return OK;
}

static enum status set_password(struct ctx *ctx, struct verb_call *call)
{
    int64_t person;
    struct str verifier;
    TRY(read_handed(call, &person, &verifier));
    enum status done = auth_set_password(ctx, person, verifier, 0, true);
    return done == NOT_FOUND ? refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown) : done;
}

static enum status do_end_sessions(struct ctx *ctx, struct verb_call *call)
{
    int64_t person;
    struct str nothing;
    TRY(read_handed(call, &person, &nothing));
    return auth_person_do(ctx, person, AUTH_END_SESSIONS);
}

static enum status do_second_off(struct ctx *ctx, struct verb_call *call)
{
    int64_t person;
    struct str nothing;
    TRY(read_handed(call, &person, &nothing));
    return auth_person_do(ctx, person, AUTH_SECOND_OFF);
}

const struct verb people_verbs[PEOPLE_VERBS] = {
    {"person add",
     "ADDRESS --name N [--password-stdin] [--role agent|admin|operator]",
     T_verb_person_add,
     {{VERB_PARENT, member_verb_of_address}, {VERB_COMMAND, check_add}, {VERB_TOWN, add}, {VERB_AUTH, put}}},
    {"person password",
     "ADDRESS --password-stdin",
     T_verb_person_password,
     {{VERB_PARENT, member_verb_of_address},
      {VERB_COMMAND, hash_input},
      {VERB_TOWN, note_password},
      {VERB_AUTH, set_password}}},
    {"person invite", "ADDRESS", T_verb_person_invite, {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, invite}}},
    {"person end-sessions",
     "ADDRESS",
     T_verb_person_end_sessions,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, end_sessions}, {VERB_AUTH, do_end_sessions}}},
    {"person second-off",
     "ADDRESS",
     T_verb_person_second_off,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, second_off}, {VERB_AUTH, do_second_off}}},
    {"person import",
     "FILE",
     T_verb_person_import,
     {{VERB_COMMAND, people_import_read}, {VERB_PARENT, people_import_member}, {VERB_TOWN, people_import_take}}},
    {"audit list", "NAME", T_verb_audit_list, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, people_audit_list}}},
    {"audit head", "NAME", T_verb_audit_head, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, people_audit_head}}},
    {"mandate give",
     "NAME --operator ADDRESS --reason WHY --hours N --administrator ADDRESS --password-stdin",
     T_verb_mandate_give,
     {{VERB_PARENT, member_verb_of_name},
      {VERB_COMMAND, people_mandate_read},
      {VERB_AUTH, people_mandate_check},
      {VERB_TOWN, people_mandate_give}}},
    {"mandate end",
     "NAME NUMBER --administrator ADDRESS --password-stdin",
     T_verb_mandate_end,
     {{VERB_PARENT, member_verb_of_name},
      {VERB_COMMAND, people_mandate_read},
      {VERB_AUTH, people_mandate_check},
      {VERB_TOWN, people_mandate_end}}},
    {"mandate list",
     "NAME",
     T_verb_mandate_list,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, people_mandate_list}}},
    {"person show",
     "ADDRESS",
     T_verb_person_show,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_person_show}}},
    {"person set",
     "ADDRESS [--name N] [--department D] [--role agent|admin|operator] [--active yes|no]",
     T_verb_person_set,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_person_set}, {VERB_AUTH, people_person_put}}},
    {"person sessions",
     "ADDRESS",
     T_verb_person_sessions,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_sessions_find}, {VERB_AUTH, people_sessions_write}}},
    {"person end-session",
     "ADDRESS NUMBER",
     T_verb_person_end_session,
     {{VERB_PARENT, member_verb_of_address},
      {VERB_TOWN, people_sessions_find},
      {VERB_AUTH, people_session_end},
      {VERB_TOWN, people_session_note}}},
    {"alias list", "NAME", T_verb_alias_list, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, people_alias_list}}},
    {"alias add",
     "ALIAS ADDRESS",
     T_verb_alias_add,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_alias_put}}},
    {"alias drop",
     "ALIAS",
     T_verb_alias_drop,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_alias_remove}}},
    {"group list", "NAME", T_verb_group_list, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, people_group_list}}},
    {"group show",
     "GROUP",
     T_verb_group_show,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_group_people}}},
    {"group add",
     "GROUP --name N",
     T_verb_group_add,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_group_make}}},
    {"group set",
     "GROUP [--name N] [--add ADDRESS] [--remove ADDRESS]",
     T_verb_group_set,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_group_change}}},
    {"group delete",
     "GROUP",
     T_verb_group_delete,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, people_group_remove}}},
    {"person list", "NAME", T_verb_person_list, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, list}}},
};
