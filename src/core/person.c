#include "core/person.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/mandate.h"
#include "core/people_task.h"
#include "core/town.h"
#include "os/entropy.h"

static bool is_local_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || strchr(".-_+'", c) != NULL || (unsigned char)c >= 0x80;
}

/* What a login address may be made of: a subset of RFC 5321 that every client can type. */
static bool is_local_part(struct str local)
{
    if (local.len == 0 || local.len > 64 || local.at[0] == '.' || local.at[local.len - 1] == '.')
        return false;
    for (size_t i = 0; i < local.len; i++)
        if (local.at[i] == 0 || !is_local_byte(local.at[i]) || (local.at[i] == '.' && local.at[i + 1] == '.'))
            return false;
    return utf8_is_valid(local);
}

static bool is_own_domain(const struct town *town, struct str domain)
{
    for (size_t i = 0; i < town->domain_count; i++)
        if (str_eq_nocase(town->domains[i], domain))
            return true;
    return false;
}

static enum status check_address(struct ctx *ctx, struct str address, struct str *ret_lower)
{
    size_t at = str_find_byte_last(address, '@');
    bool is_good = at != SIZE_MAX && address.len <= PERSON_ADDRESS_MAX && is_local_part(str_slice(address, 0, at)) &&
                   is_own_domain(ctx->town, str_after(address, at + 1));
    if (!is_good)
        return refuse(ctx, INVALID, "person.address", T_person_address);
    *ret_lower = str_lower(ctx->arena, address);
    return str_is_absent(*ret_lower) ? LIMIT : OK;
}

enum status person_check_name(struct ctx *ctx, struct str name)
{
    bool is_good = name.len > 0 && name.len <= PERSON_NAME_MAX && utf8_is_valid(name);
    for (struct str rest = name; is_good && rest.len > 0;)
        is_good = !utf8_is_deceptive(utf8_next(&rest));
    return is_good ? OK : refuse(ctx, INVALID, "person.name", T_person_name);
}

static enum status check_free(struct ctx *ctx, struct str address)
{
    struct sql_person_taken_row row;
    TRY(sql_person_taken(ctx->db, ctx->arena, (struct sql_person_taken){.address = address}, &row));
    return row.number == 0 ? OK : refuse(ctx, CONFLICT, "person.taken", T_person_taken);
}

enum status person_free_address(struct ctx *ctx, struct str address, struct str *ret_lower)
{
    TRY(check_address(ctx, address, ret_lower));
    return check_free(ctx, *ret_lower);
}

enum status person_get(struct ctx *ctx, int64_t id, person_row *ret_person)
{
    return sql_person_get(ctx->db, ctx->arena, (struct sql_person_get){.id = id}, ret_person);
}

enum status person_by_address(struct ctx *ctx, struct str address, person_row *ret_person)
{
    struct sql_person_by_address_row row;
    struct sql_person_by_address in = {.address = str_lower(ctx->arena, address)};
    TRY(sql_person_by_address(ctx->db, ctx->arena, in, &row));
    return person_get(ctx, row.id, ret_person);
}

enum status person_add(struct ctx *ctx, struct str address, struct str display_name, int64_t *ret_id)
{
    struct sql_person_add_row row;
    TRY(mandate_forbids(ctx));
    TRY(person_free_address(ctx, address, &address));
    TRY(person_check_name(ctx, display_name));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_person_add(ctx->db, ctx->arena,
                       (struct sql_person_add){.address = address,
                                               .display_name = display_name,
                                               .department = STR(""),
                                               .created_ms = ctx->now.ms},
                       &row));
    *ret_id = row.id;
    return audit_add(ctx, "person.add", address, display_name);
}

enum status person_list(struct ctx *ctx, person_list_row **ret_people, size_t *ret_count)
{
    return sql_person_list(ctx->db, ctx->arena, ret_people, ret_count);
}

/* What changed, in words that stay the same. */
static enum status audit_set(struct ctx *ctx, const person_row *before, const struct person_change *change)
{
    struct buf words BUF_SCOPE = BUF_INIT(AUDIT_TEXT_MAX);
    if (before->role != (int64_t)change->role)
        buf_add_format(&words, "role %lld -> %d; ", (long long)before->role, (int)change->role);
    if ((before->is_active != 0) != change->is_active)
        buf_add_c(&words, change->is_active ? "active again; " : "suspended; ");
    if (before->quota_bytes != change->quota_bytes)
        buf_add_format(&words, "quota %lld -> %lld; ", (long long)before->quota_bytes, (long long)change->quota_bytes);
    if (!str_eq(before->display_name, change->display_name))
        buf_add_format(&words, "name %.*s; ", STR_ARG(change->display_name));
    if (!str_eq(before->department, change->department))
        buf_add_format(&words, "department %.*s; ", STR_ARG(change->department));
    if (words.len == 0)
        return OK;
    return audit_add(ctx, "person.set", before->address, str_slice(buf_str(&words), 0, words.len - 2));
}

enum status person_set(struct ctx *ctx, const struct person_change *change)
{
    person_row person;
    TRY(person_get(ctx, change->id, &person));
    if ((int64_t)change->role != person.role || change->is_active != (person.is_active != 0))
        TRY(mandate_forbids(ctx));
    TRY(person_check_name(ctx, change->display_name));
    if (change->department.len > PERSON_DEPARTMENT_MAX || change->quota_bytes < 0)
        return refuse(ctx, INVALID, "person.department", T_person_department);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_person_set(ctx->db, (struct sql_person_set){.id = change->id, .display_name = change->display_name,
                                                        .department = change->department,
                                                        .is_active = change->is_active,
                                                        .quota_bytes = change->quota_bytes}));
    struct auth_person told = {.person = change->id, .address = person.address, .role = change->role,
                               .is_active = change->is_active, .language = person.language};
    TRY(people_task_put(ctx, &told));
    return audit_set(ctx, &person, change);
}

