#include "service/staff/record/staff_agent.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/staff/lang.h"

#define CODE_END "\x7f" /* behind every byte of a code */

static bool is_code(struct str code)
{
    if (code.len == 0 || code.len > STAFF_CODE_MAX)
        return false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        if (!ascii_is_digit(c) && !(c >= 'A' && c <= 'Z') && c != '-')
            return false;
    }
    return true;
}

enum status staff_agent_of(struct ctx *ctx, struct str code, int64_t *ret_agent)
{
    struct sql_staff_agent_by_code_row row;
    TRY(sql_staff_agent_by_code(ctx->db, ctx->arena, (struct sql_staff_agent_by_code){.code = code}, &row));
    *ret_agent = row.id;
    return OK;
}

enum status staff_agent_of_person(struct ctx *ctx, int64_t person, int64_t *ret_agent)
{
    struct sql_staff_agent_by_person_row row;
    TRY(sql_staff_agent_by_person(ctx->db, ctx->arena, (struct sql_staff_agent_by_person){.person = person}, &row));
    *ret_agent = row.id;
    return OK;
}

enum status staff_agent_check_code(struct ctx *ctx, struct str code)
{
    int64_t other;
    if (!is_code(code))
        return refuse(ctx, INVALID, "staff.code", T_staff_code_wrong);
    enum status found = staff_agent_of(ctx, code, &other);
    if (found == OK)
        return refuse(ctx, CONFLICT, "staff.code_taken", T_staff_code_taken);
    return found == NOT_FOUND ? OK : found;
}

enum status staff_agent_add(struct ctx *ctx, struct str code, int64_t *ret_id)
{
    struct sql_staff_agent_add_row row;
    TRY(mandate_forbids(ctx));
    TRY(staff_agent_check_code(ctx, code));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_staff_agent_add in = {.code = code, .made_by = ctx->actor.person, .made_ms = ctx->now.ms};
    TRY(sql_staff_agent_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return audit_add(ctx, "staff.agent", code, STR(""));
}

enum status staff_agent_get(struct ctx *ctx, int64_t id, staff_agent *ret_agent)
{
    return sql_staff_agent_get(ctx->db, ctx->arena, (struct sql_staff_agent_get){.id = id}, ret_agent);
}

static enum status person_at(struct ctx *ctx, struct str address, int64_t *ret_person)
{
    person_row person;
    *ret_person = 0;
    if (address.len == 0)
        return OK;
    enum status found = person_by_address(ctx, str_lower(ctx->arena, address), &person);
    if (found == NOT_FOUND)
        return refuse(ctx, INVALID, "staff.person", T_staff_person_unknown);
    TRY(found);
    *ret_person = person.id;
    return OK;
}

enum status staff_agent_link(struct ctx *ctx, int64_t agent, struct str address)
{
    staff_agent row;
    int64_t person, other = 0;
    TRY(mandate_forbids(ctx));
    TRY(staff_agent_get(ctx, agent, &row));
    TRY(person_at(ctx, str_trim(address), &person));
    if (person == row.person)
        return OK;
    enum status found = person == 0 ? NOT_FOUND : staff_agent_of_person(ctx, person, &other);
    if (found == OK)
        return refuse(ctx, CONFLICT, "staff.person_taken", T_staff_person_taken);
    if (found != NOT_FOUND)
        return found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_agent_link(ctx->db, (struct sql_staff_agent_link){.person = person, .id = agent}));
    return audit_add(ctx, "staff.link", row.code, str_trim(address));
}

enum status staff_agent_find(struct ctx *ctx, struct str start, int64_t skip, staff_agent_found **ret_agents,
                             size_t *ret_count, int64_t *ret_total)
{
    struct sql_staff_agent_count_row total;
    if (start.len > STAFF_CODE_MAX)
        return LIMIT;
    struct str to = str_format(ctx->arena, "%.*s" CODE_END, STR_ARG(start));
    struct sql_staff_agent_find in = {.from = start, .to = to, .skip = skip};
    TRY(sql_staff_agent_count(ctx->db, ctx->arena, (struct sql_staff_agent_count){.from = start, .to = to}, &total));
    *ret_total = total.number;
    return sql_staff_agent_find(ctx->db, ctx->arena, in, ret_agents, ret_count);
}
