#include "core/people_task.h"

#include "core/town.h"

static enum status add(struct ctx *ctx, struct sql_people_task_add task)
{
    struct sql_people_task_add_row row;
    task.now_ms = ctx->now.ms;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_people_task_add(ctx->db, ctx->arena, task, &row);
}

enum status people_task_put(struct ctx *ctx, const struct auth_person *person)
{
    TRY(add(ctx, (struct sql_people_task_add){.person = person->person,
                                              .kind = PEOPLE_PUT,
                                              .role = person->role,
                                              .is_active = person->is_active,
                                              .address = person->address,
                                              .language = person->language,
                                              .hash = STR("")}));
    return sql_people_task_set_role(
        ctx->db, (struct sql_people_task_set_role){.person = person->person, .role = person->role});
}

enum status people_task_invite(struct ctx *ctx, int64_t person, const unsigned char hash[AUTH_CODE_HASH_BYTES],
                               struct instant ends)
{
    return add(ctx, (struct sql_people_task_add){.person = person,
                                                 .kind = PEOPLE_INVITE,
                                                 .address = STR(""),
                                                 .language = STR(""),
                                                 .hash = {(const char *)hash, AUTH_CODE_HASH_BYTES},
                                                 .ends_ms = ends.ms});
}

enum status people_task_mandate(struct ctx *ctx, int64_t mandate, struct str operator_address, struct instant ends)
{
    return add(ctx, (struct sql_people_task_add){.person = mandate,
                                                 .kind = PEOPLE_MANDATE,
                                                 .address = operator_address,
                                                 .language = STR(""),
                                                 .hash = STR(""),
                                                 .ends_ms = ends.ms});
}

enum status people_task_mail_password(struct ctx *ctx, bool is_allowed)
{
    return add(ctx, (struct sql_people_task_add){.kind = PEOPLE_MAIL_PASSWORD,
                                                 .is_active = is_allowed,
                                                 .address = STR(""),
                                                 .language = STR(""),
                                                 .hash = STR("")});
}

/* The act stands where another task has a role. */
enum status people_task_act(struct ctx *ctx, int64_t person, enum auth_person_act act)
{
    return add(ctx, (struct sql_people_task_add){.person = person,
                                                 .kind = PEOPLE_ACT,
                                                 .role = act,
                                                 .address = STR(""),
                                                 .language = STR(""),
                                                 .hash = STR("")});
}

enum status people_task_after(struct ctx *ctx, int64_t after, people_task_row **ret_tasks, size_t *ret_count)
{
    return sql_people_task_after(ctx->db, ctx->arena, (struct sql_people_task_after){.after = after}, ret_tasks,
                                 ret_count);
}

enum status people_task_waiting(struct ctx *ctx, int64_t *ret_number)
{
    struct sql_people_task_waiting_row row;
    TRY(sql_people_task_waiting(ctx->db, ctx->arena, &row));
    *ret_number = row.number;
    return OK;
}

enum status people_task_done(struct ctx *ctx, int64_t task)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_people_task_done(ctx->db, (struct sql_people_task_done){.id = task}));
    return sql_people_task_forget(ctx->db);
}
