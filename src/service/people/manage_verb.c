/* What the pages of people, groups and other addresses do, by the command line: the same functions below. */
#include "core/audit.h"
#include "core/auth.h"
#include "core/group.h"
#include "core/people_task.h"
#include "core/person.h"
#include "service/people/people.h"

/* ---- one person ---- */

static enum status person_named(struct ctx *ctx, struct str address, person_row *ret_person)
{
    enum status found = person_by_address(ctx, address, ret_person);
    return found == NOT_FOUND ? refuse(ctx, NOT_FOUND, "person.unknown", T_person_unknown) : found;
}

static enum status write_aliases(struct ctx *ctx, int64_t person, struct buf *out)
{
    person_alias *aliases;
    size_t count;
    TRY(person_aliases(ctx, &aliases, &count));
    for (size_t i = 0; i < count; i++)
        if (aliases[i].person == person)
            buf_add_format(out, "alias\t%.*s\n", STR_ARG(aliases[i].address));
    return OK;
}

static enum status write_groups(struct ctx *ctx, int64_t person, struct buf *out)
{
    group_row *groups;
    int64_t *people;
    size_t count, people_count;
    TRY(group_list(ctx, &groups, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(group_members(ctx, groups[i].id, &people, &people_count));
        for (size_t j = 0; j < people_count; j++)
            if (people[j] == person)
                buf_add_format(out, "group\t%.*s\n", STR_ARG(groups[i].address));
    }
    return OK;
}

enum status people_person_show(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    TRY(person_named(ctx, verb_argument(call, 0), &person));
    buf_add_format(call->out, "address\t%.*s\nname\t%.*s\ndepartment\t%.*s\nrole\t%s\nstate\t%s\nquota\t%lld\nsince\t",
                   STR_ARG(person.address), STR_ARG(person.display_name), STR_ARG(person.department),
                   people_role_word(person.role), person.is_active ? "active" : "suspended",
                   (long long)person.quota_bytes);
    instant_write(call->out, (struct instant){person.created_ms});
    buf_add_byte(call->out, '\n');
    TRY(write_aliases(ctx, person.id, call->out));
    TRY(write_groups(ctx, person.id, call->out));
    return buf_status(call->out);
}

static enum status read_change(struct ctx *ctx, const struct verb_call *call, const person_row *person,
                               struct person_change *ret_change)
{
    struct str name = verb_option(call, "--name"), department = verb_option(call, "--department");
    struct str role = verb_option(call, "--role"), active = verb_option(call, "--active");
    *ret_change = (struct person_change){.id = person->id, .display_name = person->display_name,
                                         .department = person->department, .is_active = person->is_active != 0,
                                         .quota_bytes = person->quota_bytes, .role = (enum role)person->role};
    if (!str_is_absent(name))
        ret_change->display_name = name;
    if (!str_is_absent(department))
        ret_change->department = department;
    if (!str_is_absent(role))
        TRY(people_role_of(ctx, call, &ret_change->role));
    if (str_is_absent(active))
        return OK;
    ret_change->is_active = str_eq(active, STR("yes"));
    return ret_change->is_active || str_eq(active, STR("no")) ? OK
                                                              : refuse(ctx, INVALID, "setting.word", T_setting_word);
}

/* Hands over "NUMBER ROLE ACTIVE LANGUAGE" for auth, which hears it by the town's task too. */
enum status people_person_set(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    struct person_change change;
    TRY(person_named(ctx, verb_argument(call, 0), &person));
    TRY(read_change(ctx, call, &person, &change));
    TRY(person_set(ctx, &change));
    buf_add_format(call->hand, "%lld %d %d %.*s", (long long)person.id, (int)change.role, change.is_active,
                   STR_ARG(person.language));
    return OK;
}

enum status people_person_put(struct ctx *ctx, struct verb_call *call)
{
    struct auth_person person = {.address = str_lower(ctx->arena, verb_argument(call, 0))};
    int64_t role, is_active;
    struct str rest = call->handed;
    TRY(str_to_i64(str_cut(&rest, ' '), &person.person));
    TRY(str_to_i64(str_cut(&rest, ' '), &role));
    TRY(str_to_i64(str_cut(&rest, ' '), &is_active));
    person.role = (enum role)role;
    person.is_active = is_active != 0;
    person.language = str_is_absent(rest) ? STR("") : rest;
    return auth_person_put(ctx, &person);
}

/* ---- sessions ---- */

enum status people_sessions_find(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    TRY(person_named(ctx, verb_argument(call, 0), &person));
    buf_add_i64(call->hand, person.id);
    return OK;
}

/* One field of a line: what a browser says of itself is any bytes. */
static void add_field(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_add_byte(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
    buf_add_byte(out, '\t');
}

static const char *kind_word(enum session_kind kind)
{
    return kind == SESSION_WEB           ? "browser"
           : kind == SESSION_PENDING     ? "waiting"
           : kind == SESSION_APPLICATION ? "application"
                                         : "mail";
}

enum status people_sessions_write(struct ctx *ctx, struct verb_call *call)
{
    struct auth_session *sessions;
    size_t count;
    int64_t person;
    TRY(str_to_i64(call->handed, &person));
    TRY(auth_session_list(ctx, person, &sessions, &count));
    for (size_t i = 0; i < count; i++) {
        buf_add_format(call->out, "%lld\t%s\t", (long long)sessions[i].id, kind_word(sessions[i].kind));
        add_field(call->out, sessions[i].label);
        add_field(call->out, sessions[i].remote);
        instant_write(call->out, sessions[i].created);
        buf_add_byte(call->out, '\t');
        instant_write(call->out, sessions[i].seen);
        buf_add_byte(call->out, '\n');
    }
    return buf_status(call->out);
}

enum status people_session_end(struct ctx *ctx, struct verb_call *call)
{
    int64_t person, session;
    TRY(str_to_i64(call->handed, &person));
    enum status done = str_to_i64(verb_argument(call, 1), &session);
    if (done == OK)
        done = auth_session_end(ctx, person, session);
    return done == NOT_FOUND || done == INVALID
               ? refuse(ctx, NOT_FOUND, "person.session", T_person_session)
               : done;
}

enum status people_session_note(struct ctx *ctx, struct verb_call *call)
{
    struct str detail = str_format(ctx->arena, "session %.*s", STR_ARG(verb_argument(call, 1)));
    return audit_add(ctx, "person.end_sessions", str_lower(ctx->arena, verb_argument(call, 0)), detail);
}

/* ---- other addresses ---- */

enum status people_alias_list(struct ctx *ctx, struct verb_call *call)
{
    person_alias *aliases;
    person_row person;
    size_t count;
    TRY(person_aliases(ctx, &aliases, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(person_get(ctx, aliases[i].person, &person));
        buf_add_format(call->out, "%.*s\t%.*s\n", STR_ARG(aliases[i].address), STR_ARG(person.address));
    }
    return buf_status(call->out);
}

enum status people_alias_put(struct ctx *ctx, struct verb_call *call)
{
    person_row person;
    TRY(person_named(ctx, verb_argument(call, 1), &person));
    return person_add_alias(ctx, verb_argument(call, 0), person.id);
}

enum status people_alias_remove(struct ctx *ctx, struct verb_call *call)
{
    TRY(person_drop_alias(ctx, str_lower(ctx->arena, verb_argument(call, 0))));
    return db_changes(ctx->db) > 0 ? OK : refuse(ctx, NOT_FOUND, "alias.unknown", T_alias_unknown);
}

/* ---- groups ---- */

static enum status group_named(struct ctx *ctx, const struct verb_call *call, group_row *ret_group)
{
    group_row *groups;
    size_t count;
    TRY(group_list(ctx, &groups, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(groups[i].address, verb_argument(call, 0)))
            continue;
        *ret_group = groups[i];
        return OK;
    }
    return refuse(ctx, NOT_FOUND, "group.unknown", T_group_unknown);
}

enum status people_group_list(struct ctx *ctx, struct verb_call *call)
{
    group_row *groups;
    size_t count;
    TRY(group_list(ctx, &groups, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(call->out, "%.*s\t%.*s\t%lld\n", STR_ARG(groups[i].address), STR_ARG(groups[i].name),
                       (long long)groups[i].members);
    return buf_status(call->out);
}

enum status people_group_people(struct ctx *ctx, struct verb_call *call)
{
    group_row group;
    person_row person;
    int64_t *people;
    size_t count;
    TRY(group_named(ctx, call, &group));
    TRY(group_members(ctx, group.id, &people, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(person_get(ctx, people[i], &person));
        buf_add_format(call->out, "%.*s\t%.*s\n", STR_ARG(person.address), STR_ARG(person.display_name));
    }
    return buf_status(call->out);
}

enum status people_group_make(struct ctx *ctx, struct verb_call *call)
{
    int64_t id;
    return group_add(ctx, verb_argument(call, 0), verb_option(call, "--name"), &id);
}

/* People as they are, one more, one less. */
static enum status regroup(struct ctx *ctx, const struct verb_call *call, int64_t *people, size_t *count)
{
    struct str add = verb_option(call, "--add"), remove = verb_option(call, "--remove");
    person_row person;
    size_t kept = 0;
    if (!str_is_absent(remove)) {
        TRY(person_named(ctx, remove, &person));
        for (size_t i = 0; i < *count; i++)
            if (people[i] != person.id)
                people[kept++] = people[i];
        *count = kept;
    }
    if (str_is_absent(add))
        return OK;
    TRY(person_named(ctx, add, &person));
    for (size_t i = 0; i < *count; i++)
        if (people[i] == person.id)
            return OK;
    people[(*count)++] = person.id;
    return OK;
}

enum status people_group_change(struct ctx *ctx, struct verb_call *call)
{
    group_row group;
    int64_t *people, *changed;
    size_t count;
    struct str name = verb_option(call, "--name");
    TRY(group_named(ctx, call, &group));
    TRY(group_members(ctx, group.id, &people, &count));
    changed = arena_array(ctx->arena, int64_t, count + 1);
    if (changed == NULL)
        return LIMIT;
    memcpy(changed, people, count * sizeof *people);
    TRY(regroup(ctx, call, changed, &count));
    return group_set(ctx, group.id, str_is_absent(name) ? group.name : name, changed, count);
}

enum status people_group_remove(struct ctx *ctx, struct verb_call *call)
{
    group_row group;
    TRY(group_named(ctx, call, &group));
    return group_delete(ctx, group.id);
}