static enum status give_code(struct ctx *ctx, int64_t person, struct str *ret_code)
{
    struct buf code BUF_SCOPE = BUF_INIT(100);
    unsigned char hash[AUTH_CODE_HASH_BYTES];
    auth_code_make(&code, entropy_fill);
    TRY(auth_code_hash(buf_str(&code), hash));
    *ret_code = str_copy(ctx->arena, buf_str(&code));
    struct instant ends = {ctx->now.ms + AUTH_INVITATION_MAX_MS - 60000}; /* auth's clock may be a little behind */
    return people_task_invite(ctx, person, hash, ends);
}

enum status person_invite(struct ctx *ctx, struct str address, struct str display_name, enum role role,
                          int64_t *ret_id, struct str *ret_code)
{
    person_row person;
    TRY(person_add(ctx, address, display_name, ret_id));
    TRY(person_get(ctx, *ret_id, &person));
    struct auth_person told = {.person = *ret_id, .address = person.address, .role = role, .is_active = true,
                               .language = person.language};
    TRY(people_task_put(ctx, &told));
    return give_code(ctx, *ret_id, ret_code);
}

enum status person_reset(struct ctx *ctx, int64_t person, struct str *ret_code)
{
    person_row found;
    TRY(mandate_forbids(ctx));
    TRY(person_get(ctx, person, &found));
    TRY(give_code(ctx, person, ret_code));
    return audit_add(ctx, "person.reset", found.address, STR(""));
}

enum status person_end_sessions(struct ctx *ctx, int64_t person)
{
    person_row found;
    TRY(person_get(ctx, person, &found));
    TRY(people_task_act(ctx, person, AUTH_END_SESSIONS));
    return audit_add(ctx, "person.end_sessions", found.address, STR(""));
}

enum status person_second_off(struct ctx *ctx, int64_t person)
{
    person_row found;
    TRY(mandate_forbids(ctx));
    TRY(person_get(ctx, person, &found));
    TRY(people_task_act(ctx, person, AUTH_SECOND_OFF));
    return audit_add(ctx, "person.second_off", found.address, STR(""));
}

enum status person_aliases(struct ctx *ctx, person_alias **ret_aliases, size_t *ret_count)
{
    return sql_person_aliases(ctx->db, ctx->arena, ret_aliases, ret_count);
}

enum status person_drop_alias(struct ctx *ctx, struct str address)
{
    TRY(mandate_forbids(ctx));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_person_drop_alias(ctx->db, (struct sql_person_drop_alias){.address = address}));
    return db_changes(ctx->db) > 0 ? audit_add(ctx, "alias.drop", address, STR("")) : OK;
}

enum status person_add_alias(struct ctx *ctx, struct str address, int64_t person)
{
    TRY(mandate_forbids(ctx));
    TRY(person_free_address(ctx, address, &address));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    person_row of;
    TRY(person_get(ctx, person, &of));
    TRY(sql_person_add_alias(ctx->db, (struct sql_person_add_alias){.address = address, .person = person}));
    return audit_add(ctx, "alias.add", address, of.address);
}

/* An address has one owner: a person, an alias or a group (person_taken). */
static enum status resolve_own(struct ctx *ctx, struct str address, int64_t **ret_people, size_t *ret_count)
{
    struct sql_person_owner_row row;
    TRY(sql_person_owner(ctx->db, ctx->arena, (struct sql_person_owner){.address = address}, &row));
    int64_t *people = arena_array(ctx->arena, int64_t, 1);
    if (people == NULL)
        return LIMIT;
    people[0] = row.id;
    *ret_people = people;
    *ret_count = 1;
    return OK;
}

static enum status resolve_exact(struct ctx *ctx, struct str address, int64_t **ret_people, size_t *ret_count)
{
    struct sql_person_resolve_row *rows;
    size_t count;
    struct sql_person_resolve in = {.address = address};
    enum status own = resolve_own(ctx, address, ret_people, ret_count);
    if (own != NOT_FOUND)
        return own;
    TRY(sql_person_resolve(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return NOT_FOUND;
    int64_t *people = arena_array(ctx->arena, int64_t, count);
    if (people == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        people[i] = rows[i].id;
    *ret_people = people;
    *ret_count = count;
    return OK;
}

enum status person_resolve(struct ctx *ctx, struct str address, int64_t **ret_people, size_t *ret_count)
{
    struct str lower = str_lower(ctx->arena, address);
    if (address.len > PERSON_ADDRESS_MAX || str_is_absent(lower))
        return NOT_FOUND;
    enum status found = resolve_exact(ctx, lower, ret_people, ret_count);
    size_t at = str_find_byte_last(lower, '@');
    size_t plus = at == SIZE_MAX ? SIZE_MAX : str_find_byte(str_slice(lower, 0, at), '+');
    if (found != NOT_FOUND || plus == SIZE_MAX || plus == 0)
        return found;
    struct str domain = str_after(lower, at);
    struct str bare = str_format(ctx->arena, "%.*s%.*s", (int)plus, lower.at, STR_ARG(domain));
    return str_is_absent(bare) ? LIMIT : resolve_exact(ctx, bare, ret_people, ret_count);
}

enum status person_may_write_as(struct ctx *ctx, int64_t person, struct str address, bool *ret_may)
{
    int64_t *people;
    size_t count;
    *ret_may = false;
    enum status found = person_resolve(ctx, address, &people, &count);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    for (size_t i = 0; i < count; i++)
        *ret_may |= people[i] == person;
    return OK;
}
